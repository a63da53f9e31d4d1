"""Take somebody into a project, keep what was answered, and end it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.models import Case
from tragnetz.clients.models import Person, Relation
from tragnetz.core.ids import new_code, new_id
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed
from tragnetz.reporting.access import must, visible_participations
from tragnetz.reporting.asking.stopping import settle_by_staff, take_back
from tragnetz.reporting.enums import OWN_ANSWER, Correction, Leaving, Moment, Source
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.groups import sharing
from tragnetz.reporting.lines.derive import age_on, bases_of, codes_of, derived, is_asked, is_countable
from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Line, Question
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.namesakes import sound_of, twin_of
from tragnetz.reporting.participation.programmes import frame_of, indicators_of, line_of, questions_of, terms_of
from tragnetz.reporting.participation.rules import Record, faults

ADULT = 18
BORN_LATER = "Das Geburtsdatum liegt nach dem Eintritt. Bitte prüfen Sie es."


@dataclass(frozen=True, slots=True)
class Entry:
    """Who enters which project on which day. The date of birth is used and not kept."""

    programme: Programme
    person: Person
    entered_on: date
    born: date | None = None


@transaction.atomic
def enter(*, actor: Actor, case: Case, entry: Entry, told: Mapping[str, Any], request_key: str) -> Participation:
    """Take a person of a case into a project, with what is known so far. Raises ReportingError and CaseworkError.

    The same person again in the same project is the participation that stands; the same key is one entry.
    """
    must_write(actor, case)
    must(actor, Deed.PARTICIPATION_TAKE)
    wait_for(f"participation:{entry.programme.pk}:{case.household_id}")
    known = Participation.objects.filter(programme=entry.programme, person=entry.person).first()
    if known is not None:
        return known
    _check_entry(case, entry)
    family = Participation.objects.filter(programme__in=sharing(entry.programme), household=case.household_id).first()
    row = Participation(
        network=actor.network, programme=entry.programme, organisation_id=case.organisation_id, case=case,
        household=case.household, person=entry.person, author_id=member_of(actor), pseudonym=new_code(),
        family=family.family if family else new_id(), entered_on=entry.entered_on, request_key=request_key,
        children=_children(case, entry.entered_on), topic=case.topic,
        district=case.enquiry.district if case.enquiry else None,
    )  # fmt: skip
    answers = dict(told)
    if entry.born is not None:
        answers["age"] = age_on(entry.born, entry.entered_on)
        row.twin = twin_of(actor.network, entry.programme, entry.person.name, entry.born)
    row.sound = sound_of(actor.network, entry.programme, case.organisation_id, entry.person.name)
    row.save()
    _keep(actor, row, Moment.ENTRY, answers, entry.entered_on)
    record(actor, "participation:enter", case, programme=entry.programme.key)
    return row


@transaction.atomic
def answer(
    *, actor: Actor, participation: Participation, moment: str, told: Mapping[str, Any], told_on: date,
    born: date | None = None, correction: str = "",
) -> Participation:  # fmt: skip
    """Keep the answers of a moment; they replace those that stood there. Raises ReportingError and CaseworkError.

    The date of birth gives the age at the entry, and is not kept. What a person answered themselves changes only with a
    reason (`correction`, a code of `Correction`). Whoever is still asked for these answers is asked no more.
    """
    row = must_take(actor, participation)
    if born is not None and moment == Moment.ENTRY:
        if born > row.entered_on:
            raise ReportingError(_(BORN_LATER))
        told = {**told, "age": age_on(born, row.entered_on)}
        if row.person is not None:
            row.twin = twin_of(actor.network, row.programme, row.person.name, born)
    if moment not in Moment.values:
        raise ReportingError(_("Diese Auswahl gibt es nicht. Bitte laden Sie die Seite neu."))
    if moment != Moment.ENTRY and row.left_on is None:
        raise ReportingError(_("Tragen Sie zuerst ein, wann die Teilnahme endete."))
    before = row.moments.filter(moment=moment).first()
    _keep(actor, row, moment, told, told_on)
    corrects = before is not None and before.told_by in OWN_ANSWER and _correct(row, before, correction)
    settle_by_staff(actor, row, moment, told_on)
    if row.case is not None:
        more = {"correction": correction} if corrects else {}
        record(actor, "participation:answer", row.case, moment=moment, **more)
    return row


def _correct(row: Participation, before: Answers, correction: str) -> bool:
    """Note why the counselling changed somebody's own answers; tells whether it did. Raises ReportingError."""
    after = row.moments.get(moment=before.moment)
    if after.answers == before.answers:
        after.answered_on, after.author = before.answered_on, before.author
        after.save(update_fields=["answered_on", "author"])
        return False
    if correction not in Correction.values:
        raise ReportingError(_("Diese Antwort kommt von der Person selbst. Bitte wählen Sie, warum Sie sie ändern."))
    after.correction = correction
    after.save(update_fields=["correction"])
    return True


