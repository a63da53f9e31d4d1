"""Error pages that tell what to do and whom to call, and lose nothing."""

import logging
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from tragnetz.appointments.lines.queries import Line
from tragnetz.config.unavailable import is_for_machines, is_unavailable, language_of, notice_of, unavailable
from tragnetz.core.resend import offer_to_resend
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network
from tragnetz.portal.lines import lines_now

log = logging.getLogger(__name__)

# For a fault of what every page is made of.
PLAIN = (
    '<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>Störung</title></head><body><main>'
    "<h1>Hier ist gerade etwas schiefgegangen</h1><p>Das liegt an uns, nicht an Ihnen. Bitte versuchen Sie es in einer "
    'Minute noch einmal.</p><p>%s</p><p><a href="/">Zur Startseite</a></p></main></body></html>\n'
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a form whose session ended: show what was typed, so that it can be sent again with a fresh token."""
    request.csrf_refused = True  # type: ignore[attr-defined]  # for the security log
    more = {"layout": _layout(request), "lines": _lines(request)}
    return offer_to_resend(request, "components/expired.html", status=403, **more)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer an unknown address, and equally an object that is not for this actor."""
    return _page(request, "not_found", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a page that this role does not have."""
    return _page(request, "forbidden", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a request that is too large or broken."""
    return _page(request, "bad_request", 400)


def too_large(request: HttpRequest, *, megabytes: int, at_once: int) -> HttpResponse:
    """Answer a request that says it is larger than so many files of so many megabytes."""
    return _page(request, "too_large", 413, megabytes=megabytes, at_once=at_once)


def _page(request: HttpRequest, name: str, status: int, **more: object) -> HttpResponse:
    """Render a page with the way on: the lines for visitors, their own menu for staff.

    For staff nothing more is asked: a foreign record must cost as much as one that does not exist.
    """
    context = {"layout": _layout(request), "at_work": _is_staff(request), "lines": _lines(request), **more}
    return render(request, f"components/{name}.html", context, status=status)


def _layout(request: HttpRequest) -> str:
    return "components/staff.html" if _is_staff(request) else "components/public.html"


def _is_staff(request: HttpRequest) -> bool:
    """Whether somebody at work is answered; by the address where nobody has been asked yet who acts."""
    actor: Actor | None = getattr(request, "actor", None)
    return "/arbeit/" in request.path if actor is None else actor.is_staff


def _lines(request: HttpRequest) -> list[Line]:
    """Return whom visitors may call; staff know."""
    network: Network | None = getattr(request, "network", None)
    return lines_now(network) if network and not _is_staff(request) and "/arbeit/" not in request.path else []


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours without asking the database: whom to call, and the number by which it is in the log.

    One that is over in a while has a page of its own.
    """
    if is_unavailable(sys.exception()):  # Django calls this while it handles the error
        return unavailable(request)
    number = getattr(request, "number", "")
    if is_for_machines(request):
        return JsonResponse({"detail": "A fault of ours.", "number": number}, status=500)
    at_work = "/arbeit/" in request.path
    start = reverse("workspace:home") if at_work else "/"
    context = {"network": notice_of(request), "number": number, "at_work": at_work, "start": start}
    try:
        with override(language_of(request)):
            text = str(render_to_string("components/server_error.html", context))
    except Exception:
        log.exception("the page of a fault failed")
        text = PLAIN % number
    return HttpResponse(text, status=500)
