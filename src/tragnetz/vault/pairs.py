"""Key pairs through their life: made at the first log-in, opened, sealed anew, ended."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.core.transactions import wait_for
from tragnetz.network.models import Network, Organisation, User
from tragnetz.vault.enums import Holder
from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.keyring import Keyring
from tragnetz.vault.models import DataKey, KeyPair, WrappedKey
from tragnetz.vault.sealing import CannotOpenError
from tragnetz.vault.wrapping import new_private, new_salt, open_private, public_of, seal_private, stretch, wrap


def pair_of_user(user_id: uuid.UUID) -> KeyPair | None:
    """Return somebody's key pair in the network in scope; nothing before their first log-in."""
    return KeyPair.objects.filter(kind=Holder.USER, user=user_id, ended_at=None).first()


def _sealed_pair(pair: KeyPair, secret: str) -> bytes:
    """Fill a new pair with keys of its own and save it; returns the private key."""
    private = new_private()
    pair.public_key = public_of(private)
    _seal(pair, private, secret)
    pair.save()
    return private


def _seal(pair: KeyPair, private: bytes, secret: str) -> None:
    pair.salt, pair.memory_kib = new_salt(), pair.memory_kib or settings.TRAGNETZ_KEY_MEMORY_KIB
    keys = stretch(secret, bytes(pair.salt), memory_kib=pair.memory_kib)
    pair.sealed_private = seal_private(private, keys, pair.pk)


@transaction.atomic
def make_pair(*, network: Network, user: User, secret: str, memory_kib: int | None = None) -> tuple[KeyPair, bytes]:
    """Make somebody's key pair, opened by their password; returns it with its private key."""
    pair = KeyPair(network=network, kind=Holder.USER, user=user, memory_kib=memory_kib or 0)
    return pair, _sealed_pair(pair, secret)


@transaction.atomic
def make_person_pair(*, network: Network, owner_id: uuid.UUID, code: str, at: datetime) -> tuple[KeyPair, bytes]:
    """Make the pair that an accompanied person's code opens; a former one ends, with all its copies."""
    for former in KeyPair.objects.filter(kind=Holder.PERSON, owner_id=owner_id, ended_at=None):
        end_pair(former, at)
    pair = KeyPair(network=network, kind=Holder.PERSON, owner_id=owner_id)
    return pair, _sealed_pair(pair, code)


def open_pair(pair: KeyPair, secret: str) -> bytes:
    """Return the private key of a pair; raises WrongSecretError."""
    if pair.sealed_private is None or pair.salt is None:
        raise WrongSecretError
    try:
        keys = stretch(secret, bytes(pair.salt), memory_kib=pair.memory_kib)
        return open_private(bytes(pair.sealed_private), keys, pair.pk)
    except CannotOpenError as error:
        raise WrongSecretError(_("Mit diesem Passwort gehen die Schlüssel nicht auf.")) from error


def open_nothing(secret: str) -> None:
    """Take as long as opening a pair does: who tries secrets out learns nothing from the time."""
    stretch(secret, new_salt(), memory_kib=settings.TRAGNETZ_KEY_MEMORY_KIB)


@transaction.atomic
def reseal_pair(pair: KeyPair, private: bytes, secret: str) -> None:
    """Let another password open a pair from now on: nothing else has to be sealed anew."""
    _seal(pair, private, secret)
    pair.save(update_fields=["salt", "memory_kib", "sealed_private"])


@transaction.atomic
def role_pair(network: Network, organisation: Organisation | uuid.UUID, role: str) -> tuple[KeyPair, bytes | None]:
    """Return the pair of a role in an organisation, with its private key if it was made just now."""
    key = organisation if isinstance(organisation, uuid.UUID) else organisation.pk
    wait_for(f"role-pair:{key}:{role}")
    found = KeyPair.objects.filter(kind=Holder.ROLE, organisation=key, role=role, ended_at=None).first()
    if found is not None:
        return found, None
    private = new_private()
    pair = KeyPair(network=network, kind=Holder.ROLE, organisation_id=key, role=role, public_key=public_of(private))
    pair.save()
    return pair, private


def hand_out(ring: Keyring, key: DataKey | KeyPair, holders: Iterable[KeyPair]) -> int:
    """Seal a key that is on the ring to more holders; returns to how many. Raises LockedError."""
    is_data = isinstance(key, DataKey)
    known = set(WrappedKey.objects.filter(**{"data_key" if is_data else "pair": key}).values_list("holder", flat=True))
    missing = [pair for pair in holders if pair.pk not in known and pair.pk != key.pk]
    if not missing:
        return 0
    plain = ring.key(key.pk) if is_data else ring.private(key.pk)
    WrappedKey.objects.bulk_create(wrapped_for(key, plain, pair) for pair in missing)
    return len(missing)


def wrapped_for(key: DataKey | KeyPair, plain: bytes, holder: KeyPair) -> WrappedKey:
    """Return an unsaved copy of a key for a holder."""
    made = wrap(plain, bytes(holder.public_key), subject=key.pk, holder=holder.pk)
    of = {"data_key": key} if isinstance(key, DataKey) else {"pair": key}
    return WrappedKey(network_id=key.network_id, holder=holder, wrapped=made, **of)


def withdraw(key: DataKey | KeyPair, keep: Collection[uuid.UUID]) -> int:
    """Delete the copies of a key but those for some holders; returns how many. It needs no key."""
    of = {"data_key": key} if isinstance(key, DataKey) else {"pair": key}
    return WrappedKey.objects.filter(**of).exclude(holder__in=keep).delete()[0]


def end_pair(pair: KeyPair, at: datetime) -> int:
    """End a pair and its copies, except those that nobody else could open; returns how many of these are left.

    A kept copy still opens with the secret of the ended pair (a forgotten password that comes back to mind).
    """
    pair.ended_at = at
    pair.save(update_fields=["ended_at"])
    last = last_copies(pair)
    pair.wrapped.exclude(data_key__in=last).exclude(pair__in=_last_roles(pair)).delete()
    return len(last)


def _open_roles(pair: KeyPair) -> QuerySet[WrappedKey]:
    """Return the copies of roles' keys that somebody of the staff has besides a pair: such a role can be opened."""
    return WrappedKey.objects.filter(holder__kind=Holder.USER, holder__ended_at=None).exclude(holder=pair)


def _last_roles(pair: KeyPair) -> QuerySet[KeyPair]:
    """Return the roles that only this pair could open."""
    held = KeyPair.objects.filter(copies__holder=pair)
    return held.exclude(Exists(_open_roles(pair).filter(pair=OuterRef("pk"))))


def last_copies(pair: KeyPair) -> list[uuid.UUID]:
    """Return the data keys that only this pair, or recovery besides, could open: losing it would lose them.

    A role counts as somebody else only if somebody else has its key.
    """
    others = (
        WrappedKey.objects.filter(data_key=OuterRef("data_key"), holder__ended_at=None)
        .exclude(holder=pair)
        .filter(Q(holder__kind=Holder.USER) | Exists(_open_roles(pair).filter(pair=OuterRef("holder"))))
    )
    rows = pair.wrapped.exclude(data_key=None).exclude(Exists(others))
    return [key for key in rows.values_list("data_key", flat=True) if key]
