"""Give back what somebody typed, on a page from which it can be sent again: a form never loses its text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOT_CARRIED = ("csrfmiddlewaretoken", "password", "oldpassword")  # a page never holds a password


def offer_to_resend(request: HttpRequest, template: str, *, status: int, **more: object) -> HttpResponse:
    """Render a page whose hidden fields (`components/resend.html`) carry the form as it was sent; kept nowhere.

    `more` is what else the template shows. Passwords are not carried along.
    """
    context = {"typed": typed_in(request), "action": request.get_full_path(), **more}
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the fields of a form as it was sent, but for passwords and the token of that page."""
    return [
        (name, value) for name, values in request.POST.lists() for value in values if not name.startswith(NOT_CARRIED)
    ]
