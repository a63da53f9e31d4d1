"""Addresses in messages to people. The one at which a held time is answered names the hold, and nothing else."""

import uuid

from django.core import signing

from tragnetz.appointments.models import Booking
from tragnetz.core.links import outward_address

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
    return outward_address("portal:proposal", secret_of(booking), language)


def place_link(language: str) -> str:
    """Return the address at which a code shows the place on the waiting list."""
    return outward_address("portal:my_waiting", "", language)
