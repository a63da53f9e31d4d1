"""What `manage.py check`, every migration and `tragnetz work` look at first."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.gateway import GatewayError, read_gateway

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


@checks.register
def messages_can_leave(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Name what of an SMS gateway's settings does not fit together; what each may be, `variables` says."""
    if settings.TRAGNETZ_MESSAGE_BACKENDS[Channel.SMS] != "http":
        return []
    try:
        read_gateway(settings.TRAGNETZ_SMS)
    except GatewayError as error:
        return [checks.Error(f"{error}.", id="tragnetz.E002")]
    return []
