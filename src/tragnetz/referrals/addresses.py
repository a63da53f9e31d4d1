"""Addresses that go out with a referral. A secret stands in each; what it is about, in none."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tragnetz.core.links import outward_address


def reply_address(secret: str, host: str = "") -> str:
    """Return the full address of a partner's page, which is German; `host` counts where no public one is set."""
    with override("de"):
        return f"{settings.TRAGNETZ_PUBLIC_URL or host.rstrip('/')}{reverse('portal:reply', args=[secret])}"


def ask_address(secret: str, language: str) -> str:
    """Return the address at which a person says whether it helped; nothing without a public one."""
    return outward_address("portal:helped", secret, language)
