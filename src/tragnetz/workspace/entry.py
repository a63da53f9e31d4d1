"""Who enters a staff page: log-in first, then the role. What one may see inside, casework decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest


def staff(allowed: Callable[[Actor], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open a page to members of staff for whom `allowed` says yes; others log in first, or are told."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
            if not request.user.is_authenticated and request.method == "POST":
                return _keep_what_was_typed(request)
            if not request.user.is_authenticated:
                target = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('account_login')}?{target}")
            if not request.actor.is_staff or not allowed(request.actor):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _keep_what_was_typed(request: NetworkRequest) -> HttpResponse:
    """Answer a form whose log-in has ended: the page carries what was typed until it is sent again."""
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    context = {"typed": typed, "action": request.get_full_path()}
    response = render(request, "components/signed_out.html", context, status=401)
    response.headers["Cache-Control"] = "no-store"
    return response
