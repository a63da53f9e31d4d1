"""Headers and language of every page."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from tragnetz.config.errors import too_large
from tragnetz.config.unavailable import unavailable
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Network
from tragnetz.portal.own.entry import opened_by


class HeadersMiddleware:
    """Headers that Django does not set: no device access, and staff pages are never kept by a browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class FrozenMiddleware:
    """A network that stands still, to be moved to another server, has one page: whom to call meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        network: Network | None = request.network  # type: ignore[attr-defined]  # set by ScopeMiddleware
        return unavailable(request) if network and network.frozen_at else self.get_response(request)


class DoorMiddleware:
    """Turns away what no page of ours answers: methods that we do not have, machines that come unencrypted.

    To lead a machine on from `http` would hide that it sends a secret in the open with each request. A NUL in a
    question is left out: nobody types one, and the database can hold none.
    """

    METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
    MACHINES = re.compile("|".join(settings.SECURE_REDIRECT_EXEMPT))

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.METHODS:
            return HttpResponseNotAllowed(sorted(self.METHODS))
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and self.MACHINES.search(request.path.lstrip("/")):
            return HttpResponse("Use https://\n", status=403, content_type="text/plain; charset=utf-8")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)


class OpenDataMiddleware:
    """Open data are for the pages of any site and for any tool.

    Before a browser sends a search as JSON to another site it asks with OPTIONS whether it may. Who asks with HEAD gets
    the answer of GET without its body.
    """

    WHERE = "/hsds/"
    MAY = "GET, HEAD, OPTIONS, POST"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(self.WHERE):
            return self.get_response(request)
        response = self._asked() if request.method == "OPTIONS" else self._answered(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def _asked(self) -> HttpResponseBase:
        headers = {
            "Allow": self.MAY, "Access-Control-Allow-Methods": self.MAY,
            "Access-Control-Allow-Headers": "Content-Type", "Access-Control-Max-Age": "86400",
        }  # fmt: skip
        return HttpResponse(status=204, headers=headers)

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response: HttpResponseBase = self.get_response(request)
        request.method = "HEAD"
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class RequestSizeMiddleware:
    """Refuses a request that says it is larger than all files of a form may be, before anything of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said) > settings.TRAGNETZ_REQUEST_MOST:
            megabytes = settings.TRAGNETZ_UPLOAD_MOST // 1_000_000
            return too_large(request, megabytes=megabytes, at_once=settings.TRAGNETZ_UPLOAD_AT_ONCE)
        return self.get_response(request)


class FilesMiddleware:
    """Says of whom files are taken: of staff, and of an accompanied person whose own page is open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            request.takes_files = request.actor.is_staff or opened_by(request) is not None
        return self.get_response(request)


class TragnetzLocaleMiddleware(LocaleMiddleware):
    """The language stands in the address, so pages can be cached without looking at headers.

    Django adds `Vary: Accept-Language` to every page; ours depend on it only where the address names no language.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Drop the needless Vary of pages whose address names the language."""
        had_vary = response.headers.get("Vary")
        response = super().process_response(request, response)
        if response.status_code == 200 and had_vary is None:  # noqa: PLR2004 -- OK
            response.headers.pop("Vary", None)
        return response
