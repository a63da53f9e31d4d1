"""Figures that are kept because counting them takes longer than a page may: sums alone, nothing about one person.

In a large network the worker counts at night what is usual and what somebody looked at lately (`nightly`), and every
page says of when its figures are. A small network counts when it is asked; what takes longer there is kept for minutes.

A process reads a sheet once: as long as its stamp (`made_at`) stays, the next page asks for the stamp alone. To read
one of a large network takes a tenth of a second.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tragnetz.casework.models import Case
from tragnetz.network.database.readers import reading
from tragnetz.network.models import Network
from tragnetz.reporting.models import Participation, Sheet

LARGE: Final = 5_000  # cases or participations: from here on counting takes longer than a page may
FRESH = timedelta(hours=26)  # a night and some patience
ASKED = timedelta(days=14)  # what nobody looked at for so long is counted no more
MOST_READ: Final = 64  # sheets that a process keeps as it read them
_READ: dict[uuid.UUID, tuple[datetime, Any]] = {}  # by row: its stamp, and what was read; nobody changes it


@dataclass(frozen=True, slots=True)
class Kept:
    """What was counted, as it was read, and when. Pages share it: nobody changes it."""

    body: Any
    made_at: datetime


def is_large() -> bool:
    """Whether the network in scope is one whose figures are counted at night; reads `LARGE` rows at most."""
    return any(model.objects.order_by()[LARGE : LARGE + 1].exists() for model in (Case, Participation))


def kept(
    network: Network,
    subject: str,
    at: datetime,
    make: Callable[[], Any],
    *,
    patience: timedelta = timedelta(),
    read: Callable[[Any], Any] = lambda body: body,
) -> Kept:
    """Return the figures of a subject: the kept ones if they are fresh, else `make` counts them now.

    `patience`: for so long they are kept in a small network, too. `read` makes of their JSON what pages use, once for
    each stamp.
    """
    today = at.astimezone(network.zone).date()
    row = Sheet.objects.filter(subject=subject, made_at__gt=at - FRESH).defer("body").first()
    # Without patience only a large network keeps anything.
    if row is not None and (not patience or row.made_at > at - patience or is_large()):
        if row.asked_on != today:
            Sheet.objects.filter(pk=row.pk).update(asked_on=today)
        return Kept(_read(row, read, make), row.made_at)
    body = reading(make)  # some seconds matter less than what counting costs the primary
    if patience or is_large():
        keep(network, subject, body, at)
    return Kept(read(body), at)


def _read(row: Sheet, read: Callable[[Any], Any], make: Callable[[], Any]) -> Any:  # noqa: ANN401 -- whatever `read` makes
    """Return what a sheet holds: read anew only when it was counted anew."""
    stamp, found = _READ.get(row.pk, (None, None))
    if stamp != row.made_at:
        fresh = Sheet.objects.filter(pk=row.pk).first()  # perhaps newer than the stamp by now
        if fresh is None:  # the night took it out just now
            return read(make())
        found = read(fresh.body)
        if len(_READ) >= MOST_READ:
            _READ.clear()
        _READ[row.pk] = (fresh.made_at, found)
    return found


def keep(network: Network, subject: str, body: Any, at: datetime) -> None:  # noqa: ANN401 -- any JSON
    """Save figures over what stood there: two who look at once do not meet. Who looked last stays as it was."""
    row = Sheet(network=network, subject=subject, body=body, made_at=at, asked_on=at.astimezone(network.zone).date())
    Sheet.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["network", "subject"], update_fields=["body", "made_at"]
    )


def forget_unasked(today: date) -> None:
    """Take out what nobody looked at for long."""
    Sheet.objects.filter(asked_on__lt=today - ASKED).delete()
