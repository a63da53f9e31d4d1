"""Start Django for the commands that need it, and find the network that a command is about."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tragnetz.network.models import Network

NO_NETWORK = "Dieses Netz gibt es nicht. Laden Sie zuerst eines: tragnetz city load ORDNER"


def start() -> None:
    """Read the settings, and start the embedded database where none is named."""
    import django  # noqa: PLC0415 -- starts the database, so only for commands that need it

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- as above

    from tragnetz.config.logs.hooks import log_uncaught  # noqa: PLC0415 -- as above

    if settings.PRODUCTION:
        log_uncaught()


@contextmanager
def in_network(key: str) -> "Iterator[Network | None]":
    """Start Django and put a network in scope, the first one without a key; says so when there is none."""
    start()
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- needs Django
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    found = current_network(key)
    if found is None:
        print(NO_NETWORK, file=sys.stderr)
        yield None
        return
    with scope(found):
        yield found
