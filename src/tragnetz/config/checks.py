"""What `manage.py check --database` and every migration look at first."""

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.db import connections

OLDEST = 160000


@checks.register(checks.Tags.database)
def server_is_new_enough(*, databases: Iterable[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Warn of a server older than those that Tragnetz is tested on."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connections[alias].ensure_connection()
        version = getattr(connections[alias], "pg_version", OLDEST)
        if version < OLDEST:
            text = f"PostgreSQL {version // 10000} is older than what Tragnetz is tested on: use 16 or newer."
            found.append(checks.Warning(text, id="tragnetz.W001"))
    return found
