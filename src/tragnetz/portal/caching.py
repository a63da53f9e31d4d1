"""What may be kept, and where."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tragnetz.core.clock import now
from tragnetz.directory.kept import Kept, Shelf

CACHE_SECONDS = 60
MOST_ANSWERS = 300  # of a minute: some 10 MB
_ANSWERS: Shelf[str, dict[str, Any]] = Shelf(1)
_HARMLESS = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

type View = Callable[..., HttpResponse]


def cached(view: View) -> View:
    """Keep a page for a minute, in our cache and in the browser: it is the same for everybody.

    It is squeezed once and kept so.
    Who has an account may be told something on it that is for nobody else: that is kept nowhere.
    """
    for_all = cache_control(public=True, max_age=CACHE_SECONDS)(cache_page(CACHE_SECONDS)(gzip_page(view)))
    for_one = private(view)

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        chosen = for_one if _is_known(request) else for_all
        return chosen(request, *args, **kwargs)

    return wrapped


def _is_known(request: HttpRequest) -> bool:
    """Whether a browser carries more than what anybody's does: it is logged in, or has been told something."""
    return bool(request.COOKIES.keys() - _HARMLESS)


def private(view: View) -> View:
    """Keep a page nowhere: it shows what somebody told us."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapped


def squeezed(view: View) -> View:
    """Send a page in fewer bytes that holds no secret: answers somebody has just typed, not who they are.

    Other pages of one person are sent as they are: of what is secret and what a stranger can put into the same page the
    length would tell (BREACH).
    """
    fewer = gzip_page(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- any view's arguments
        chosen = view if _is_known(request) else fewer
        return chosen(request, *args, **kwargs)

    return wrapped


def once_a_minute[AnswerT](request: HttpRequest, kept: Kept, make: Callable[[], AnswerT]) -> AnswerT:
    """Return an answer of the directory, made once a minute and edition for all who ask the same; then it is forgotten.

    An address that somebody typed is kept nowhere, and who has an account may be shown what is for nobody else.
    What is open now changes with the minute of the clock, never within it.
    """
    if request.GET.get("ort") or _is_known(request):
        return make()
    answers = kept.get(_ANSWERS, f"{now():%H:%M}", dict)
    path = request.get_full_path()
    answer: AnswerT | None = answers.get(path)
    if answer is None:
        answer = make()
        if len(answers) < MOST_ANSWERS:
            answers[path] = answer
    return answer
