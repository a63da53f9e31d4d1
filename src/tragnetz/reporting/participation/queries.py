"""Read participations: of a case, of a project, and what is still missing."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from tragnetz.appointments.enums import BookingState, Presence
from tragnetz.appointments.models import Attendance, Booking
from tragnetz.casework.contacts.rules import TALKS
from tragnetz.casework.models import Case, CaseContact
from tragnetz.casework.rules import fits
from tragnetz.casework.timeline.queries import bookings_of
from tragnetz.clients.models import Person
from tragnetz.core.months import latest_over, months_later
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Verdict
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.reporting.access import named
from tragnetz.reporting.asking.enums import State
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.enums import Check, Moment
from tragnetz.reporting.lines.derive import Told, is_asked, open_questions
from tragnetz.reporting.lines.line import Question
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.namesakes import same_people
from tragnetz.reporting.participation.programmes import bagatelle_minutes, frame_of
from tragnetz.reporting.participation.rules import Frame, Record, due

PAGE = 50
SIX_MONTHS = 6
ASKED_FILTERS = {"gefragt": (State.ASKED,), "selbst": (State.ANSWERED, State.REFUSED), "anrufen": (State.TO_CALL,)}
KINDS = {
    "unvollstaendig": "entries", "ergebnis": "results", "nachfrage": "later", "still": "silent", "doppelt": "twice",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A participation with what is wrong or missing in it."""

    row: Participation
    told: Told
    missing: list[Question]
    checks: list[Check]
    questions: list[OwnQuestion]  # what the person was asked by message

    @property
    def entry_missing(self) -> list[Question]:
        """What of part 1 is missing so that the person counts."""
        return [one for one in self.missing if one.moment == "entry" and one.part == 1]


@dataclass(frozen=True, slots=True)
class Offer:
    """A project for a case: whether it may take this household, how much help there was, who takes part."""

    programme: Programme
    verdict: Verdict
    limit: int
    rows: list[Shown]
    others: list[Person]  # who does not take part yet


@dataclass
class Pending:
    """How many of one's own participations lack something, by what it is."""

    entries: int = 0
    results: int = 0
    later: int = 0
    silent: int = 0
    twice: int = 0

    @property
    def total(self) -> int:
        """How many things in all."""
        return self.entries + self.results + self.later + self.silent + self.twice


def programmes_of(organisation_id: uuid.UUID | None) -> list[Programme]:
    """Return the projects with participations that an organisation takes part in, by their beginning."""
    return list(Programme.objects.exclude(line="").filter(organisations=organisation_id))


def offers_of(case: Case, facts: Facts, people: Sequence[Person], today: date) -> list[Offer]:
    """Return the projects that run for a case's organisation, those that fit first, and those with its people."""
    rows = shown(rows_of(case), today)
    mine: dict[uuid.UUID, list[Shown]] = {}
    for one in rows:
        mine.setdefault(one.row.programme_id, []).append(one)
    known = {
        row.pk: row for row in programmes_of(case.organisation_id)
        if row.starts <= today <= row.ends or row.pk in mine
    } | {one.row.programme_id: one.row.programme for one in rows}  # fmt: skip
    by_key = {row.key: row for row in known.values()}
    found = []
    for fit in fits([(row.key, row.target_group) for row in by_key.values()], facts):
        programme = by_key[fit.programme]
        inside = mine.get(programme.pk, [])
        taken = {one.row.person_id for one in inside}
        runs = programme.starts <= today <= programme.ends
        others = [one for one in people if one.pk not in taken] if runs else []
        found.append(Offer(programme, fit.verdict, bagatelle_minutes(programme), inside, others))
    return found


def rows_of(case: Case) -> QuerySet[Participation]:
    """Return the participations of a case."""
    return Participation.objects.filter(case=case)


