"""Error pages that tell what to do, and lose nothing."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tragnetz.config.unavailable import is_unavailable, unavailable
from tragnetz.core.resend import offer_to_resend


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a form whose session ended: show what was typed, so that it can be sent again with a fresh token."""
    request.csrf_refused = True  # type: ignore[attr-defined]  # for the security log
    return offer_to_resend(request, "components/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer an unknown address, and equally an object that is not for this actor."""
    return render(request, "components/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a page that this role does not have."""
    return render(request, "components/forbidden.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer a request that is too large or broken."""
    return render(request, "components/bad_request.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours without touching the database, with the number by which it is found in the log.

    One that is over in a while has a page of its own.
    """
    if is_unavailable(sys.exception()):  # Django calls this while it handles the error
        return unavailable(request)
    number = getattr(request, "number", "")
    return render(request, "components/server_error.html", {"number": number}, status=500)
