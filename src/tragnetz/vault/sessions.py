"""A member of staff's private key from log-in to log-out: sealed in the session, its key in a cookie alone.

The database with all sessions opens nothing without the cookies; a cookie opens nothing without its session.
"""

import base64
import os
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tragnetz.core.cookies import host_cookie
from tragnetz.network.models import Network, User
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.pairs import make_pair, open_pair, pair_of_user, reseal_pair
from tragnetz.vault.sealing import KEY_BYTES, CannotOpenError, open_sealed, seal

SESSION, COOKIE = "vault", host_cookie("tragnetz_key")


def unlock(request: HttpRequest, *, network: Network, user: User, secret: str) -> Keyring:
    """Open somebody's key pair with their password, and keep it open for this session; the first time makes it.

    Raises WrongSecretError when the pair was made with another password (after a reset, or by log-in elsewhere).
    """
    pair = pair_of_user(user.pk)
    if pair is None:
        pair, private = make_pair(network=network, user=user, secret=secret)
    else:
        private = open_pair(pair, secret)
    keep_open(request, pair.pk, private)
    return Keyring({pair.pk: private})


def keep_open(request: HttpRequest, pair_id: uuid.UUID, private: bytes) -> None:
    """Keep a private key in the session, sealed with a new key that the answer's cookie carries."""
    key = os.urandom(KEY_BYTES)
    sealed = seal(private, key, pair_id.bytes)
    request.session[SESSION] = {"pair": pair_id.hex, "sealed": base64.b64encode(sealed).decode()}
    request.vault_cookie = base64.urlsafe_b64encode(key).decode()  # type: ignore[attr-defined]  # for our middleware


def lock(request: HttpRequest) -> None:
    """Close the ring of this session."""
    request.session.pop(SESSION, None)
    request.vault_cookie = ""  # type: ignore[attr-defined]  # as above


def change_secret(request: HttpRequest, *, user: User, old: str, new: str) -> None:
    """Let the new password open somebody's keys; raises WrongSecretError when the old one does not."""
    pair = pair_of_user(user.pk)
    if pair is None:
        return
    ring = ring_of(request)
    private = ring.private(pair.pk) if ring else open_pair(pair, old)
    reseal_pair(pair, private, new)
    keep_open(request, pair.pk, private)


def ring_of(request: HttpRequest) -> Keyring:
    """Return the ring of a session: empty when nobody is logged in, or the keys are not opened yet."""
    kept = request.session.get(SESSION)
    cookie = getattr(request, "vault_cookie", None) or request.COOKIES.get(COOKIE, "")
    if not kept or not cookie:
        return Keyring()
    pair_id = uuid.UUID(hex=kept["pair"])
    try:
        key = base64.urlsafe_b64decode(cookie)
        private = open_sealed(base64.b64decode(kept["sealed"]), key, pair_id.bytes)
    except (ValueError, CannotOpenError):
        return Keyring()
    return Keyring({pair_id: private})


class VaultMiddleware:
    """Puts the keys of the session on the ring for one request, and hands out or takes back their cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ring = ring_of(request) if COOKIE in request.COOKIES else Keyring()
        with using(ring):
            response = self.get_response(request)
        given = getattr(request, "vault_cookie", None)
        if given:
            response.set_cookie(
                COOKIE, given, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
                path=settings.SESSION_COOKIE_PATH,
            )  # fmt: skip
        elif given == "" or (COOKIE in request.COOKIES and not ring):
            response.delete_cookie(COOKIE, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
        return response
