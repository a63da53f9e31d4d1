"""allauth's pages with the answers of this house: 422 for what was refused, 429 for too many tries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import PasswordResetView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from tragnetz.staff.errors import MailError


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


def telling(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page of allauth's the status of its form."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        given = getattr(response, "context_data", None) or {}
        forms = [one for name in ("form", "webauthn_form") if isinstance(one := given.get(name), BaseForm)]
        errors = [error for form in forms for field in form.errors.as_data().values() for error in field]
        if errors and response.status_code == 200:  # noqa: PLR2004 -- OK
            response.status_code = 429 if any(error.code == "slowed" for error in errors) else 422
        return response

    return wrapped
