"""Addresses in messages to people. The one at which a held time is answered names the hold, and nothing else."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from tragnetz.appointments.models import Booking

_SALT = "proposal"


def secret_of(booking: Booking) -> str:
    """Return the secret of a held time; only our key can make it, and it is not the code."""
    return signing.Signer(salt=_SALT, sep=".").sign(booking.pk.hex)


def booking_of(secret: str) -> Booking | None:
    """Return the held (or by now answered) time of a secret; nothing for one that we never made."""
    try:
        found = uuid.UUID(hex=signing.Signer(salt=_SALT, sep=".").unsign(secret))
    except (signing.BadSignature, ValueError):
        return None
    rows = Booking.objects.select_related(
        "site__network", "contact", "membership__organisation", "replaces__membership__organisation", "replaces__site",
        "waiting",
    )  # fmt: skip
    return rows.filter(pk=found).first()


def link_of(booking: Booking, language: str) -> str:
    """Return the full address of a proposal in a language; empty without a public address: then the person phones."""
    return _link("portal:proposal", language, secret_of(booking))


def place_link(language: str) -> str:
    """Return the address at which a code shows the place on the waiting list."""
    return _link("portal:my_waiting", language)


def _link(name: str, language: str, *args: str) -> str:
    if not settings.TRAGNETZ_PUBLIC_URL:
        return ""
    known = {code for code, _name in settings.LANGUAGES}
    with override(language if language in known else settings.LANGUAGE_CODE):
        return str(settings.TRAGNETZ_PUBLIC_URL) + reverse(name, args=args)
