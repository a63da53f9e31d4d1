"""While the database or the disk is away: a page that says so, whom to call, and that loses nothing that was typed."""

import errno
import logging
import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_from_path, override

from tragnetz.core.resend import texts_of, typed_in
from tragnetz.network.notice import Notice, recall

log = logging.getLogger(__name__)

RETRY_SECONDS = 30
_READ_ONLY = "25006"  # a database that takes no more writes: a stand-in, or full
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_MACHINES = ("/api/", "/hsds/")


def is_unavailable(error: BaseException | None) -> bool:
    """Whether an error, or one that caused it, says that the database or the disk does not serve for the moment.

    That is: gone, starting, full, read-only, too slow (`statement_timeout`), or with more visitors than it takes.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") == _READ_ONLY:
            return True
        if isinstance(error, OSError) and error.errno in _DISK:
            return True
        error = error.__cause__ or error.__context__
    return False


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer without database and session: in the visitor's language, with the lines as they were last known.

    Logs one line: a traceback for each visitor would fill the disk just then.
    """
    failed = sys.exception()
    if failed is not None:  # else it stands still on purpose
        log.error("Unavailable (%s)", type(failed).__name__)
    if is_for_machines(request):
        response: HttpResponse = JsonResponse({"detail": "Temporarily unavailable. Please try again later."})
    else:
        with override(language_of(request)):
            response = HttpResponse(render_to_string("components/unavailable.html", _told(request)))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- else Django logs it whole
    return response


def is_for_machines(request: HttpRequest) -> bool:
    """Whether a program asks, which reads no page."""
    return request.path.startswith(_MACHINES)


def language_of(request: HttpRequest) -> str | None:
    """Return the language of a page on which something failed, maybe before the middleware that reads it."""
    return get_language_from_path(request.path_info) or get_language()


def notice_of(request: HttpRequest) -> Notice | None:
    """Return the network's name and lines as they were last known, without asking the database."""
    network = getattr(request, "network", None)
    return recall(settings.TRAGNETZ_VAR, network.key if network else settings.TRAGNETZ_NETWORK)


def _told(request: HttpRequest) -> dict[str, object]:
    if "CSRF_COOKIE" not in request.META:  # what failed came before the middleware that reads it
        CsrfViewMiddleware(lambda _request: HttpResponse()).process_request(request)
    typed = _typed(request)
    return {
        "network": notice_of(request),
        "at_work": "/arbeit/" in request.path,  # whoever works here knows whom to call
        "posted": request.method == "POST",
        "typed": typed,
        "texts": texts_of(typed),
        "action": request.get_full_path(),
        "csrf_token": get_token(request),
    }


def _typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return a form's fields to be sent again; none where a password or a file is among them: these are typed anew."""
    if request.method != "POST" or request.FILES or any("password" in name for name in request.POST):
        return []
    return typed_in(request)
