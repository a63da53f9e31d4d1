"""Decisions on deadlines: pure.

The chain: the counsellor sees a deadline from two weeks before; the deputy from three days before, and at once while
the counsellor is away; the lead when it is over. Its stages (14, 7, 3 days, tomorrow, today, over) are shown with it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragnetz.casework.enums import DeadlineState
from tragnetz.deadlines.days import DAY, Holidays, is_workday

# From where to where: what was settled by mistake may be opened again.
MOVES: Mapping[DeadlineState, frozenset[DeadlineState]] = {
    DeadlineState.OPEN: frozenset({DeadlineState.MET, DeadlineState.MISSED, DeadlineState.DROPPED}),
    DeadlineState.MET: frozenset({DeadlineState.OPEN}),
    DeadlineState.MISSED: frozenset({DeadlineState.OPEN}),
    DeadlineState.DROPPED: frozenset({DeadlineState.OPEN}),
}
COUNSELLOR_FROM, DEPUTY_FROM = timedelta(days=14), timedelta(days=3)
PERSON_DAYS = (7, 2)  # so many days before the person is reminded
PERSON_HOUR = time(10)
STAFF_DAYS = (3, 1, 0)  # so many days before whoever works on the case gets a mail
STAFF_HOUR = time(7)
PAST, AHEAD = timedelta(days=10 * 366), timedelta(days=10 * 366)


def day_fits(due_on: date, today: date) -> bool:
    """Whether a deadline may be on a day: within ten years either way. What is over may still be written down."""
    return today - PAST <= due_on <= today + AHEAD


def needs_reason(due_on: date, computed_on: date | None) -> bool:
    """Whether somebody who sets a day must say why: it is later than what came of the sum."""
    return computed_on is not None and due_on > computed_on


def time_left(due_on: date, today: date) -> str:
    """Return how much time is left, in words."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("seit %s Tag vorbei", "seit %s Tagen vorbei", -days) % -days
    if days == 0:
        return _("heute")
    return _("morgen") if days == 1 else _("noch %s Tage") % days


def stage(due_on: date, today: date) -> str:
    """Return how pressing it is: `over`, `now` (three days), `soon` (a week), `near` (two weeks), or nothing."""
    left = (due_on - today).days
    if left < 0:
        return "over"
    return next((name for days, name in ((3, "now"), (7, "soon"), (14, "near")) if left <= days), "")


def reminders(due_on: date, zone: ZoneInfo, now: datetime) -> list[datetime]:
    """Return when the person is reminded: a week and two days before, at ten o'clock, as far as that is to come."""
    times = [datetime.combine(due_on - timedelta(days=days), PERSON_HOUR, zone) for days in PERSON_DAYS]
    return [at for at in times if at > now]


def staff_told_on(day: date, holidays: Holidays) -> set[date]:
    """Return the last days of deadlines of which staff is told on a day.

    On free days nobody reads mail: what would be told on them is told on the last workday before.
    """
    if not is_workday(day, holidays):
        return set()
    days = [day]
    while not is_workday(days[-1] + DAY, holidays):
        days.append(days[-1] + DAY)
    return {one + timedelta(days=before) for one in days for before in STAFF_DAYS}


def end_of(due_on: date, zone: ZoneInfo) -> datetime:
    """Return when no reminder makes sense any more: at the end of the last day."""
    return datetime.combine(due_on + timedelta(days=1), time(), zone)
