"""How an invented case goes on: talks, a goal with steps, the domains of life then and now, how it ends."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from tragnetz.appointments.models import Booking
from tragnetz.casework.closing.rules import CHOSEN_REASONS, after_care_days
from tragnetz.casework.contacts.rules import MINUTES
from tragnetz.casework.enums import (
    LEAST_LEVEL,
    MOST_LEVEL,
    AfterCare,
    CaseState,
    ClosingReason,
    ClosingResult,
    ContactKind,
    GoalState,
    Indication,
    Interpreting,
    Level,
    Need,
    Occasion,
    Participant,
)
from tragnetz.casework.levels.rules import SHORT_CONTACTS
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Closing,
    Compartment,
    Feedback,
    Goal,
    GoalReview,
    LifeEvent,
    Note,
    Rating,
    RatingLine,
    Step,
    Task,
    TextTemplate,
)
from tragnetz.core.ids import new_id
from tragnetz.demo.people import Story, read_tasks, read_texts
from tragnetz.network.models import Network, Organisation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = 4
DONE, FRESH = 0.7, 21 * DAY  # share of steps due in the last weeks that are done
KINDS = {  # in a hundred, as all figures of this kind here
    ContactKind.OFFICE: 45, ContactKind.PHONE: 35, ContactKind.HOME: 8, ContactKind.ESCORT: 7, ContactKind.LETTER: 5,
}  # fmt: skip
RATED_AGAIN = 120 * DAY
WAYS = (-1, 0, 0, 0, 0, 1, 1, 1, 2)  # so many steps a domain goes from one look to the next
UNSAID = 0.15  # share of domains that nobody talks about the second time
EASY = 3  # from this level on, nothing is urgent
REASONS = dict(zip(CHOSEN_REASONS, (60, 8, 14, 4, 8, 4, 0, 2), strict=True))
RESULTS = {
    ClosingResult.BETTER: 45, ClosingResult.PARTLY: 30, ClosingResult.SAME: 12, ClosingResult.WORSE: 3,
    ClosingResult.UNKNOWN: 10,
}  # fmt: skip
SAID = {
    AfterCare.BETTER: 40, AfterCare.SAME: 25, AfterCare.WORSE: 8, AfterCare.NO_ANSWER: 5, AfterCare.NOT_REACHED: 22,
}  # fmt: skip
ENDS = {GoalState.REACHED: 55, GoalState.PARTLY: 30, GoalState.DROPPED: 15}
ANSWERS, TASK = 0.35, 0.15  # share of closed cases whose people answer, of open ones with a task


@dataclass(frozen=True, slots=True)
class Course:
    """A case that begins with a first talk and goes on until a day."""

    case: Case
    part: Compartment
    story: Story
    first: Booking
    until: date
    today: date


type Add = Callable[[models.Model], None]


def tell(course: Course, rng: random.Random, add: Add) -> None:
    """Make the rows of a case's course."""
    contacts = _talks(course, rng, add)
    case = course.case
    if contacts > SHORT_CONTACTS or rng.random() < TASK:
        case.level = Level.MANAGEMENT
        case.indication = [code for code in Indication.values if code == Indication.CONSENT or rng.random() < DONE]
    add(
        LifeEvent(
            **_base(course), author=case.counsellor, kind=course.story.event,
            happened_on=case.opened_on - DAY * rng.randrange(5, 90),
        )
    )  # fmt: skip
    goal = _goal(course, rng, add)
    _steps(course, rng, add, goal)
    _ratings(course, rng, add)
    if case.state == CaseState.CLOSED:
        _end(course, rng, add)
    elif rng.random() < TASK:
        add(
            Task(
                **_base(course), text=rng.choice(read_tasks()),
                assignee=case.counsellor, given_by=case.counsellor, due_on=course.today + DAY * rng.randrange(-2, 9),
            )
        )  # fmt: skip


def _base(course: Course) -> dict[str, Any]:
    return {"network": course.case.network, "case": course.case, "compartment": course.part}


def _talks(course: Course, rng: random.Random, add: Add) -> int:
    """Make contacts with the notes of the story, then short ones; returns how many there were."""
    at, number = course.first.starts_at + HOUR, 0
    notes = list(course.story.notes)
    contact_of = course.first.contact
    language = contact_of.language if contact_of else "de"
    needs_help = bool(contact_of and contact_of.interpreter)
    while at.date() <= course.until and (notes or rng.random() < DONE):
        kind = ContactKind.OFFICE if number == 0 else rng.choices(list(KINDS), list(KINDS.values()))[0]
        contact = CaseContact(
            **_base(course), author=course.first.membership, kind=kind, held_on=at.date(),
            minutes=max(5, MINUTES[kind] + 5 * rng.randrange(-2, 4)), participants=[Participant.PERSON],
            language=language, interpreting=Interpreting.POOL if needs_help else Interpreting.NONE,
            idempotency_key=new_id().hex, created_at=at,
        )  # fmt: skip
        add(contact)
        if notes:
            note_kind, text = notes.pop(0)
            add(
                Note(
                    **_base(course), contact=contact, author=course.first.membership, kind=note_kind, text=text,
                    written_at=at,
                )
            )  # fmt: skip
        number += 1
        at += DAY * rng.randrange(7, 60)
        at -= DAY * max(at.weekday() - FRIDAY, 0)  # nobody works at the weekend
    return number


