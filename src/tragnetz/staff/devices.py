"""Devices on which somebody has signed in before: a signed cookie, kept nowhere else.

Guesses from elsewhere never lock somebody out there, for the device has a bucket of its own.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from tragnetz.core.cookies import host_cookie

COOKIE = host_cookie("device")
LIFE_SECONDS = 365 * 24 * 3600
MOST_PEOPLE = 12  # at a shared desk; who signed in longest ago goes first
_SALT = "tragnetz.staff.device"


@dataclass(frozen=True, slots=True)
class Device:
    """A device we know, and a hash of each address that has signed in there."""

    key: str
    people: tuple[str, ...]

    def knows(self, email: str) -> bool:
        """Whether this person has signed in there."""
        return _person(email) in self.people


def device_of(request: HttpRequest) -> Device | None:
    """Return the device of a request; nothing for a new one, or when its cookie is old or was changed."""
    try:
        key, *people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(key, tuple(people))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser keep that this person has signed in there."""
    device = device_of(request)
    key = device.key if device else secrets.token_urlsafe(16)
    others = [one for one in device.people if one != _person(email)] if device else []
    people = [*others, _person(email)][-MOST_PEOPLE:]
    response.set_cookie(
        COOKIE,
        signing.dumps([key, *people], salt=_SALT),
        max_age=LIFE_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _person(email: str) -> str:
    text = b"device:" + email.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()[:16]
