"""What the public is told of waiting times; looked up once an hour, for it is the same for everybody."""

from django.core.cache import cache

from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.reporting.waits import Wait, public_wait

SECONDS = 3600


def told_wait(network: Network) -> Wait | None:
    """Return how long people waited lately, for `portal/wait.html`; nothing while they are too few to say."""
    (found,) = cache.get_or_set(f"public-wait:{network.pk}", lambda: (public_wait(network, now()),), SECONDS) or (None,)
    return found
