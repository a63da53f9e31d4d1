"""How often one internet address may do what everybody may do: which page counts into which bucket.

Counted in the database (`staff.throttle`), so all processes count together; a proxy's word is believed only if it was
announced. Whoever must wait is told so in their language, with the phone number as the other way and what they typed
still there. docs/limits.md lists all points.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tragnetz.core.clock import now
from tragnetz.core.resend import offer_to_resend
from tragnetz.portal.lines import lines_now
from tragnetz.staff.enums import Counted
from tragnetz.staff.throttle import give_back, take

SENDING, ASKING, BOTH = frozenset({"POST"}), frozenset({"GET", "HEAD"}), frozenset({"GET", "HEAD", "POST"})
MACHINES = ("api:", "hsds:", "calendar_feed")  # whoever asks there reads no page


@dataclass(frozen=True, slots=True)
class Limit:
    """Into which bucket a page counts, and for which methods.

    With `wrong`, only requests that were answered so count: a right code is no guess.
    """

    what: Counted
    methods: frozenset[str] = SENDING
    wrong: frozenset[int] = frozenset()


_FORM, _LINK, _COMPUTED = Limit(Counted.FORM), Limit(Counted.LINK), Limit(Counted.COMPUTED)
_CODE = Limit(Counted.WRONG_CODE, wrong=frozenset({404, 422}))
_SECRET = Limit(Counted.LINK, BOTH, frozenset({404, 422}))  # whoever tries out links or answers
_SEARCH = Limit(Counted.SEARCH, BOTH)
_PRINTED = Limit(Counted.COMPUTED, ASKING)  # made anew for each question, however it differs
_FORMS = (
    "portal:booking", "portal:callback", "portal:waiting", "portal:group_register", "portal:barrier", "portal:remark",
    "portal:report", "portal:takeaway",
)  # fmt: skip
_LINKS = (
    "portal:proposal", "portal:helped", "portal:provider", "portal:provider_entry", "portal:reply", "portal:own_leave",
    "portal:own_step", "portal:own_message", "portal:own_told", "portal:own_rate", "portal:own_withdraw",
    "portal:own_booking", "portal:own_letter", "portal:own_asked", "invitation", "account_reset_password_from_key",
)  # fmt: skip
_CODES = (
    "portal:my_booking", "portal:my_calendar", "portal:my_waiting", "portal:my_group", "portal:my_answers",
    "portal:group_arrive",
)  # fmt: skip
LIMITS: dict[str, Limit] = {
    **dict.fromkeys(_FORMS, _FORM),
    **dict.fromkeys(_LINKS, _LINK),
    **dict.fromkeys(_CODES, _CODE),
    **dict.fromkeys(("portal:check", "portal:finder", "portal:result", "portal:sheet", "api:check"), _COMPUTED),
    **dict.fromkeys(
        ("portal:leaflet", "portal:own_pdf", "portal:own_resume", "portal:own_resume_file", "portal:own_cover"),
        _PRINTED,
    ),
    **dict.fromkeys(("portal:search", "portal:frame_search", "portal:place"), _SEARCH),
    "portal:asked": _SECRET,
    "calendar_feed": Limit(Counted.FEED, ASKING),
}


def limit_of(view_name: str) -> Limit | None:
    """Return the limit of a page; all of the open directory interface counts as searching."""
    return LIMITS.get(view_name) or (_SEARCH if view_name.startswith("hsds:") else None)


class LimitMiddleware:
    """Lets an address wait that asks too often, before the page does anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        limit: Limit | None = getattr(request, "limit_taken", None)
        if limit is not None and limit.wrong and response.status_code not in limit.wrong:
            give_back(limit.what, get_ip(request))
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any  # noqa: ANN401 -- Django's interface
    ) -> HttpResponse | None:  # fmt: skip
        """Count the request, or answer that it came too soon."""
        match = request.resolver_match
        limit = limit_of(match.view_name) if match else None
        if match is None or limit is None or request.method not in limit.methods:
            return None
        wait = take(limit.what, get_ip(request), now())
        if wait:
            return slow_down(request, match.view_name, wait)
        request.limit_taken = limit  # type: ignore[attr-defined]  # read above, after the answer
        return None


def slow_down(request: HttpRequest, view_name: str, wait: timedelta) -> HttpResponse:
    """Answer 429 with how long to wait: a machine in a line, a person with the phone numbers and their own words."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    if view_name.startswith(MACHINES):
        response: HttpResponse = JsonResponse({"detail": "Too many requests."}, status=HTTPStatus.TOO_MANY_REQUESTS)
    else:
        context = {"lines": lines_now(request.network)}  # type: ignore[attr-defined]  # a NetworkRequest
        page, status = "components/slow_down.html", HTTPStatus.TOO_MANY_REQUESTS
        response = (
            offer_to_resend(request, page, status=status, **context)
            if request.method == "POST"
            else render(request, page, context, status=status)
        )
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
