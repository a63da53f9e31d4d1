"""The door of the own page: its cookie, how often a code may be tried, what happens when the page has ended."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override

from tragnetz.casework.ownpage.rules import MOST_WRITTEN
from tragnetz.casework.ownpage.sessions import Opened, resume
from tragnetz.core.clock import now
from tragnetz.core.cookies import path_cookie
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.staff.enums import Counted
from tragnetz.staff.throttle import give_back, take
from tragnetz.vault.keyring import using

COOKIE = path_cookie("own")
EVERYBODY = "all"

type View = Callable[..., HttpResponse]


def opened_by(request: NetworkRequest) -> Opened | None:
    """Return the own page that the request's cookie opens."""
    cookie = request.COOKIES.get(COOKIE, "")
    return resume(request.network, cookie, now()) if cookie else None


def opened(view: View) -> View:
    """Let a view see the person's page with their keys; else ask for the code and keep what was typed."""

    @private
    @wraps(view)
    def wrapped(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        found = opened_by(request)
        if found is None and request.method != "POST":
            return redirect("portal:own")
        if found is None:
            kept = request.POST.get("text", "")[: 2 * MOST_WRITTEN]
            return code_page(request, status=401, ended=True, kept=kept)
        with using(found.ring):
            return view(request, found, *args, **kwargs)

    return wrapped


def code_page(request: NetworkRequest, *, status: int = 200, **more: object) -> HttpResponse:
    """Ask for the code, with the numbers to call."""
    context = {"lines": lines_now(request.network), **more}
    return render(request, "portal/own/code.html", context, status=status)


def must_wait(request: NetworkRequest) -> timedelta:
    """Count one try of a code; returns 0 when it is allowed, from this address and in all, else how long to wait."""
    at = now()
    wait = take(Counted.OWN_ADDRESS, get_ip(request), at)
    if wait:
        return wait
    wait = take(Counted.OWN_ALL, EVERYBODY, at)
    if wait:
        give_back(Counted.OWN_ADDRESS, get_ip(request))
    return wait


def was_no_guess(request: NetworkRequest) -> None:
    """Take back the count of a code that was right."""
    give_back(Counted.OWN_ADDRESS, get_ip(request))
    give_back(Counted.OWN_ALL, EVERYBODY)


def _paths() -> dict[str, str]:
    """Return the page's address in each language: the cookie goes nowhere else."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = reverse("portal:own")
    return found


def hand_out(response: HttpResponse, cookie: str) -> None:
    """Give the cookie of an open page, for this page alone, in each of its languages."""
    for path in _paths().values():
        _set(response, path, cookie)


def take_away(response: HttpResponse) -> None:
    """Take the cookie back."""
    for path in _paths().values():
        _set(response, path, "")


def _set(response: HttpResponse, path: str, value: str) -> None:
    """Set the cookie for one path. Django's jar knows one cookie a name, so each path has a morsel of its own."""
    key = f"{COOKIE}@{path}"
    response.set_cookie(
        COOKIE, value, path=path, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict",
        max_age=None if value else 0,
    )  # fmt: skip
    dict.__setitem__(response.cookies, key, response.cookies.pop(COOKIE))
