"""Pages for professionals of other organisations: in German alone, as what they are about is written in German."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.translation import get_language

GERMAN = "de"

type View = Callable[..., HttpResponse]


def german_only(view: View) -> View:
    """Lead to the German address of a page: else German words stand in a page that says it is of another language."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        if get_language() != GERMAN and request.method in {"GET", "HEAD"}:
            return redirect(translate_url(request.get_full_path(), GERMAN))
        return view(request, *args, **kwargs)

    return wrapped
