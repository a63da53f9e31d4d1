"""One line for each request: what was asked for by its name, how it ended, how long it took; and counted."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from tragnetz.config.logs.numbers import HEADER, number_of, working_on
from tragnetz.config.metrics.requests import observe

log = logging.getLogger("tragnetz.request")
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
FAULT = 500


class RequestMiddleware:
    """Gives each request a number (`request.number`) and leaves a line in the log; files of the site leave none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request.number = number_of(request)  # type: ignore[attr-defined]  # what the error page shows
        queries, begun = Queries(), time.perf_counter()
        with working_on(number), connection.execute_wrapper(queries):
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            response.headers[HEADER] = number
            route = route_of(request)
            if route is not None:
                _tell(request, response, route, seconds, queries.number)
        return response


class Queries:
    """Counts the statements of a request, and looks at none of them."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001 -- Django's interface
        self.number += 1
        return execute(sql, params, many, context)


def route_of(request: HttpRequest) -> str | None:
    """Return the name of a route, never its address: that may hold a code. Nothing for a file of the site."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or match.route
    return None if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "unknown"


def _tell(request: HttpRequest, response: HttpResponse, route: str, seconds: float, queries: int) -> None:
    method = request.method if request.method in METHODS else "other"
    actor = getattr(request, "actor", None)
    observe(route, str(method), response.status_code, seconds)
    log.log(
        logging.ERROR if response.status_code >= FAULT else logging.INFO,
        "request",
        extra={
            "method": method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "queries": queries,
            "role": actor.kind if actor is not None else "none",
        },
    )
