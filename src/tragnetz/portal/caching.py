"""What may be kept, and where."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.http import require_safe

CACHE_SECONDS = 60

type View = Callable[..., HttpResponse]


def cached(view: View) -> View:
    """Keep a page for a minute, in our cache and in the browser: it is the same for everybody."""
    return require_safe(cache_control(public=True, max_age=CACHE_SECONDS)(cache_page(CACHE_SECONDS)(view)))


def private(view: View) -> View:
    """Keep a page nowhere: it shows what somebody told us."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapped
