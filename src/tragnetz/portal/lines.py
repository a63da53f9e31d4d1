"""The lines as every page of the portal shows them."""

from collections.abc import Iterable
from datetime import date

from django.core.cache import cache

from tragnetz.appointments.lines.queries import Line, lines
from tragnetz.core.clock import now
from tragnetz.network.models import Network

SECONDS = 15  # pages that everybody may keep are older


def lines_now(network: Network) -> list[Line]:
    """Return all lines with what they are doing now, as it was read in the last seconds."""
    key = f"lines:{network.pk}"
    found: list[Line] | None = cache.get(key)
    if found is None:
        found = lines(network, now())
        cache.set(key, found, SECONDS)
    return found


def picks_up_on(lines: Iterable[Line], day: date) -> bool:
    """Whether one of some lines is open now or opens later on a day: who is told to call on it can do so."""
    return any(
        line.status.is_open or (line.status.opens_at is not None and line.status.opens_at.date() == day)
        for line in lines
    )
