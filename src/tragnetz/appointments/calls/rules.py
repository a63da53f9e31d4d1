"""Decisions on promised calls: pure. Time is counted only while somebody is there to call."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tragnetz.appointments.enums import CallbackState, CallResult, Urgency
from tragnetz.appointments.lines.rules import Span, joined

HOUR = timedelta(hours=1)
PROMISE = timedelta(hours=2)  # how wide a promise is, and the longest wait when it must be today
LEAST = {Urgency.TODAY: timedelta(minutes=30), Urgency.WEEK: HOUR, Urgency.NORMAL: HOUR}  # left before closing time
RANK = {Urgency.TODAY: 0, Urgency.WEEK: 1, Urgency.NORMAL: 2}
# What is not urgent is promised half of the calls alone: the rest stays for what comes in between.
SHARE = {Urgency.TODAY: 1.0, Urgency.WEEK: 1.0, Urgency.NORMAL: 0.5}
HELD = timedelta(minutes=15)  # so long nobody else calls somebody whom one of us took
TRIES = 3
# The open time after the first and the second try: the second is on the same day, the third at another hour.
AGAIN_AFTER = (timedelta(hours=2), timedelta(hours=5))
CALLBACK_MOVES: Mapping[str, frozenset[str]] = {
    CallbackState.OPEN: frozenset({CallbackState.DONE, CallbackState.NOT_REACHED}),
    CallbackState.NOT_REACHED: frozenset({CallbackState.DONE, CallbackState.OPEN}),
    CallbackState.DONE: frozenset({CallbackState.OPEN}),
    CallbackState.SPARED: frozenset({CallbackState.DONE, CallbackState.OPEN}),
}


class Staffed(NamedTuple):
    """A time with how many people call back in it."""

    begins: datetime
    ends: datetime
    people: int


class Window(NamedTuple):
    """From when to when we promise to call."""

    begins: datetime
    ends: datetime


def staffed_times(spans_of_people: Iterable[Sequence[Span]]) -> list[Staffed]:
    """Return how many people are there at each time; each person counts once, whatever number of lines they have."""
    changes: dict[datetime, int] = {}
    for spans in spans_of_people:
        for begins, ends in joined(spans):
            changes[begins] = changes.get(begins, 0) + 1
            changes[ends] = changes.get(ends, 0) - 1
    found: list[Staffed] = []
    people, since = 0, datetime.min.replace(tzinfo=UTC)
    for at in sorted(changes):
        if people:
            found.append(Staffed(since, at, people))
        people, since = people + changes[at], at
    return found


def promise(staffed: Sequence[Staffed], *, ahead: int, per_hour: int, urgency: str, now: datetime) -> Window | None:
    """Return when we promise to call: after the `ahead` calls that come first, and only while somebody is there.

    What must be today is promised within two open hours, whatever waits; the others get full hours, and half of the
    calls. Nothing is returned if nobody is there in the time looked at.
    """
    kind = Urgency(urgency)
    left = [Staffed(max(one.begins, now), one.ends, one.people) for one in staffed if one.ends > now]
    today = kind == Urgency.TODAY
    served = now if today else _served(left, ahead / (per_hour * SHARE[kind]))
    passed = timedelta()
    for opens, ends in joined((one.begins, one.ends) for one in staffed if one.ends > now):
        begins = max(opens, now)
        start = max(begins, served or ends)
        if not today and start > begins:
            start = _full_hour(start)
        if ends - start >= min(LEAST[kind], ends - opens) and start < ends:
            return Window(start, min(start + PROMISE - passed, ends))
        if today:
            passed += ends - begins
    return None


def told_window(until: datetime, runs: Sequence[Span], since: datetime) -> Window:
    """Return from when to when a promise was told: it began at most two hours before its end, while we are there."""
    opens = next((begins for begins, ends in runs if begins < until <= ends), since)
    return Window(max(until - PROMISE, opens, since), until)


def _served(staffed: Sequence[Staffed], person_hours: float) -> datetime | None:
    """Return the instant at which people who are there have worked so many hours between them."""
    for one in staffed:
        worked = (one.ends - one.begins) / HOUR * one.people
        if person_hours < worked:
            return one.begins + HOUR * (person_hours / one.people)
        person_hours -= worked
    return None


def _full_hour(at: datetime) -> datetime:
    full = at.replace(minute=0, second=0, microsecond=0)
    return full if full == at else full + HOUR


def after_open_time(runs: Sequence[Span], start: datetime, length: timedelta) -> datetime:
    """Return the instant after so much open time since a start; the start's own if nobody is there any more."""
    last = start
    for begins, ends in runs:
        begun = max(begins, start)
        if ends <= begun:
            continue
        if ends - begun >= length:
            return begun + length
        length -= ends - begun
        last = ends
    return last


def is_held(taken_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who said "I call" is still taken at their word."""
    return taken_at is not None and now - taken_at < HELD


def is_soon_enough(promised_until: datetime, urgency: str, talk_at: datetime) -> bool:
    """Whether a promised call need not be promised again for a talk: it comes before it, or as soon as anybody can."""
    return promised_until <= talk_at or urgency == Urgency.TODAY


def next_try(tries: Sequence[datetime], runs: Sequence[Span]) -> datetime | None:
    """Return from when to try again after failed tries; nothing before the first one."""
    if not tries:
        return None
    wait = AGAIN_AFTER[min(len(tries), len(AGAIN_AFTER)) - 1]
    return after_open_time(runs, tries[-1], wait)


def state_after(result: str, tries: int) -> CallbackState:
    """Return what a promise is after a try, `tries` counted with it: a wrong number is given up at once."""
    if result == CallResult.REACHED:
        return CallbackState.DONE
    return CallbackState.NOT_REACHED if result == CallResult.WRONG or tries >= TRIES else CallbackState.OPEN


def full_runs(staffed: Sequence[Staffed], promised: Window, now: datetime) -> Iterator[datetime]:
    """Yield the begin of each time in which somebody is there, but which is passed over because it is full."""
    for begins, ends in joined((one.begins, one.ends) for one in staffed):
        if ends > now + HOUR and ends <= promised.begins:
            yield max(begins, now)
