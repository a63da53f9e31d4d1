"""Who enters a staff page: log-in first, then the role. What one may see inside, casework decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from tragnetz.core.resend import offer_to_resend
from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest


def _only_sent(request: NetworkRequest, response: HttpResponse, case_id: object) -> HttpResponse:
    """Return a page instead of nothing where an address only takes forms: somebody loaded it anew after an error."""
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    page = render(request, "workspace/only_sent.html", {"case": case_id}, status=response.status_code)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def staff(allowed: Callable[[Actor], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open a page to members of staff for whom `allowed` says yes; others log in first, or are told."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
            if not request.user.is_authenticated and request.headers.get("HX-Request"):
                return HttpResponse(status=401)  # `session.js` says so; what was typed stays in the page
            if not request.user.is_authenticated and request.method == "POST":
                return offer_to_resend(request, "components/signed_out.html", status=401)
            if not request.user.is_authenticated:
                target = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('account_login')}?{target}")
            if not request.actor.is_staff or not allowed(request.actor):
                raise PermissionDenied
            if request.method in {"GET", "HEAD"}:
                # What is read and the event that says so are one: if the event cannot be written, nothing is shown.
                with transaction.atomic():
                    return _only_sent(request, view(request, *args, **kwargs), kwargs.get("case_id"))
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
