"""Which key ring a back-up belongs to: told by fingerprints, proven by samples. The ring itself is never in the file.

A sample is sealed by the ring and bound to the data key of its file. So it also proves where a file comes from: whoever
knows only the public half of the back-up key can make a file that opens, but none that is restored.
"""

import base64
import hashlib
import hmac

from django.conf import settings

from tragnetz.config.backup.contents import About, RingKey
from tragnetz.config.backup.errors import BackupError, WrongKeyError
from tragnetz.vault.sealing import CannotOpenError, keys_for, open_sealed, seal

_PURPOSE = "backup-origin"


def ring_of(data_key: bytes) -> tuple[RingKey, ...]:
    """Return fingerprint and sample of each key of the configured ring, newest first."""
    return tuple(
        RingKey(
            fingerprint=_fingerprint(key),
            sample=base64.b64encode(seal(b"origin", key, _bound(data_key))).decode(),
        )
        for key in keys_for(_PURPOSE)
    )


def fingerprints() -> list[str]:
    """Return the fingerprints of the configured ring."""
    return [_fingerprint(key) for key in keys_for(_PURPOSE)]


def refuse_other_ring(about: About, data_key: bytes) -> None:
    """Raise WrongKeyError when a key of the back-up's ring is not configured here, BackupError on a foreign file."""
    ours = {_fingerprint(key): key for key in keys_for(_PURPOSE)}
    missing = [key.fingerprint for key in about.ring if key.fingerprint not in ours]
    if missing or not about.ring:
        message = (
            f"The back-up needs the key ring with {', '.join(missing) or 'at least one key'}; TRAGNETZ_VAULT_KEYS here "
            f"has {', '.join(ours)}. Put the missing keys there, behind the newest: without them nobody could read "
            "names, numbers and messages."
        )
        raise WrongKeyError(message)
    for key in about.ring:
        try:
            open_sealed(base64.b64decode(key.sample), ours[key.fingerprint], _bound(data_key))
        except (CannotOpenError, ValueError) as error:
            message = (
                "The back-up was not made by an installation with this key ring, although it names it. Somebody may "
                "have forged it: nothing was restored."
            )
            raise BackupError(message) from error


def signing() -> str:
    """Return the fingerprint of TRAGNETZ_SECRET_KEY, by which links and sessions are signed."""
    key = str(settings.SECRET_KEY).encode()
    return hmac.new(key, b"tragnetz backup signing", hashlib.sha256).hexdigest()[:16]


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"tragnetz ring" + key).hexdigest()[:16]


def _bound(data_key: bytes) -> bytes:
    return hashlib.sha256(b"tragnetz backup origin" + data_key).digest()
