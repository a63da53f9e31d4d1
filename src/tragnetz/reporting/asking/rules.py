"""When somebody is asked, by which way, and when it is enough: pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tragnetz.core.months import months_later
from tragnetz.reporting.asking.enums import Stop, Way
from tragnetz.reporting.enums import Moment

SETTLES = timedelta(days=3)  # after the exit, so that the counselling can still enter the results itself
TAKEN_UP = timedelta(days=14)  # who is not asked by then (the machine stood still) is asked by the counselling
PATIENCE = timedelta(days=7)  # to the one reminder, and from there to the call
VALID = timedelta(days=30)  # so long a link holds
CALLED_BY = timedelta(days=7)  # the term of the task to call
HOUR, LAST_HOUR = time(10), time(18)  # nobody gets a message of this kind in the evening or at night
SIX_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Window:
    """From which day on somebody is asked, until when at the latest, and when the answer comes too late."""

    first: date
    last: date
    closes: date


@dataclass(frozen=True, slots=True)
class Known:
    """What decides on whether and how one person is asked.

    `informed`: they were told that they will be asked, or agreed to it. `has_link`: there is a public address.
    """

    informed: bool = False
    objected: bool = False
    not_wanted: bool = False
    died: bool = False
    restricted: bool = False
    gone: bool = False
    has_link: bool = False
    may_text: bool = False
    may_email: bool = False
    may_letter: bool = False
    has_page: bool = False


def window_of(moment: str, left_on: date, results_within_days: int) -> Window:
    """Return when one asks: within the weeks after the exit that count, or from the day six months later on.

    `results_within_days`: so long after the exit its results count (the funding line says it).
    """
    if moment == Moment.EXIT:
        first = left_on + SETTLES
        closes = left_on + timedelta(days=results_within_days)
        return Window(first, min(first + TAKEN_UP, closes), closes)
    first = months_later(left_on, SIX_MONTHS)
    return Window(first, first + TAKEN_UP, first + TAKEN_UP + VALID)


def stopped_by(known: Known) -> Stop | None:
    """Return why somebody must not be asked; nothing if they may."""
    reasons = [
        (known.gone, Stop.GONE), (known.died, Stop.DIED), (known.restricted, Stop.RESTRICTED),
        (known.objected, Stop.OBJECTED), (known.not_wanted, Stop.NOT_WANTED),
    ]  # fmt: skip
    return next((stop for holds, stop in reasons if holds), None)


def way_of(known: Known) -> Way:
    """Return how somebody is asked who may be: the quickest way that they allowed, else the counselling calls.

    Who was never told that they will be asked is asked by the counselling, as before.
    """
    if not known.informed:
        return Way.CALL
    ways = [
        (known.has_link and known.may_text, Way.SMS), (known.has_link and known.may_email, Way.EMAIL),
        (known.has_page, Way.PAGE), (known.has_link and known.may_letter, Way.LETTER),
    ]  # fmt: skip
    return next((way for allowed, way in ways if allowed), Way.CALL)


def ends_at(window: Window, today: date, zone: ZoneInfo) -> datetime:
    """Return when an answer is not taken any more: with the window, at the latest when the link is too old."""
    return datetime.combine(min(window.closes, today + VALID) + timedelta(days=1), time(), zone)


def sent_at(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the question goes out: at ten, or at once between ten and six in the evening."""
    local = now.astimezone(zone)
    if HOUR <= local.time() < LAST_HOUR:
        return now
    day = local.date() if local.time() < HOUR else local.date() + timedelta(days=1)
    return datetime.combine(day, HOUR, zone)


def is_to_remind(asked_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether the one reminder is due."""
    return reminded_on is None and today >= asked_on + PATIENCE


def is_to_call(way: str, asked_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether it was asked and waited for long enough: what stands on a page alone is not reminded of."""
    if way == Way.PAGE and reminded_on is None:
        return today >= asked_on + 2 * PATIENCE
    return reminded_on is not None and today >= reminded_on + PATIENCE
