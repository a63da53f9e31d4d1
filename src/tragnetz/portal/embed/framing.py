"""What a page may do in a frame: only these pages may be framed, by anybody, and they set no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

type View = Callable[..., HttpResponse]

_POLICY: dict[str, list[str]] = {**cast("dict[str, list[str]]", settings.SECURE_CSP), "frame-ancestors": ["*"]}


def framed(view: View) -> View:
    """Let any site show a page in a frame, also one that isolates itself; all other pages refuse."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return xframe_options_exempt(csp_override(_POLICY)(wrapped))
