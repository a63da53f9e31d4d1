"""allauth's pages with the answers of this house: 422 for what was refused, 429 for too many tries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import PasswordResetView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from tragnetz.staff.errors import MailError

SOON = 60  # seconds to wait where nothing more precise is known


class ResetView(PasswordResetView):  # type: ignore[misc]  # allauth is untyped
    """Asks where to send the link; says so when no mail leaves the house."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 -- allauth's interface
        """Send it."""
        try:
            response: HttpResponse = super().form_valid(form)
        except MailError as error:
            form.add_error(None, str(error))
            response = self.form_invalid(form)
        return response


def forgetting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the browser forget what it kept of this site once nobody is signed in any more."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return wrapped


def renewing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the session a new id once somebody has shown anew who they are: an id known from before opens less."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        before = list(get_authentication_records(request, request.user))
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated and get_authentication_records(request, request.user) != before:
            request.session.cycle_key()
        return response

    return wrapped


def telling(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page of allauth's the status of its form."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        given = getattr(response, "context_data", None) or {}
        forms = [one for name in ("form", "webauthn_form") if isinstance(one := given.get(name), BaseForm)]
        errors = [error for form in forms for field in form.errors.as_data().values() for error in field]
        if errors and response.status_code == 200:  # noqa: PLR2004 -- OK
            slowed = [error for error in errors if error.code == "slowed"]
            response.status_code = 429 if slowed else 422
            if slowed:
                response.headers["Retry-After"] = str((slowed[0].params or {}).get("seconds", SOON))
        return response

    return wrapped
