"""What whoever watches the site must see: one line an event in the logger `tragnetz.security`.

No names, no addresses, no contents: `user` is an id, `from` a keyed hash of the internet address that changes each day,
enough to see that one place tries many things. docs/security-log.md lists the events.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from tragnetz.core.clock import now
from tragnetz.network.models import User

LOG = logging.getLogger("tragnetz.security")
# The answer 422 of these pages is a wrong secret; elsewhere it is a form that was filled in wrongly.
WRONG_SECRETS = {
    "account_login": "login:wrong",
    "account_reauthenticate": "login:wrong",
    "account_change_password": "login:wrong",
    "mfa_authenticate": "factor:wrong",
    "mfa_reauthenticate": "factor:wrong",
    "mfa_login_webauthn": "factor:wrong",
    "mfa_reauthenticate_webauthn": "factor:wrong",
    "portal:own": "code:wrong",
    "portal:reply": "code:wrong",
    "portal:my_booking": "code:wrong",
    "portal:my_waiting": "code:wrong",
    "portal:my_group": "code:wrong",
    "portal:my_answers": "code:wrong",
}
REFUSED = {400: "request:broken", 403: "access:refused", 413: "request:too-large", 429: "tries:slowed"}
WRONG, MISSING = 422, 404


def note(request: HttpRequest, event: str, *, ways: Sequence[str] = (), why: str = "") -> None:
    """Write one event of security: its name is the text of the line, the rest its fields (`config.logs.formatter`).

    `ways`: how somebody proved who they are; `why`: what ended a session.
    """
    match = request.resolver_match
    user = getattr(request, "user", None)
    fields: dict[str, object] = {
        "page": match.view_name if match else "",
        "user": str(user.pk) if isinstance(user, User) else "",
        "from": _trace(request),
    }
    if ways:
        fields["ways"] = list(ways)
    if why:
        fields["why"] = why
    LOG.info(event, extra=fields)


def _trace(request: HttpRequest) -> str:
    try:
        address = get_ip(request)
    except PermissionDenied:  # no address at all: a socket of this machine
        return ""
    text = f"trace:{now():%Y-%m-%d}:{address}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]


class SecurityLogMiddleware:
    """Notes what was refused, by the answer that was given: so no page can forget to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        event = self._event(request, response.status_code)
        if event:
            note(request, event)
        return response

    @staticmethod
    def _event(request: HttpRequest, status: int) -> str:
        match: Any = request.resolver_match
        name = match.view_name if match else ""
        if request.method == "POST" and status == WRONG and name in WRONG_SECRETS:
            return WRONG_SECRETS[name]
        if status == MISSING:  # to members of staff a foreign record does not exist: they may have tried
            return "access:refused" if name.startswith("workspace:") else ""
        if getattr(request, "csrf_refused", False):
            return "form:refused"
        return REFUSED.get(status, "")
