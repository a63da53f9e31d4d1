"""Reads of the way to work."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateField, F, Func, Q, QuerySet

from tragnetz.audit.commands import record
from tragnetz.casework.coaching.access import visible_applications, visible_coachings, visible_placements
from tragnetz.casework.coaching.enums import ApplicationState, Counts, Stage, WorkKind
from tragnetz.casework.coaching.models import Application, Coaching, Interview, Placement
from tragnetz.casework.coaching.rules import SIX, THREE, Progress, check_day, check_due, counts_as, stage
from tragnetz.casework.models import Case
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor

LEAST_AGE = 15


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the path: reached, the one where it stands, or still ahead."""

    stage: Stage
    is_reached: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class PlacementView:
    """A placement with what it counts as, and after how many months one should ask now (3, 6, nothing)."""

    placement: Placement
    counts: Counts
    ask: int | None
    three_on: date
    six_on: date


@dataclass(frozen=True, slots=True)
class CoachingView:
    """A coaching as its page shows it."""

    coaching: Coaching
    path: list[Step]
    applications: list[Application]
    placements: list[PlacementView]
    coming: list[Interview]
    counts: dict[str, int]


def coaching_of(actor: Actor, coaching_id: uuid.UUID) -> Coaching | None:
    """Return a coaching with its case and person; nothing if it is not for this actor."""
    rows = visible_coachings(actor).select_related(
        "case__contact", "case__counsellor__user", "case__deputy__user", "case__programme", "person"
    )
    return rows.filter(pk=coaching_id).first()


def application_of(actor: Actor, application_id: uuid.UUID) -> Application | None:
    """Return an application; nothing if it is not for this actor."""
    rows = visible_applications(actor).select_related(
        "coaching__case__contact", "coaching__person", "placement", "letter"
    )
    return rows.filter(pk=application_id).first()


def placement_of(actor: Actor, placement_id: uuid.UUID) -> Placement | None:
    """Return a placement; nothing if it is not for this actor."""
    rows = visible_placements(actor).select_related("coaching__case__contact", "coaching__person")
    return rows.filter(pk=placement_id).first()


def coachings_of(actor: Actor, case: Case) -> list[Coaching]:
    """Return the coachings of a case."""
    return list(visible_coachings(actor).filter(case=case).select_related("person", "case__contact"))


def people_without(case: Case, coachings: list[Coaching], today: date) -> list[Person]:
    """Return the people of a household who may begin a coaching: not yet in one, and not too young to work.

    From the year in which somebody turns 15 on (§ 2 JArbSchG: younger ones are children).
    """
    known = {coaching.person_id for coaching in coachings}
    people = case.household.people.all()
    latest = today.year - LEAST_AGE
    return [one for one in people if one.pk not in known and (one.birth_year is None or one.birth_year <= latest)]


def coaching_view(actor: Actor, coaching: Coaching, now: datetime) -> CoachingView:
    """Return all of a coaching's page, and leave an audit event."""
    record(actor, "coaching:read", coaching.case)
    applications = list(coaching.applications.prefetch_related("interviews"))
    placements = list(coaching.placements.all())
    today = now.astimezone(actor.network.zone).date()
    return CoachingView(
        coaching=coaching,
        path=path_of(coaching, applications, placements),
        applications=applications,
        placements=[placement_view(row, today) for row in placements],
        coming=sorted(
            (talk for row in applications for talk in row.interviews.all() if talk.starts_at >= now),
            key=lambda talk: talk.starts_at,
        ),
        counts={state: sum(row.state == state for row in applications) for state in ApplicationState},
    )


def placement_view(placement: Placement, today: date) -> PlacementView:
    """Return a placement as a page shows it."""
    return PlacementView(
        placement,
        counts_as(WorkKind(placement.kind), placement.hours),
        check_due(
            starts_on=placement.starts_on, has_ended=placement.ended_on is not None, kept_3=placement.kept_3,
            kept_6=placement.kept_6, today=today,
        ),
        check_day(placement.starts_on, THREE),
        check_day(placement.starts_on, SIX),
    )  # fmt: skip


def path_of(coaching: Coaching, applications: list[Application], placements: list[Placement]) -> list[Step]:
    """Return the stages of a path with how far it has come."""
    known = (coaching.education, coaching.work, coaching.skills, coaching.licences, coaching.languages, coaching.wishes)
    newest = placements[0] if placements else None
    now = stage(
        Progress(
            has_profile=any(known),
            has_goal=bool(coaching.goal),
            states={ApplicationState(row.state) for row in applications},
            has_interview=any(row.interviews.all() for row in applications),
            is_placed=newest is not None,
            kept_3=newest.kept_3 if newest else "",
            kept_6=newest.kept_6 if newest else "",
        )
    )
    return [Step(one, now is not None and one <= now, one == now) for one in Stage]


def checks_to_ask(placements: QuerySet[Placement], today: date) -> QuerySet[Placement]:
    """Return those placements about which one should ask now whether they lasted, as `rules.check_due` says."""
    open_ones = placements.filter(ended_on=None, kept_6="").annotate(three=_months_on(THREE), six=_months_on(SIX))
    return open_ones.filter(Q(kept_3="", three__lte=today) | Q(six__lte=today)).order_by("starts_on")


def _months_on(months: int) -> Func:
    # PostgreSQL's calendar takes the last day of a shorter month, as `rules.check_day` does.
    template = f"(%(expressions)s + interval '{months} months')::date"
    return Func(F("starts_on"), template=template, output_field=DateField())
