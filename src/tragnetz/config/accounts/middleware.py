"""Looks before any page whether the session is still good, and the second factor there that the network asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tragnetz.config.accounts import texts
from tragnetz.config.securitylog import note
from tragnetz.core.clock import now
from tragnetz.core.resend import offer_to_resend
from tragnetz.network.actors import resident
from tragnetz.staff.enums import Ending
from tragnetz.staff.queries import has_second_factor
from tragnetz.staff.rules import ending
from tragnetz.staff.sessions import FACTOR_ELSEWHERE, limits, note_seen
from tragnetz.vault.turns import AGAIN_SECONDS, BusyError, request_in_line

SOON = timedelta(minutes=20)  # so long before its end a page tells that the day's session ends


@dataclass(frozen=True, slots=True)
class SignIn:
    """When a session ends: `idle_at` if nothing more is done, `until` in any case; `ends_soon` is to be told."""

    idle_at: datetime
    until: datetime
    idle_seconds: int
    left_seconds: int

    @property
    def ends_soon(self) -> bool:
        """Whether a page has to tell that the session ends, whatever one does."""
        return self.left_seconds < SOON.total_seconds()


class SignInMiddleware:
    """Ends sessions on the server: after idle time, after a day, and of those who have left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with request_in_line():
            if request.user.is_authenticated:
                self._look_at(request)
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask to send again later when the line of log-ins is full; a password is not carried along."""
        if not isinstance(exception, BusyError):
            return None
        response = render(request, "account/busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any  # noqa: ANN401 -- Django's interface
    ) -> HttpResponse | None:  # fmt: skip
        """Send staff without a second factor to set one up, before any page of their work."""
        match = request.resolver_match
        if (
            settings.TRAGNETZ_SECOND_FACTOR != "required"
            or match is None
            or match.namespace != "workspace"
            or not request.user.is_authenticated
            or request.session.get(FACTOR_ELSEWHERE) == str(request.user.pk)
            or has_second_factor(request.user)
        ):
            return None
        if request.method == "POST":
            return offer_to_resend(request, "account/factor_needed.html", status=403)
        return redirect("mfa_index")

    def _look_at(self, request: HttpRequest) -> None:
        at, row, last = now(), request.session.row, limits()  # type: ignore[attr-defined]  # our store
        if row is None:
            return
        why = ending(row.signed_in_at, row.seen_at, at, last)
        if why is None and not request.actor.is_staff:  # type: ignore[attr-defined]  # a NetworkRequest
            why = Ending.LEFT
        if why is None:
            note_seen(row, at)
            until = row.signed_in_at + last.absolute
            idle_seconds, left_seconds = int(last.idle.total_seconds()), int((until - at).total_seconds())
            request.sign_in = SignIn(min(at + last.idle, until), until, idle_seconds, left_seconds)  # type: ignore[attr-defined]
            return
        note(request, "login:over", why=why.value)
        logout(request)
        request.actor = resident(request.network)  # type: ignore[attr-defined]  # as above
        words = {"minutes": int(last.idle.total_seconds() // 60), "hours": int(last.absolute.total_seconds() // 3600)}
        messages.warning(request, str(texts.ENDED[why]) % words)
