"""Model fields that are plain in Python and sealed in the database."""

from typing import Any

from django.db import models

from tragnetz.vault.sealing import CannotOpenError, keys_for, open_sealed, seal


class SealedField[SetT, GetT](models.BinaryField[SetT, GetT]):
    """What sealed texts have in common."""

    def _check_str_default_value(self) -> list[Any]:
        """Allow text as a default: unlike its parent, this field is text in Python."""
        return []

    def _purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"  # noqa: SLF001 -- Django's public way to the label

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Seal on the way in."""
        if value is None:
            return None
        purpose = self._purpose()
        return seal(str(value).encode(), keys_for(purpose)[0], purpose.encode())

    def from_db_value(self, value: Any, *_: Any) -> str | None:  # noqa: ANN401 -- Django's interface
        """Open on the way out, with the first key that fits."""
        if value is None:
            return None
        purpose = self._purpose()
        for key in keys_for(purpose):
            try:
                return open_sealed(bytes(value), key, purpose.encode()).decode()
            except CannotOpenError:
                continue
        message = f"{purpose}: none of the keys in TRAGNETZ_VAULT_KEYS opens it"
        raise CannotOpenError(message)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 -- Django's interface
        """Seal before the driver binds the bytes."""
        return super().get_db_prep_value(value if prepared else self.get_prep_value(value), connection, prepared=True)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Leave text as it is."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for serialisers."""
        return str(self.value_from_object(obj))


class SealedTextField(SealedField[str, str]):
    """A text that the database only ever sees encrypted. It cannot be searched or sorted, on purpose."""


class OptionalSealedTextField(SealedField[str | None, str | None]):
    """A sealed text that may be missing: constraints can ask whether it is there, never what it says."""
