"""The keys that are open in one request: in memory only, and only those that its holder can open."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from tragnetz.vault.errors import LockedError
from tragnetz.vault.models import WrappedKey
from tragnetz.vault.wrapping import unwrap


class Keyring:
    """Private keys, and the data keys that they open when these are asked for."""

    def __init__(self, privates: Mapping[uuid.UUID, bytes] | None = None) -> None:
        self._privates = dict(privates or {})
        self._keys: dict[uuid.UUID, bytes] = {}
        self._roles_opened = not self._privates

    def __bool__(self) -> bool:
        """Whether somebody's private key is on it."""
        return bool(self._privates)

    def add_private(self, pair_id: uuid.UUID, private: bytes) -> None:
        """Put somebody's private key on it."""
        self._privates[pair_id] = private
        self._roles_opened = False

    def add(self, key_id: uuid.UUID, key: bytes) -> None:
        """Put a data key on it that was just made."""
        self._keys[key_id] = key

    def holders(self) -> set[uuid.UUID]:
        """Return the pairs that are open: one's own, and those of one's roles."""
        self._open_roles()
        return set(self._privates)

    def private(self, pair_id: uuid.UUID) -> bytes:
        """Return the private key of a pair that is open; raises LockedError."""
        self._open_roles()
        if pair_id not in self._privates:
            raise LockedError
        return self._privates[pair_id]

    def key(self, key_id: uuid.UUID) -> bytes:
        """Return a data key; raises LockedError when nobody on the ring holds a copy of it."""
        if key_id not in self._keys:
            self.load([key_id])
        if key_id not in self._keys:
            raise LockedError
        return self._keys[key_id]

    def has(self, key_id: uuid.UUID) -> bool:
        """Whether a data key can be opened."""
        self.load([key_id])
        return key_id in self._keys

    def load(self, key_ids: Iterable[uuid.UUID]) -> None:
        """Open many data keys at once: one query, whatever their number; those without a copy stay closed."""
        missing = set(key_ids) - self._keys.keys()
        if not missing or not self._privates:
            return
        self._open_roles()
        rows = WrappedKey.objects.filter(data_key__in=missing, holder__in=self._privates)
        for key_id, holder, wrapped in rows.values_list("data_key_id", "holder_id", "wrapped"):
            if key_id is not None and key_id not in self._keys:
                self._keys[key_id] = unwrap(bytes(wrapped), self._privates[holder], subject=key_id, holder=holder)

    def _open_roles(self) -> None:
        if self._roles_opened:
            return
        self._roles_opened = True
        # Ended ones, too: while a role gets a new pair, the former one still holds what is not moved yet.
        rows = WrappedKey.objects.filter(holder__in=list(self._privates)).exclude(pair=None)
        for pair_id, holder, wrapped in rows.values_list("pair_id", "holder_id", "wrapped"):
            if pair_id is not None and pair_id not in self._privates:
                self._privates[pair_id] = unwrap(bytes(wrapped), self._privates[holder], subject=pair_id, holder=holder)


_current: ContextVar[Keyring | None] = ContextVar("keyring", default=None)


def current_keyring() -> Keyring:
    """Return the ring in use; an empty one when nobody opened any."""
    ring = _current.get()
    return Keyring() if ring is None else ring


@contextmanager
def using(ring: Keyring) -> Iterator[Keyring]:
    """Open sealed fields with this ring inside the block."""
    token = _current.set(ring)
    try:
        yield ring
    finally:
        _current.reset(token)
