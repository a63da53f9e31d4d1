"""Readings of the network in scope and of the database: what the doctor judges and the metrics show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min

from tragnetz.audit.models import Event, SealedHead, Verification
from tragnetz.benefits import library
from tragnetz.benefits.law import is_outrun
from tragnetz.config.models import TaskRun
from tragnetz.config.operation.findings import Level
from tragnetz.config.tasks import ROUND
from tragnetz.messaging.enums import BY_ITSELF, State
from tragnetz.messaging.models import Message
from tragnetz.network.database.readers import watch

LAST_EVENTS = 500
LAW_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many messages stand in each state by channel, and since when the oldest is due that should have left."""

    counts: dict[tuple[str, str], int]
    oldest_due: datetime | None

    def number(self, *states: State) -> int:
        """Return how many stand in one of these states."""
        return sum(count for (_channel, state), count in self.counts.items() if state in states)


def outbox(now: datetime) -> Outbox:
    """Return how the outbox stands. Problems that somebody has dealt with count no more."""
    rows = Message.objects.exclude(state__in=[State.SENT, State.CANCELLED])
    problems = rows.exclude(state__in=[State.FAILED, State.UNCERTAIN], settled_by__isnull=False).order_by()
    counts = problems.values_list("channel", "state").annotate(number=Count("id"))
    due = Message.objects.filter(state=State.QUEUED, due_at__lte=now, channel__in=BY_ITSELF)
    oldest = due.aggregate(first=Min("due_at"))["first"]
    return Outbox({(channel, state): number for channel, state, number in counts}, oldest)


def beat() -> datetime | None:
    """Return when the worker ended its last round."""
    return TaskRun.objects.filter(name=ROUND).values_list("ran_at", flat=True).first()


def task_runs() -> list[TaskRun]:
    """Return how each task ran last."""
    return list(TaskRun.objects.order_by("name"))


def last_event(*verbs: str) -> datetime | None:
    """Return when one of these was written into the trail last."""
    found: datetime | None = Event.objects.filter(verb__in=verbs).aggregate(last=Max("at"))["last"]
    return found


def newest_event() -> datetime | None:
    """Return the latest time of the events that were written last; they are not in order when a clock was put back."""
    last = Event.objects.order_by("-id").values("at")[:LAST_EVENTS]
    found: datetime | None = last.aggregate(latest=Max("at"))["latest"]
    return found


def last_head() -> datetime | None:
    """Return when the end of the audit chain was signed last."""
    return SealedHead.objects.order_by("-number").values_list("at", flat=True).first()


def last_verification() -> Verification | None:
    """Return the last verification of the audit chain."""
    return Verification.objects.order_by("-at").first()


def law_days() -> list[date]:
    """Return the dates of the compiled laws, oldest first."""
    return library.days(settings.TRAGNETZ_LAW)


def newest_law(today: date) -> date | None:
    """Return the date of the law that is in force by what is there: the newest not after a day."""
    return max((day for day in law_days() if day <= today), default=None)


def law_level(newest: date | None, today: date) -> Level:
    """Judge the law in use: a warning once amounts may have changed since, an error after a year or without one."""
    if newest is None or today - newest > LAW_YEAR:
        return Level.ERROR
    return Level.WARN if is_outrun(newest, today) else Level.OK


@dataclass(frozen=True, slots=True)
class Connections:
    """How many connections the database has, and takes at most, all programs together."""

    used: int
    most: int


def connections() -> Connections:
    """Return them."""
    (used, most), *_ = query(
        # What everybody may see: of other roles' connections PostgreSQL hides of what sort they are.
        "SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL AND usename IS NOT NULL),"
        " current_setting('max_connections')::int"
    )
    return Connections(int(used), int(most))


type Numbered = list[tuple[tuple[str, ...], float]]


def readers() -> tuple[Numbered, Numbered]:
    """Return by number of a reader whether it may be asked, and by how many seconds it lags behind where that is known.

    Looks at each of them now.
    """
    seen = list(enumerate(watch().look(), 1)) if settings.TRAGNETZ_READERS else []
    up: Numbered = [((str(number),), float(not one.fault)) for number, one in seen]
    return up, [((str(number),), one.lag) for number, one in seen if one.lag is not None]


def query(sql: str, parameters: Iterable[list[str]] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a question to the database itself, not about our tables."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())
