"""Give back what somebody typed, on a page from which it can be sent again: a form never loses its text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOT_CARRIED = ("csrfmiddlewaretoken", "password", "oldpassword")  # a page never holds a password


def offer_to_resend(request: HttpRequest, template: str, *, status: int, **more: object) -> HttpResponse:
    """Render a page whose hidden fields (`components/resend.html`) carry the form as it was sent; kept nowhere.

    `more` is what else the template shows. Passwords are not carried along.
    """
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if not name.startswith(NOT_CARRIED)
    ]
    response = render(request, template, {"typed": typed, "action": request.get_full_path(), **more}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
