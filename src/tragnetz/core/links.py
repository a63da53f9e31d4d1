"""Links that are a secret: what the database knows of one, and the address that goes out, which says nothing."""

import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def secret_hash(secret: str) -> str:
    """Return what is kept of a link's secret. It is random and long, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def outward_address(route: str, secret: str, language: str) -> str:
    """Return the full address of a link in somebody's language, else in German; nothing without a public one."""
    if not settings.TRAGNETZ_PUBLIC_URL:
        return ""
    known = {code for code, _name in settings.LANGUAGES}
    with override(language if language in known else settings.LANGUAGE_CODE):
        return f"{settings.TRAGNETZ_PUBLIC_URL}{reverse(route, args=[secret])}"
