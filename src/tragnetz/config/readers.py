"""Which pages are read from a standby of the database, and whose: what is the same for everybody and may lag.

A visitor who opened a form carries its cookie, and whoever has any cookie of ours is answered by the primary: so what
somebody wrote, they see. Whoever works here is always answered by it, but for figures (`reporting`), and for some
seconds after they wrote for those too.
"""

from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from tragnetz.core.cookies import host_cookie
from tragnetz.network.database.readers import KNOWN_SECONDS, must_be_fresh, reading

_SAFE = frozenset({"GET", "HEAD"})
# Nothing on them is about one visitor, and nothing is agreed on them. Every other page is the primary's.
MAY_LAG = frozenset(
    f"portal:{name}"
    for name in (
        "about", "accessibility", "calendar", "feed", "finder", "frame_offer", "frame_offers", "frame_search",
        "imprint", "languages", "leaflet", "map", "news", "offer", "offers", "open_data", "open_data_file", "partners",
        "place", "privacy", "result", "search", "situation", "start", "week",
    )
)  # fmt: skip
OPEN = "hsds"  # the whole interface, whose lists may be asked by POST and change nothing
WROTE = "wrote"


class ReaderMiddleware:
    """Asks a reader for what may lag, and remembers for some seconds which member of staff has written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.TRAGNETZ_READERS:
            return self.get_response(request)
        with must_be_fresh() if host_cookie(WROTE) in request.COOKIES else nullcontext():
            response = self.get_response(request)
        if request.method not in _SAFE and settings.SESSION_COOKIE_NAME in request.COOKIES:
            # As long as a reader may lag, and be believed in.
            seconds = settings.TRAGNETZ_READER_SECONDS + int(KNOWN_SECONDS)
            _remember(response, seconds)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any  # noqa: ANN401 -- Django's interface
    ) -> HttpResponseBase | None:  # fmt: skip
        """Answer from a reader; what is not there yet is looked for on the primary."""
        if not settings.TRAGNETZ_READERS or not may_lag(request):
            return None
        response = reading(lambda: view(request, *args, **kwargs), again=(Http404,))
        # The interface for machines answers instead of raising.
        return None if response.status_code == HTTPStatus.NOT_FOUND else response


def may_lag(request: HttpRequest) -> bool:
    """Whether a request asks for what is the same for everybody, and comes from somebody who wrote nothing here."""
    match = request.resolver_match
    if match is None or set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME}:
        return False
    return OPEN in match.namespaces or (match.view_name in MAY_LAG and request.method in _SAFE)


def _remember(response: HttpResponseBase, seconds: int) -> None:
    response.set_cookie(
        host_cookie(WROTE), "1", max_age=seconds, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
