"""The link of a question: a secret of 144 bits of which only a hash is kept, and an address that says nothing."""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def new_secret() -> str:
    """Return a new secret for a link."""
    return secrets.token_urlsafe(18)


def hash_of(secret: str) -> str:
    """Return by what the question of a link is found."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(secret: str, language: str) -> str:
    """Return the full address at which somebody answers, in their language."""
    known = {code for code, _name in settings.LANGUAGES}
    with override(language if language in known else settings.LANGUAGE_CODE):
        return f"{settings.TRAGNETZ_PUBLIC_URL}{reverse('portal:asked', args=[secret])}"
