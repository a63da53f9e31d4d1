"""What one browser alone can open: it lies sealed in a row, and the key to it stands in the browser's cookie alone."""

import base64
import os
import uuid

from tragnetz.vault.sealing import KEY_BYTES, CannotOpenError, open_sealed, seal


def bind(row_id: uuid.UUID, secret: bytes) -> tuple[bytes, str]:
    """Return a secret sealed for a row, and the cookie that names the row and opens it."""
    key = os.urandom(KEY_BYTES)
    return seal(secret, key, row_id.bytes), f"{row_id.hex}.{base64.urlsafe_b64encode(key).decode()}"


def parts_of(cookie: str) -> tuple[uuid.UUID, bytes] | None:
    """Return the row that a cookie names and its key; nothing for what is no cookie of ours."""
    name, _dot, typed = cookie.partition(".")
    try:
        return uuid.UUID(hex=name), base64.urlsafe_b64decode(typed)
    except ValueError:
        return None


def unbind(row_id: uuid.UUID, sealed: bytes | memoryview, key: bytes) -> bytes | None:
    """Return the secret of a row; nothing when the key is another one's."""
    try:
        return open_sealed(bytes(sealed), key, row_id.bytes)
    except (ValueError, CannotOpenError):
        return None
