"""Give back what somebody typed, on a page from which it can be sent again: a form never loses its text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WORDS = 3  # so many make a text; a name, a code or a choice is typed anew in a moment
NOT_CARRIED = ("csrfmiddlewaretoken", "password", "oldpassword")  # a page never holds a password


def offer_to_resend(request: HttpRequest, template: str, *, status: int, **more: object) -> HttpResponse:
    """Render a page whose hidden fields (`components/resend.html`) carry the form as it was sent; kept nowhere.

    `more` is what else the template shows. Passwords and files are not carried along; the page says so of files.
    """
    typed = typed_in(request)
    context = {
        "typed": typed,
        "texts": texts_of(typed),
        "files": bool(request.FILES),
        "action": request.get_full_path(),
        **more,
    }
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the fields of a form as it was sent, but for passwords and the token of that page."""
    return [
        (name, value) for name, values in request.POST.lists() for value in values if not name.startswith(NOT_CARRIED)
    ]


def texts_of(typed: list[tuple[str, Any]]) -> list[str]:
    """Return what was written in sentences, to be read and copied, should sending fail again."""
    return [value for _name, value in typed if isinstance(value, str) and len(value.split()) >= WORDS]
