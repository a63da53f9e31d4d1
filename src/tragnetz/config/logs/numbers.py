"""The number of a request: in each line of the log, in the answer, and on the page that says that something broke."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from tragnetz.core.ids import new_code

HEADER = "X-Request-Id"
# What proxies make (nginx: 32 hexadecimal digits; Traefik, HAProxy, Envoy: a UUID). Nothing else is taken over: a free
# text could carry a name, or a line of its own, into the log.
_MADE_BY_A_PROXY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_current: ContextVar[str] = ContextVar("request_number", default="")


def number_of(request: HttpRequest) -> str:
    """Return the proxy's number of a request where one is trusted and it is in a safe form, else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRAGNETZ_BEHIND_PROXY else ""
    return given.lower() if _MADE_BY_A_PROXY.fullmatch(given) else new_code()


def current_number() -> str:
    """Return the number of the request that this thread works on; empty outside of one."""
    return _current.get()


@contextmanager
def working_on(number: str) -> Iterator[None]:
    """Say which request the thread works on."""
    token = _current.set(number)
    try:
        yield
    finally:
        _current.reset(token)
