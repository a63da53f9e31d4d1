"""Load a city as a demo."""

from pathlib import Path

from django.conf import settings

from tragnetz.city.load import load_city
from tragnetz.core.errors import TragnetzError
from tragnetz.network.models import Network


class DemoRefusedError(TragnetzError):
    """A demo must not be mixed with real people."""


def load_demo(folder: Path) -> Network:
    """Load a city marked as a demo. Raises DemoRefusedError in production, and beside a real network."""
    if settings.PRODUCTION:
        message = "This is a production installation (TRAGNETZ_PRODUCTION=1): it does not take the demo."
        raise DemoRefusedError(message)
    if Network.objects.filter(is_demo=False).exists():
        message = "A real network is loaded here: the demo needs a database of its own."
        raise DemoRefusedError(message)
    return load_city(folder, demo=True)
