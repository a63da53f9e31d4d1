"""Addresses in messages to those who wait. Without a public address of the installation there are none."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from tragnetz.appointments.models import Booking

PROPOSAL = "proposal"  # the salt of what the link of an offer carries


def proposal_link(booking: Booking, language: str) -> str:
    """Return the address at which a person says yes or no to a time that is held for them."""
    return _link("portal:proposal", language, signing.dumps(str(booking.pk), salt=PROPOSAL))


def place_link(language: str) -> str:
    """Return the address at which a code shows the place in the queue."""
    return _link("portal:my_waiting", language)


def _link(name: str, language: str, *args: str) -> str:
    base = str(settings.TRAGNETZ_PUBLIC_URL)
    known = {code for code, _name in settings.LANGUAGES}
    if not base:
        return ""
    with override(language if language in known else settings.LANGUAGE_CODE):
        return base + reverse(name, args=args)
