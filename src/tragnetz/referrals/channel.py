"""The key that both sides of a referral have: made when it is sent, kept for the case, handed to the recipient."""

import base64
import os
import uuid
from collections.abc import Iterable

from tragnetz.casework.keys import KEY_ROLES, held_by_staff, load_keys
from tragnetz.network.models import Organisation
from tragnetz.referrals.models import Referral
from tragnetz.vault.enums import Holder
from tragnetz.vault.envelopes import Locked
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import DataKey, KeyPair, WrappedKey
from tragnetz.vault.pairs import wrapped_for
from tragnetz.vault.sealing import KEY_BYTES


def works_here(organisation: Organisation | None) -> bool:
    """Whether somebody of an organisation can read here what is referred to it."""
    return organisation is not None and bool(_roles(organisation))


def _roles(organisation: Organisation) -> list[KeyPair]:
    pairs = KeyPair.objects.filter(kind=Holder.ROLE, organisation=organisation, role__in=KEY_ROLES, ended_at=None)
    return [pair for pair in pairs if held_by_staff(pair)]


def make_channel(referral: Referral) -> None:
    """Give a referral its key: for the case, and for the recipient's roles if that organisation works here."""
    key, plain = DataKey(network_id=referral.network_id), os.urandom(KEY_BYTES)
    key.save()
    referral.key, referral.channel = key, base64.b64encode(plain).decode()
    current_keyring().add(key.pk, plain)
    if referral.to_organisation is not None:
        copies = (wrapped_for(key, plain, pair) for pair in _roles(referral.to_organisation))
        WrappedKey.objects.bulk_create(copies)


def open_channel(referrals: Iterable[Referral]) -> None:
    """Put the keys of referrals on the ring, for whoever opens their cases. Call it before what both read is read."""
    ring = current_keyring()
    for row in referrals:
        if row.key_id and row.channel and not isinstance(row.channel, Locked):
            ring.add(row.key_id, base64.b64decode(row.channel))


def plain_key(referral: Referral) -> bytes | None:
    """Return a referral's key; nothing where it is closed to whoever asks."""
    open_channel([referral])
    ring = current_keyring()
    return ring.key(referral.key_id) if referral.key_id and ring.has(referral.key_id) else None


def open_cases(case_ids: Iterable[uuid.UUID]) -> None:
    """Open the keys of many cases before their referrals are read."""
    load_keys(case_ids)


def close_to_recipient(referral: Referral) -> None:
    """Take the recipient's copies of the key: the second lock, behind the access itself."""
    if referral.key_id:
        WrappedKey.objects.filter(data_key=referral.key_id).delete()
