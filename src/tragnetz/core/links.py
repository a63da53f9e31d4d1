"""Full addresses that leave a page, in mail, SMS and on paper; and what the database knows of one that is a secret."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override


def secret_hash(secret: str) -> str:
    """Return what is kept of a link's secret. It is random and long, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def page_address(request: HttpRequest, route: str, *words: Any) -> str:  # noqa: ANN401 -- as of `reverse`
    """Return a page's full address to take along: at the site's public address if it is set, else where a request came.

    Staff may work at an address that nobody else reaches.
    """
    path = reverse(route, args=words)
    return f"{settings.TRAGNETZ_PUBLIC_URL}{path}" if settings.TRAGNETZ_PUBLIC_URL else request.build_absolute_uri(path)


def outward_address(route: str, secret: str, language: str) -> str:
    """Return the full address of a page in somebody's language, else in German; nothing without a public one.

    `secret` is empty for a page that everybody may open. For what no request causes, and for messages to people.
    """
    if not settings.TRAGNETZ_PUBLIC_URL:
        return ""
    known = {code for code, _name in settings.LANGUAGES}
    with override(language if language in known else settings.LANGUAGE_CODE):
        return f"{settings.TRAGNETZ_PUBLIC_URL}{reverse(route, args=[secret] if secret else [])}"
