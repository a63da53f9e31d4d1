"""Start Django for the commands that need it, and find the network that a command is about."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tragnetz.network.models import Network

_OTHER_TABLES = ("42P01", "42703")  # undefined_table, undefined_column
NO_NETWORK = "Dieses Netz gibt es nicht. Laden Sie zuerst eines: tragnetz city load ORDNER"


def start() -> None:
    """Read the settings, and start the embedded database where none is named."""
    import django  # noqa: PLC0415 -- starts the database, so only for commands that need it

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- as above

    from tragnetz.config.logs.hooks import log_uncaught  # noqa: PLC0415 -- as above

    if settings.PRODUCTION:
        log_uncaught()


def told_of_the_database(error: Exception) -> str | None:
    """Return what to do where the database is away, or has not the tables of this version; nothing of other errors."""
    if not type(error).__module__.startswith("django.db"):
        return None
    from django.db import InterfaceError, OperationalError  # noqa: PLC0415 -- where one of these came, Django is there

    if getattr(error.__cause__, "sqlstate", None) in _OTHER_TABLES:
        return "Die Tabellen dieser Version fehlen in der Datenbank: tragnetz migrate"
    if isinstance(error, OperationalError | InterfaceError):
        return "Die Datenbank antwortet nicht, oder nicht rechtzeitig. Mehr sagt: tragnetz doctor"
    return None


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