@transaction.atomic
def leave(*, actor: Actor, participation: Participation, left_on: date, leaving: str) -> Participation:
    """End a participation, or mend when and how it ended. Raises ReportingError and CaseworkError."""
    row = must_take(actor, participation)
    if leaving not in Leaving.values:
        raise ReportingError(_("Bitte wählen Sie, wie die Teilnahme endete."))
    if left_on < row.entered_on:
        raise ReportingError(_("Der Austritt liegt vor dem Eintritt. Bitte prüfen Sie das Datum."))
    row.left_on, row.leaving = left_on, leaving
    derive_again(row)
    row.save(update_fields=["left_on", "leaving", "faults"])
    if row.case is not None:
        record(actor, "participation:leave", row.case, leaving=leaving)
    return row


@transaction.atomic
def tidy(*, actor: Actor, participation: Participation) -> Participation:
    """Drop answers that cannot be after what was told at the entry, and derive anew. Raises ReportingError."""
    row = must_take(actor, participation)
    for one in sorted(row.moments.all(), key=lambda one: list(Moment).index(Moment(one.moment))):
        _keep(actor, row, one.moment, one.answers, one.answered_on)
    if row.case is not None:
        record(actor, "participation:answer", row.case, moment="all")
    return row


@transaction.atomic
def move_entry(*, actor: Actor, participation: Participation, entered_on: date) -> Participation:
    """Mend the day of an entry. The age that was told stays. Raises ReportingError and CaseworkError."""
    row = must_take(actor, participation)
    if row.left_on is not None and entered_on > row.left_on:
        raise ReportingError(_("Der Austritt liegt vor dem Eintritt. Bitte prüfen Sie das Datum."))
    _check_day(row.programme, entered_on)
    row.entered_on = entered_on
    row.moments.filter(moment=Moment.ENTRY).update(answered_on=entered_on)
    derive_again(row)
    row.save(update_fields=["entered_on", "faults"])
    if row.case is not None:
        record(actor, "participation:answer", row.case, moment=Moment.ENTRY)
    return row


@transaction.atomic
def reopen(*, actor: Actor, participation: Participation) -> Participation:
    """Take back an exit that was a mistake: the person still takes part. Its results go. Raises ReportingError."""
    row = must_take(actor, participation)
    row.left_on, row.leaving = None, ""
    row.moments.exclude(moment=Moment.ENTRY).delete()
    take_back(actor, row)
    derive_again(row)
    row.save(update_fields=["left_on", "leaving", "is_countable", "codes", "bases", "faults"])
    if row.case is not None:
        record(actor, "participation:reopen", row.case, programme=row.programme.key)
    return row


@transaction.atomic
def inform(*, actor: Actor, participation: Participation, today: date) -> Participation:
    """Note that the information sheet was handed out (Art. 13 DSGVO). Raises ReportingError and CaseworkError."""
    row = must_take(actor, participation)
    row.informed_on = row.informed_on or today
    row.save(update_fields=["informed_on"])
    if row.case is not None:
        record(actor, "participation:inform", row.case, programme=row.programme.key)
    return row


def derive_again(row: Participation) -> None:
    """Compute what follows from the answers; not saved yet."""
    line, terms = line_of(row.programme), terms_of(row.programme)
    told = {one.moment: one.answers for one in row.moments.all()}
    questions, indicators = questions_of(line, terms), indicators_of(line, terms)
    row.is_countable = is_countable(questions, told)
    row.codes = codes_of(indicators, told) if row.is_countable else []
    row.bases = bases_of(line, told) if row.is_countable else []
    row.gender = str(told.get(Moment.ENTRY, {}).get("gender", ""))
    row.faults = list(faults(record_of(row), frame_of(row.programme)))