def _goal(course: Course, rng: random.Random, add: Add) -> Goal:
    case, story = course.case, course.story
    goal = Goal(
        **_base(course), author=case.counsellor, what=story.goal["what"], sign=story.goal["sign"],
        wish="person" if rng.random() < DONE else "shared", domain=story.goal["domain"], agreed_on=case.opened_on,
        due_on=case.opened_on + DAY * rng.randrange(150, 400),
    )  # fmt: skip
    add(goal)
    look = case.opened_on + DAY * 91
    while look <= course.until:
        add(
            GoalReview(
                **_base(course), goal=goal, author=case.counsellor, held_on=look,
                attainment=rng.choices([-2, -1, 0, 1, 2], [5, 20, 40, 25, 10])[0],
            )
        )  # fmt: skip
        look += DAY * 91
    if case.closed_on is not None:
        goal.state, goal.ended_on = rng.choices(list(ENDS), list(ENDS.values()))[0], case.closed_on
    else:
        goal.review_on = look
    return goal


def _steps(course: Course, rng: random.Random, add: Add, goal: Goal) -> None:
    is_closed = course.case.state == CaseState.CLOSED
    for index, (text, owner) in enumerate(course.story.steps):
        due = course.case.opened_on + DAY * rng.randrange(7, 30) * (index + 1)
        done = due <= course.until and (is_closed or due < course.today - FRESH or rng.random() < DONE)
        add(
            Step(
                **_base(course), goal=goal if index else None, text=text, owner=owner, due_on=due,
                done_on=due if done else None, created_at=course.first.starts_at,
            )
        )  # fmt: skip


def _ratings(course: Course, rng: random.Random, add: Add) -> None:
    case, days = course.case, [(course.case.opened_on, Occasion.START)]
    if case.closed_on is not None:
        days.append((case.closed_on, Occasion.END))
    elif course.until - case.opened_on > RATED_AGAIN:
        days.append((case.opened_on + RATED_AGAIN, Occasion.BETWEEN))
    risen = dict.fromkeys(course.story.domains, 0)
    for day, occasion in days:
        rating = Rating(
            **_base(course), author=case.counsellor, rated_on=day, occasion=occasion, idempotency_key=new_id().hex
        )
        add(rating)
        for number, (domain, first) in enumerate(course.story.domains.items()):
            if occasion != Occasion.START and rng.random() < UNSAID:
                continue
            level = min(max(first + risen[domain], LEAST_LEVEL), MOST_LEVEL)
            own = min(max(level + rng.choice([-1, 0, 0, 0, 1]), 1), MOST_LEVEL)
            add(
                RatingLine(
                    network=case.network, compartment=course.part, rating=rating, domain=domain, level=level,
                    own_level=own if rng.random() < DONE else None,
                    urgency=Need.NONE if level >= EASY else Need.NOW if level == 1 else Need.SOON,
                    strength=course.story.strength if number == 0 else "",
                )
            )  # fmt: skip
            risen[domain] = rng.choice(WAYS)


def _said(asked_on: date) -> str:
    """Return an answer by chance of its own, so that the rest of the history stays as it is told."""
    chance = random.Random(asked_on.toordinal())  # noqa: S311 -- an invented answer
    return chance.choices(list(SAID), list(SAID.values()))[0]


def _end(course: Course, rng: random.Random, add: Add) -> None:
    case, closed_on = course.case, course.case.closed_on
    if closed_on is None:
        return
    reason = rng.choices(list(REASONS), list(REASONS.values()))[0]
    result = rng.choices(list(RESULTS), list(RESULTS.values()))[0]
    asks = rng.random() < DONE
    add(
        Closing(
            network=case.network, case=case, closed_on=closed_on, closed_by=case.counsellor, reason=reason,
            result=ClosingResult.UNKNOWN if reason == ClosingReason.SILENT else result, after_care=asks,
        )
    )  # fmt: skip
    for kind, due in (after_care_days(closed_on, reason) if asks else {}).items():
        done = due < course.today - FRESH
        add(
            Task(
                **_base(course), kind=kind, assignee=case.counsellor, given_by=case.counsellor, due_on=due,
                answer=_said(due) if done else "",
                done_on=due if done else None, done_by=case.counsellor if done else None,
            )
        )  # fmt: skip
    if rng.random() < ANSWERS:
        given = {name: rng.choices([4, 3, 2, 1], [60, 25, 10, 5])[0] for name in ("understood", "better", "again")}
        add(Feedback(network=case.network, organisation=case.organisation, month=closed_on.replace(day=1), **given))


def add_texts(network: Network, organisations: list[Organisation], add: Add) -> None:
    """Give organisations the short texts that counsellors put into notes."""
    for organisation in organisations:
        for row in read_texts():
            add(TextTemplate(network=network, organisation=organisation, **row))
