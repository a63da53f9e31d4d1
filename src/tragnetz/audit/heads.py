"""Signed heads: once a day the end of the chain is signed, kept in a table and in a file to be taken elsewhere.

A chain alone shows no cut at its end, and somebody who owns the database can compute it anew. The signature needs a key
that is not in the database; a copy of the file outside shows also when the heads themselves were removed.
"""

import base64
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tragnetz.audit.errors import AuditError
from tragnetz.audit.models import Event, SealedHead
from tragnetz.audit.rules import START, Head, encode_key, head_of_line, public_key, sign
from tragnetz.network.models import Network
from tragnetz.vault.sealing import keys_for

KEY_BYTES = 32


def signing_keys() -> list[bytes]:
    """Return the private keys, the one that signs first: those of the settings, else those derived from the key ring.

    Raises AuditError for a key of the settings that is none.
    """
    given = [key for key in str(getattr(settings, "TRAGNETZ_AUDIT_KEYS", "")).split(",") if key]
    return [_bytes(key, "TRAGNETZ_AUDIT_KEYS") for key in given] + keys_for("audit-head")


def _bytes(text: str, name: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        message = f"{name}: must be 32 bytes in base64"
        raise AuditError(message)
    return found


def trusted_keys(extra: Iterable[str] = ()) -> list[bytes]:
    """Return the public keys whose heads count here: our own, and `extra` ones (base64) of an earlier key ring.

    Raises AuditError for one that is none.
    """
    return [public_key(seed) for seed in signing_keys()] + [_bytes(key, "public key") for key in extra]


def own_public_key() -> str:
    """Return the public key that signs at present, to be kept outside with the heads."""
    return encode_key(public_key(signing_keys()[0]))


def file_of_heads(network: Network) -> Path:
    """Return the file that heads are appended to."""
    return Path(settings.TRAGNETZ_VAR) / "audit" / f"heads-{network.key}.jsonl"


def head_of_row(row: SealedHead, network: Network) -> Head:
    """Return a row as what was signed."""
    return Head(
        network.key, row.number, row.day, row.at, row.first, row.position, row.chain, row.public_key, row.signature
    )


def heads_of(network: Network) -> list[Head]:
    """Return all heads of the network in scope, in order."""
    return [head_of_row(row, network) for row in SealedHead.objects.all()]


@transaction.atomic
def sign_head(*, network: Network, now: datetime, first: int | None = None) -> Head | None:
    """Sign the end of the chain as it is now; nothing when there is no event yet.

    `first` is told when older events were deleted by their retention: the position at which the chain begins from now
    on. The line stands in the file before the row is committed: an extra line is harmless, a missing one is not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{network.pk}"])
    before = SealedHead.objects.order_by("-number").first()
    last = Event.objects.exclude(position=None).order_by("-position").values_list("position", "chain").first()
    position, chain = last or ((before.position, before.chain) if before else (0, START))
    if not position:
        return None
    head = Head(
        network=network.key, number=before.number + 1 if before else 1, day=now.astimezone(network.zone).date(), at=now,
        first=first or (before.first if before else 1), position=int(position), chain=chain,
    )  # fmt: skip
    key, signature = sign(head, signing_keys()[0])
    row = SealedHead(
        network=network, number=head.number, day=head.day, at=head.at, first=head.first, position=head.position,
        chain=head.chain, public_key=key, signature=signature,
    )  # fmt: skip
    row.save()
    signed = head_of_row(row, network)
    _append(file_of_heads(network), signed.as_line())
    return signed


def sign_daily(*, network: Network, now: datetime) -> Head | None:
    """Sign the head of a day, once: nothing when it is there already."""
    day: date = now.astimezone(network.zone).date()
    return None if SealedHead.objects.filter(day=day).exists() else sign_head(network=network, now=now)


def _append(file: Path, line: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())


def read_heads(file: Path) -> list[Head]:
    """Return the heads of a file, as it was taken elsewhere. Raises AuditError with the line that is none."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(head_of_line(line))
        except ValueError as error:
            message = f"{file}:{number}: {error}"
            raise AuditError(message) from error
    return found
