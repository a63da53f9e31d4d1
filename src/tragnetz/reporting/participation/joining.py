"""One person, two records: withdraw one, or say that they are two people. And what becomes of records when cases do."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.closing.joining import merge_cases, split_case
from tragnetz.casework.models import Case
from tragnetz.network.actors import Actor
from tragnetz.reporting.asking.stopping import take_back
from tragnetz.reporting.ending.commands import move_decisions
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.groups import sharing
from tragnetz.reporting.models import Answers, Participation, Withdrawal
from tragnetz.reporting.participation.commands import derive_again, must_take
from tragnetz.reporting.participation.namesakes import others_like


@transaction.atomic
def withdraw(*, actor: Actor, participation: Participation, instead: str = "", today: date) -> None:
    """Take a record out of a project: it was a mistake, or the same person has the pseudonym `instead`.

    In one's own organisation the other record learns the answers it lacks and keeps the earlier entry. Raises
    ReportingError and CaseworkError.
    """
    row = must_take(actor, participation)
    kept = others_like(row).filter(pseudonym=instead).select_for_update(of=("self",)).first() if instead else None
    if instead and kept is None:
        raise ReportingError(_("Diese beiden Teilnahmen gehören nicht zusammen. Bitte laden Sie die Seite neu."))
    if kept is not None and kept.organisation_id == row.organisation_id:
        _learn(kept, row)
    _remove(actor, row, instead, today)


@transaction.atomic
def keep_apart(*, actor: Actor, participation: Participation, today: date) -> Participation:
    """Say that somebody is nobody who entered before: it is not asked again. Raises ReportingError, CaseworkError."""
    row = must_take(actor, participation)
    row.apart_on = today
    row.save(update_fields=["apart_on"])
    if row.case is not None:
        record(actor, "participation:apart", row.case, programme=row.programme.key)
    return row


@transaction.atomic
def merge_with_records(
    *, actor: Actor, case: Case, other: Case, same: Mapping[uuid.UUID, uuid.UUID], today: date
) -> Case:
    """Make one case of two, and one record of two where one person took part twice. A family is one family then.

    Raises CaseworkError; then nothing is changed.
    """
    rows = Participation.objects.filter(person__in=[*same, *same.values()]).select_for_update(of=("self",))
    by_person = {(row.programme_id, row.person_id): row for row in rows.select_related("programme", "case")}
    twice = [
        (gone, kept)
        for gone in by_person.values()
        if gone.person_id is not None and gone.person_id in same
        for kept in (by_person.get((gone.programme_id, same[gone.person_id])),)
        if kept is not None
    ]
    for gone, kept in twice:
        gone.person = None  # of each person one record in a project
        gone.save(update_fields=["person"])
        _learn(kept, gone)
    merged = merge_cases(actor=actor, case=case, other=other, same=same, today=today)
    for gone, kept in twice:
        _remove(actor, gone, kept.pseudonym, today)
    _one_family(merged)
    move_decisions(other, merged)
    return merged


@transaction.atomic
def split_with_records(
    *, actor: Actor, case: Case, leaving: Collection[uuid.UUID], shared: Collection[str], today: date
) -> Case:
    """Make a case of its own for those who leave, and let their records go along.

    Who counted as one family at the entry is still counted so: what was reported does not change. Raises CaseworkError.
    """
    new = split_case(actor=actor, case=case, leaving=leaving, shared=shared, today=today)
    Participation.objects.filter(case=case, person__in=list(leaving)).update(case=new, household=new.household_id)
    return new


def _one_family(case: Case) -> None:
    first: dict[uuid.UUID, Participation] = {}
    rows = Participation.objects.filter(household=case.household_id).select_related("programme")
    for row in rows.order_by("entered_on", "pk"):
        family = first.setdefault(sharing(row.programme)[0], row).family
        if row.family != family:
            row.family = family
            row.save(update_fields=["family"])


def _learn(kept: Participation, gone: Participation) -> None:
    """Give a record what another of the same person knows better: the earlier entry, answers that it lacks."""
    there = {one.moment: one for one in gone.moments.all()}
    earlier = gone.entered_on < kept.entered_on
    for moment, answers in there.items():
        mine = Answers.objects.filter(participation=kept, moment=moment).first()
        if mine is None:
            answers.participation = kept
            answers.save(update_fields=["participation"])
        else:
            first, second = (answers.answers, mine.answers) if earlier else (mine.answers, answers.answers)
            mine.answers = {**second, **first}
            mine.answered_on = min(mine.answered_on, answers.answered_on)
            mine.save(update_fields=["answers", "answered_on"])
    kept.entered_on, kept.twin = min(kept.entered_on, gone.entered_on), kept.twin or gone.twin
    if gone.left_on is None or kept.left_on is None:
        kept.left_on, kept.leaving = None, ""
        Answers.objects.filter(participation=kept).exclude(moment="entry").delete()
    elif gone.left_on > kept.left_on:
        kept.left_on, kept.leaving = gone.left_on, gone.leaving
    kept.informed_on = kept.informed_on or gone.informed_on
    fresh = Participation.objects.select_related("programme", "person").get(pk=kept.pk)
    fresh.entered_on, fresh.left_on = kept.entered_on, kept.left_on
    derive_again(fresh)
    kept.is_countable, kept.codes, kept.bases, kept.faults, kept.gender = (
        fresh.is_countable, fresh.codes, fresh.bases, fresh.faults, fresh.gender,
    )  # fmt: skip
    kept.save()


def _remove(actor: Actor, row: Participation, instead: str, today: date) -> None:
    case, programme = row.case, row.programme
    take_back(actor, row)
    Withdrawal(
        network=actor.network, programme=programme, organisation_id=row.organisation_id, pseudonym=row.pseudonym,
        instead=instead, withdrawn_on=today,
    ).save()  # fmt: skip
    row.delete()
    if case is not None:
        record(actor, "participation:withdraw", case, programme=programme.key, double=bool(instead))
