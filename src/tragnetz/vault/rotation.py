"""A new pair for a role, when somebody who had the old one has left: all keys move to it, in batches."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from tragnetz.network.models import Network
from tragnetz.vault.enums import Holder
from tragnetz.vault.keyring import Keyring
from tragnetz.vault.models import KeyPair, WrappedKey
from tragnetz.vault.pairs import hand_out, role_pair
from tragnetz.vault.wrapping import unwrap, wrap

BATCH = 1000


@transaction.atomic
def renew_role(
    ring: Keyring, *, network: Network, organisation_id: uuid.UUID, role: str, holders: Iterable[KeyPair], now: datetime
) -> KeyPair:
    """End the pair of a role and make a new one for those who have the role; `move_keys` then moves what it held.

    Raises LockedError when the former one is not on the ring.
    """
    former, _private = role_pair(network, organisation_id, role)
    ring.private(former.pk)
    former.ended_at = now
    former.save(update_fields=["ended_at"])
    pair, private = role_pair(network, organisation_id, role)
    if private is not None:
        ring.add_private(pair.pk, private)
    hand_out(ring, pair, holders)
    return pair


def move_keys(ring: Keyring, pair: KeyPair) -> int:
    """Move what former pairs of a role hold to its new one; returns how many keys.

    Each batch is a transaction of its own: whoever is interrupted goes on where it ended.
    """
    moved = 0
    for former in KeyPair.objects.filter(kind=Holder.ROLE, organisation=pair.organisation_id, role=pair.role).exclude(
        ended_at=None
    ):
        while number := _move_batch(ring, former, pair):
            moved += number
        WrappedKey.objects.filter(pair=former).delete()
    return moved


def go_on_moving(ring: Keyring, pair: KeyPair) -> int:
    """Move on what a renewal that was interrupted left with former pairs, if the ring opens them; returns how many."""
    formers = KeyPair.objects.filter(kind=Holder.ROLE, organisation=pair.organisation_id, role=pair.role)
    left = formers.exclude(ended_at=None).filter(Exists(WrappedKey.objects.filter(holder=OuterRef("pk"))))
    moved = 0
    for former in left.filter(pk__in=ring.holders()):
        while number := _move_batch(ring, former, pair):
            moved += number
        WrappedKey.objects.filter(pair=former).delete()
    return moved


@transaction.atomic
def _move_batch(ring: Keyring, former: KeyPair, pair: KeyPair) -> int:
    rows = list(former.wrapped.exclude(data_key=None).select_for_update().order_by("pk")[:BATCH])
    if not rows:
        return 0
    old, public = ring.private(former.pk), bytes(pair.public_key)
    fresh = []
    for row in rows:
        key = unwrap(bytes(row.wrapped), old, subject=row.subject_id, holder=former.pk)
        fresh.append(
            WrappedKey(
                network_id=row.network_id, data_key_id=row.data_key_id, holder=pair,
                wrapped=wrap(key, public, subject=row.subject_id, holder=pair.pk),
            )
        )  # fmt: skip
    WrappedKey.objects.filter(pk__in=[row.pk for row in rows]).delete()
    WrappedKey.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(rows)
