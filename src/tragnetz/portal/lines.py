"""The lines as every page of the portal shows them."""

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
