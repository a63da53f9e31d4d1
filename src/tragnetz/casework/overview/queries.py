"""Read a case: its head for every page, and all of its first page."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.claims.queries import pressing_in
from tragnetz.casework.compartments import adults_of, part_names
from tragnetz.casework.contacts.rules import TALKS
from tragnetz.casework.enums import DeadlineState, GoalState, LifeDomain, Need
from tragnetz.casework.keys import load_keys
from tragnetz.casework.levels.rules import SHORT_CONTACTS, is_overdue
from tragnetz.casework.models import Case, Goal, LifeEvent, RatingLine, Step, Task
from tragnetz.casework.overview.rules import Urgent, urgent_points
from tragnetz.casework.ratings.queries import latest_words
from tragnetz.casework.ratings.rules import GOOD, LOW
from tragnetz.casework.teamwork.queries import tasks_of
from tragnetz.casework.timeline.queries import bookings_of, recent_talks
from tragnetz.casework.timeline.rules import Entry
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor

RECENT = 6


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its household: what every page of it needs."""

    case: Case
    people: list[Person]
    facts: dict[str, Any]

    def adults(self, year: int) -> list[Person]:
        """Return who may have a part of the case of their own."""
        return adults_of(self.people, year)

    def person(self, key: str) -> Person | None:
        """Return somebody of the household by id."""
        return next((person for person in self.people if str(person.pk) == key), None)


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of a case, read in two minutes."""

    urgent: list[Urgent]
    open_steps: list[Step]
    done_steps: list[Step]
    goals: list[Goal]
    tasks: list[Task]
    events: list[LifeEvent]
    needs: list[RatingLine]
    strengths: list[RatingLine]
    talks: list[Entry]
    parts: dict[uuid.UUID, str]
    coming: list[Booking]
    past: list[Booking]
    last_contact: date | None
    contacts: int


def case_view(actor: Actor, case_id: uuid.UUID, page: str = "") -> CaseView | None:
    """Return a case with its household, and leave an audit event; nothing if it is not for this actor.

    One that became part of another case has no pages of its own.
    """
    case = (
        visible_cases(actor)
        .select_related("network", "contact", "household", "counsellor__user", "deputy__user", "enquiry", "programme")
        .filter(pk=case_id, merged_into=None)
        .first()
    )
    if case is None:
        return None
    record(actor, "case:read", case, page=page)
    load_keys([case.pk])
    facts = json.loads(case.household.facts) if case.household.facts else {}
    return CaseView(case, list(case.household.people.filter(left_on=None)), facts)


def merged_into(actor: Actor, case_id: uuid.UUID) -> uuid.UUID | None:
    """Return the case that took in this one, if it did."""
    return visible_cases(actor).filter(pk=case_id).values_list("merged_into", flat=True).first()


def overview(case: Case, now: datetime) -> Overview:
    """Return the first page of a case; the number of queries does not depend on how much there is."""
    today = now.astimezone(case.network.zone).date()
    open_steps = list(case.steps.filter(done_on=None).select_related("goal"))
    goals = list(case.goals.filter(state=GoalState.OPEN))
    tasks = tasks_of(case, done=False)
    words = latest_words(case)
    held = list(case.contacts.filter(kind__in=TALKS).values_list("held_on", flat=True))
    bookings = list(
        Booking.objects.filter(bookings_of(case)).select_related("site", "membership__user").order_by("-starts_at")[:40]
    )
    coming = [row for row in bookings if row.starts_at >= now and row.state == BookingState.BOOKED]
    attended = [row for row in bookings if row.state == BookingState.ATTENDED]
    levels = [(word, min(filter(None, (word.level, word.own_level)), default=None)) for word in words]
    return Overview(
        urgent=urgent_points(
            today=today,
            steps=[step.due_on for step in open_steps],
            tasks=[task.due_on for task in tasks],
            reviews=[goal.review_on for goal in goals],
            deadlines=list(case.deadlines.filter(state=DeadlineState.OPEN).values_list("due_on", flat=True)),
            claims=pressing_in(case, today),
            needs=[(word.domain, word.urgency) for word in words],
            talks_over=len(held) - SHORT_CONTACTS if is_overdue(case.level, len(held)) else 0,
        ),
        open_steps=open_steps,
        done_steps=list(case.steps.exclude(done_on=None).order_by("-done_on", "-pk")[:RECENT]),
        goals=goals,
        tasks=tasks,
        events=list(case.events.all()[:RECENT]),
        needs=_by_domain(word for word, level in levels if word.urgency != Need.NONE or (level and level <= LOW)),
        strengths=_by_domain(word for word, level in levels if word.strength or (level and level >= GOOD)),
        talks=recent_talks(case, RECENT),
        parts=part_names(case),
        coming=sorted(coming, key=lambda row: row.starts_at),
        past=[row for row in bookings if row not in coming],
        last_contact=max(
            [*held, *(row.starts_at.astimezone(case.network.zone).date() for row in attended)], default=None
        ),
        contacts=len(held),
    )


def _by_domain(words: Any) -> list[RatingLine]:  # noqa: ANN401 -- an iterable of lines
    order = list(LifeDomain.values)
    return sorted(words, key=lambda word: order.index(word.domain))