def project_names(cases: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the short names of the projects in which somebody of a case takes part now, in their order."""
    rows = Participation.objects.filter(case__in=cases, left_on=None).order_by("programme__short_name")
    found: dict[uuid.UUID, list[str]] = {}
    for case, name in rows.values_list("case", "programme__short_name").distinct():
        if case is not None:
            found.setdefault(case, []).append(name)
    return found


def minutes_of(case: Case, today: date) -> int:
    """Return how many minutes of help a case had: contacts, appointments kept on other days, groups attended."""
    contacts = list(case.contacts.filter(kind__in=TALKS, held_on__lte=today).values_list("held_on", "minutes"))
    days = {day for day, _minutes in contacts}
    found = sum(minutes for _day, minutes in contacts)
    kept = Booking.objects.filter(bookings_of(case), state=BookingState.ATTENDED, session=None)
    for starts, ends in kept.values_list("starts_at", "ends_at"):
        if starts.astimezone(case.network.zone).date() not in days:  # else its contact tells how long it was
            found += int((ends - starts).total_seconds() // 60)
    there = Attendance.objects.filter(registration__contact=case.contact_id, presence=Presence.CAME)
    if case.contact_id is not None:
        for starts, ends in there.values_list("session__starts_at", "session__ends_at"):
            found += int((ends - starts).total_seconds() // 60)
    return found


def shown(rows: QuerySet[Participation], today: date) -> list[Shown]:
    """Return participations with their answers and what is wrong in them: four queries, however many there are."""
    last = CaseContact.objects.filter(case=OuterRef("case"), kind__in=TALKS).order_by("-held_on")
    found = list(
        rows.select_related(
            "programme", "person", "case__contact", "case__counsellor__user", "organisation", "district"
        )
        .prefetch_related("moments", Prefetch("own_questions", OwnQuestion.objects.select_related("task")))
        .annotate(last_contact=Subquery(last.values("held_on")[:1]))
    )
    frames = {row.programme_id: frame_of(row.programme) for row in found}
    twice = set(
        Participation.objects.filter(same_people(), pk__in=[row.pk for row in found]).values_list("pk", flat=True)
    )
    return [_shown(row, frames[row.programme_id], today, row.pk in twice) for row in found]


def _shown(row: Any, frame: Frame, today: date, twice: bool) -> Shown:  # noqa: ANN401, FBT001 -- an annotated row
    told = {one.moment: one.answers for one in row.moments.all()}
    record = Record(
        row.entered_on, row.left_on, told, {}, None, row.last_contact, has_case=row.case_id is not None
    )  # fmt: skip
    checks = {*map(Check, row.faults), *due(record, frame, today), *([Check.TWICE] if twice else [])}
    missing = [one for one in open_questions(frame.questions, told) if _is_time(one, row, today)]
    return Shown(row, told, missing, [one for one in Check if one in checks], list(row.own_questions.all()))


def _is_time(question: Question, row: Participation, today: date) -> bool:
    """Whether a question is to be asked by now: results after the exit, the last ones six months later."""
    if question.moment == "entry":
        return True
    if row.left_on is None:
        return False
    return question.moment == "exit" or months_later(row.left_on, SIX_MONTHS) <= today


def asked_now(frame: Frame, moment: str, told: Told) -> list[Question]:
    """Return the questions of a moment that are asked after what was told before."""
    before = {key: value for key, value in told.items() if key != moment}
    found = []
    for question in [one for one in frame.questions if one.moment == moment and not one.derived]:
        own = all(condition.at != moment for condition in question.when)
        if not own or is_asked(question, before):
            found.append(question)
    return found


def due_conditions(programmes: Iterable[Programme], today: date) -> dict[Check, Q]:
    """Return, for the checks that hang on the day, which participations of these projects they find."""
    found = {check: Q(pk__in=[]) for check in (Check.TERM, Check.RESULT_DUE, Check.ENTRY_DUE, Check.SILENT)}
    exits = Answers.objects.filter(participation=OuterRef("pk"), moment=Moment.EXIT)
    for programme in programmes:
        frame, here = frame_of(programme), Q(programme=programme)
        found[Check.TERM] |= here & (
            Q(entered_on__lt=frame.starts) | Q(entered_on__gt=frame.ends) | Q(left_on__gt=frame.ends)
        )
        late = today - timedelta(days=frame.line.remind_after_days)
        found[Check.RESULT_DUE] |= here & Q(~Exists(exits), left_on__lt=late)
        since = today - timedelta(days=frame.line.entry_within_days)
        found[Check.ENTRY_DUE] |= here & Q(is_countable=False, entered_on__lt=since)
        quiet = today - timedelta(weeks=frame.silent_weeks)
        talks = CaseContact.objects.filter(case=OuterRef("case"), kind__in=TALKS, held_on__gte=quiet)
        found[Check.SILENT] |= (
            here & Q(~Exists(talks), left_on=None, entered_on__lt=quiet, case__isnull=False)
        )  # fmt: skip
    return found | {Check.TWICE: same_people()}


def pending_rows(actor: Actor, *, own: bool) -> QuerySet[Participation]:
    """Return the participations of the cases one works on, or (a lead, with `own` false) of the whole team."""
    rows = named(actor).filter(case__restricted_on=None)
    mine = Q(case__counsellor=actor.membership_id) | Q(case__deputy=actor.membership_id)
    return rows.filter(mine) if own else rows


def pending_of(actor: Actor, today: date, wanted: str = "") -> Q:
    """Return which participations lack something: one kind of `Pending`, or any."""
    found = _missing(programmes_of(actor.organisation_id), today)
    if wanted in found:
        return found[wanted]
    any_of = Q(pk__in=[])
    for condition in found.values():
        any_of |= condition
    return any_of


def pending(actor: Actor, today: date, *, own: bool) -> Pending:
    """Return how many of one's participations lack what: two queries."""
    programmes = programmes_of(actor.organisation_id)
    if not programmes:
        return Pending()
    found = _missing(programmes, today)
    counts = pending_rows(actor, own=own).aggregate(
        **{name: Count("pk", filter=found[key]) for key, name in KINDS.items()}
    )
    return Pending(**counts)


def _missing(programmes: Iterable[Programme], today: date) -> dict[str, Q]:
    found = due_conditions(programmes, today)
    return {
        "unvollstaendig": Q(is_countable=False), "ergebnis": found[Check.RESULT_DUE], "nachfrage": later_due(today),
        "still": found[Check.SILENT], "doppelt": found[Check.TWICE],
    }  # fmt: skip


def later_due(today: date) -> Q:
    """Return whom to ask how it goes six months after the exit: from that day on, for three months.

    Not whom a message asked who has still time to answer, nor who must not be asked.
    """
    asked = Answers.objects.filter(participation=OuterRef("pk"), moment=Moment.SIX_MONTHS)
    waits = OwnQuestion.objects.filter(participation=OuterRef("pk"), moment=Moment.SIX_MONTHS)
    waits = waits.filter(state__in=[State.ASKED, State.STOPPED, State.REFUSED])
    first, last = months_later(today, -SIX_MONTHS - 3), latest_over(today, SIX_MONTHS)
    return Q(~Exists(asked), ~Exists(waits), left_on__range=(first, last))


def asked_in(wanted: str) -> Q:
    """Return which participations have a question by message in one of the states of a filter (`ASKED_FILTERS`)."""
    rows = OwnQuestion.objects.filter(participation=OuterRef("pk"), state__in=ASKED_FILTERS[wanted])
    return Q(Exists(rows))


def asked_counts(rows: QuerySet[Participation]) -> dict[str, int]:
    """Return how many questions of some participations stand where: one query."""
    found = OwnQuestion.objects.filter(participation__in=rows.order_by().values("pk")).order_by().values("state")
    return dict(found.annotate(number=Count("pk")).values_list("state", "number"))


@dataclass(frozen=True, slots=True)
class Overview:
    """A project in figures: its participations, complete or not, and how many each check finds."""

    total: int
    complete: int
    running: int
    checks: Mapping[Check, int] = field(default_factory=dict)


def overview(programme: Programme, rows: QuerySet[Participation], today: date) -> Overview:
    """Return the figures of a project over some participations: one query."""
    conditions = due_conditions([programme], today)
    rows = rows.filter(programme=programme)
    counts = rows.aggregate(
        total=Count("pk"), complete=Count("pk", filter=Q(is_countable=True)),
        running=Count("pk", filter=Q(left_on=None)),
        **{check.value: Count("pk", filter=condition_of(check, conditions)) for check in Check},
    )  # fmt: skip
    checks = {check: counts[check.value] for check in Check if counts[check.value]}
    return Overview(counts["total"], counts["complete"], counts["running"], checks=checks)


def condition_of(check: Check, conditions: Mapping[Check, Q]) -> Q:
    """Return which participations a check finds: by what is kept, and by condition where it hangs on the day."""
    kept = Q(faults__contains=[check.value])
    return conditions[check] | kept if check in conditions else kept


def code_counts(programme: Programme, codes: Iterable[str]) -> tuple[dict[str, int], int]:
    """Return how many of a project have each code, and how many count at all: one query."""
    found: dict[str, int] = Participation.objects.filter(programme=programme, is_countable=True).aggregate(
        all_people=Count("pk"), **{code: Count("pk", filter=Q(codes__contains=[code])) for code in codes}
    )
    people = found.pop("all_people")
    return found, people


def projects(programmes: QuerySet[Programme], rows: QuerySet[Participation]) -> list[tuple[Programme, Overview]]:
    """Return projects with how many take part: two queries."""
    counts = {
        key: Overview(total, complete, running)
        for key, total, complete, running in rows.order_by()
        .values("programme")
        .annotate(
            total=Count("pk"),
            complete=Count("pk", filter=Q(is_countable=True)),
            running=Count("pk", filter=Q(left_on=None)),
        )
        .values_list("programme", "total", "complete", "running")
    }
    kept = programmes.exclude(line="").order_by("-ends", "short_name")
    return [(row, counts.get(row.pk, Overview(0, 0, 0))) for row in kept]
