"""The field for what a case holds: sealed with the data key of a part of the case, opened with the ring in use."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext

from tragnetz.vault.errors import LockedError
from tragnetz.vault.fields import SealedTextField
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.sealing import FORMAT, open_sealed, seal

ENVELOPE = b"\x02"
ID_BYTES = 16


class Locked(str):
    """A text that is there, but that nobody on the ring can open. It says so wherever it is shown."""

    __slots__ = ("sealed",)
    sealed: bytes

    def __new__(cls, sealed: bytes) -> Self:
        """Keep the sealed bytes, so that a row can be saved without being read."""
        made = super().__new__(cls, gettext("verschlossen"))
        made.sealed = sealed
        return made


class EnvelopeTextField(SealedTextField):
    """A text sealed with the data key of the part of a case that it belongs to.

    `key_of` is the row's attribute that has a `key_id`. Who has no copy of the key reads `Locked`. It is written
    through an instance only; a value of another row's key cannot be opened in its place (the key's id is bound).
    With `or_ring` a row that belongs to no part of a case is sealed with the installation's keys.
    """

    def __init__(self, *args: Any, key_of: str = "compartment", or_ring: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.key_of, self.or_ring = key_of, or_ring

    def deconstruct(self) -> Any:  # noqa: ANN401 -- Django's interface
        """Tell migrations which attribute has the key."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "key_of": self.key_of, **({"or_ring": True} if self.or_ring else {})}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, ARG002, FBT001 -- Django's interface
        """Seal with the key of the row's part; what was never opened stays as it is."""
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        if isinstance(value, Locked):
            return _Bytes(value.sealed)
        owner = getattr(model_instance, self.key_of)
        if owner is None and self.or_ring:
            return _Bytes(super().get_prep_value(value))
        key_id: uuid.UUID = owner.key_id
        sealed = seal(self._plain(value), current_keyring().key(key_id), self._context(key_id))
        return _Bytes(ENVELOPE + key_id.bytes + sealed)

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Let sealed bytes through; a text that comes past the instance has no key."""
        if value is None or isinstance(value, _Bytes):
            return value
        message = f"{self._purpose()} is written through its instance only"
        raise TypeError(message)

    def from_db_value(self, value: Any, *rest: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Open with the ring in use; rows from before there were envelopes open with the installation's keys."""
        if value is None:
            return None
        sealed = bytes(value)
        if sealed[:1] == FORMAT:
            return super().from_db_value(value, *rest)
        key_id = uuid.UUID(bytes=sealed[1 : 1 + ID_BYTES])
        try:
            key = current_keyring().key(key_id)
        except LockedError:
            return Locked(sealed)
        return self._opened(open_sealed(sealed[1 + ID_BYTES :], key, self._context(key_id)))

    @staticmethod
    def _plain(value: Any) -> bytes:  # noqa: ANN401 -- a field's value
        """Return what is to be sealed."""
        return str(value).encode()

    @staticmethod
    def _opened(plain: bytes) -> Any:  # noqa: ANN401 -- a field's value
        """Return what was sealed, as Python has it."""
        return plain.decode()

    def _context(self, key_id: uuid.UUID) -> bytes:
        return self._purpose().encode() + key_id.bytes


class EnvelopeBytesField(EnvelopeTextField):
    """Bytes sealed like a text with the data key of a part of a case; without it `Locked`."""

    @staticmethod
    def _plain(value: Any) -> bytes:  # noqa: ANN401 -- a field's value
        return bytes(value)

    @staticmethod
    def _opened(plain: bytes) -> bytes:
        return plain


class _Bytes(bytes):
    """What is sealed already."""