def record_of(row: Participation) -> Record:
    """Return a participation as the checks see it, without its contacts."""
    moments = list(row.moments.all())
    return Record(
        row.entered_on, row.left_on, {one.moment: one.answers for one in moments},
        {one.moment: one.answered_on for one in moments}, row.person.birth_year if row.person else None,
    )  # fmt: skip


def _check_entry(case: Case, entry: Entry) -> None:
    programme, day = entry.programme, entry.entered_on
    if not programme.line:
        raise ReportingError(_("Für dieses Projekt werden keine Teilnahmen geführt."))
    if entry.person.household_id != case.household_id or entry.person.left_on is not None:
        raise ReportingError(_("Diese Person gehört nicht zum Haushalt."))
    if not programme.organisations.filter(pk=case.organisation_id).exists():
        raise ReportingError(_("Ihre Organisation ist an diesem Projekt nicht beteiligt."))
    _check_day(programme, day)
    if entry.born is not None and entry.born > day:
        raise ReportingError(_(BORN_LATER))


def _check_day(programme: Programme, day: date) -> None:
    if not programme.starts <= day <= programme.ends:
        raise ReportingError(
            _("Das Projekt läuft vom %(first)s bis zum %(last)s. Der Eintritt muss dazwischen liegen.")
            % {"first": f"{programme.starts:%d.%m.%Y}", "last": f"{programme.ends:%d.%m.%Y}"}
        )


def _children(case: Case, day: date) -> int:
    rows = case.household.people.filter(relation=Relation.CHILD, left_on=None, birth_year__gt=day.year - ADULT)
    return rows.count()


def must_take(actor: Actor, participation: Participation) -> Participation:
    """Return a participation, locked, that the actor may change. Raises ReportingError and CaseworkError."""
    must(actor, Deed.PARTICIPATION_TAKE)
    row = visible_participations(actor).select_for_update(of=("self",)).filter(pk=participation.pk).first()
    if row is None:
        raise ReportingError(_("Diese Teilnahme gibt es nicht."))
    if row.case is not None:
        must_write(actor, row.case)
    return row


def keep_own(actor: Actor, row: Participation, moment: str, told: Mapping[str, Any], told_on: date) -> None:
    """Keep what a person answered themselves, in the caller's transaction, which holds the row locked.

    Nothing that is known already changes. `actor` is the public site or the own page. Raises ReportingError.
    """
    before = row.moments.filter(moment=moment).first()
    own = Source.PAGE if actor.kind == "person" else Source.LINK
    if before is None:
        _keep(actor, row, moment, told, told_on, source=own)
    else:
        _keep(actor, row, moment, {**told, **before.answers}, before.answered_on, author_id=before.author_id)


def _keep(
    actor: Actor, row: Participation, moment: str, told: Mapping[str, Any], told_on: date, *, source: str = "",
    author_id: uuid.UUID | None = None,
) -> None:  # fmt: skip
    line, terms = line_of(row.programme), terms_of(row.programme)
    known = {one.moment: one.answers for one in row.moments.all()}
    clean = _clean(line, questions_of(line, terms), moment, told, known)
    by = author_id if author_id or source else member_of(actor)
    Answers.objects.update_or_create(
        network=actor.network, participation=row, moment=moment,
        defaults={"answers": clean, "answered_on": told_on, "author_id": by} | ({"told_by": source} if source else {}),
    )  # fmt: skip
    derive_again(row)
    row.save(update_fields=["is_countable", "codes", "bases", "gender", "faults", "twin"])


def _clean(
    line: Line,
    questions: list[Question],
    moment: str,
    told: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Answer]],
) -> dict[str, Answer]:
    """Return the answers to questions that are asked, in their kinds; what is left out stays unknown."""
    found: dict[str, Answer] = {}
    for question in [one for one in questions if one.moment == moment and not one.derived]:
        value = told.get(question.key)
        if value is None or value == "" or not is_asked(question, {**known, moment: found}):
            continue
        found[question.key] = _value(question, value)
    return derived(line, found) if moment == Moment.ENTRY else found


def _value(question: Question, value: object) -> Answer:
    clean: Answer = str(value).strip()
    if clean != NO_ANSWER and not question.choices:
        try:
            clean = int(clean)
        except ValueError as error:
            raise ReportingError(_("„%s“: Bitte geben Sie eine ganze Zahl ein.") % question.text) from error
    if not question.takes(clean):
        raise ReportingError(_("„%s“: Diese Antwort passt nicht. Bitte wählen Sie neu.") % question.text)
    return clean
