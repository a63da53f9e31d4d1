"""The chain and its seals: pure. Each event's hash covers the one before it; each head's signature covers a hash."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

START = "0" * 64
HASHED = ("id", "at", "actor_kind", "user_id", "organisation_id", "verb", "object_type", "object_id", "details")
# A deed's transaction may end a little after its time; what a seal has closed for longer was not written by a deed.
LATE = timedelta(hours=1)
_ENCODER = json.JSONEncoder(sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))


def link(previous: str, event: Mapping[str, object]) -> str:
    """Return the hash of an event in the chain: SHA-256 over the previous hash and the event as sorted JSON."""
    return hashlib.sha256(previous.encode() + _ENCODER.encode(event).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """What a signature says of a chain: from position `first` it goes on without a gap to `position`, with this hash.

    `number` counts the heads of a network, so that a missing one shows. Keys and signature are base64.
    """

    network: str
    number: int
    day: date
    at: datetime
    first: int
    position: int
    chain: str
    public_key: str = ""
    signature: str = ""

    def signed_part(self) -> bytes:
        """Return the bytes that the signature covers."""
        return _ENCODER.encode(
            {
                "network": self.network,
                "number": self.number,
                "day": self.day.isoformat(),
                "at": self.at.isoformat(),
                "first": self.first,
                "position": self.position,
                "chain": self.chain,
            }
        ).encode()

    def as_line(self) -> str:
        """Return the head as a line of JSON, to be kept outside."""
        signed: dict[str, Any] = json.loads(self.signed_part())
        return _ENCODER.encode(signed | {"public_key": self.public_key, "signature": self.signature})


def head_of_line(line: str) -> Head:
    """Return the head that a line holds. Raises ValueError when it is none."""
    try:
        read = json.loads(line)
        return Head(
            network=str(read["network"]), number=int(read["number"]), day=date.fromisoformat(read["day"]),
            at=datetime.fromisoformat(read["at"]), first=int(read["first"]), position=int(read["position"]),
            chain=str(read["chain"]), public_key=str(read["public_key"]), signature=str(read["signature"]),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        message = f"is no head: {error}"
        raise ValueError(message) from error


def is_signed(head: Head, trusted: Iterable[bytes]) -> bool:
    """Whether one of the trusted public keys (raw, 32 bytes) has signed it."""
    for key in trusted:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(head.signature), head.signed_part())
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def sign(head: Head, seed: bytes) -> tuple[str, str]:
    """Return public key and signature of a head, made with a private key of 32 bytes (Ed25519, RFC 8032)."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return encode_key(public_key(seed)), encode_key(key.sign(head.signed_part()))


def public_key(seed: bytes) -> bytes:
    """Return the public key of a private one."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def encode_key(key: bytes) -> str:
    """Return a key or signature as text."""
    return base64.b64encode(key).decode()


class Broken(NamedTuple):
    """Where a chain does not hold: a position (of a head: its number), or all positions up to `until`."""

    position: int
    reason: str
    until: int = 0

    def told(self) -> str:
        """Say it in a line for the log of the operator."""
        places = f"positions {self.position} to {self.until}" if self.until > self.position else str(self.position)
        where = places if places.startswith("positions") else f"position {self.position}"
        return _TOLD[self.reason].format(where=where, number=self.position, until=self.until)


_TOLD = {
    "missing": "{where}: removed",
    "repeated": "{where}: there twice",
    "changed": "{where}: changed, or another one put in its place",
    "backdated": "{where}: claims to be from before a head that was signed without it",
    "head": "{where}: not what the head signed then says; rewritten somewhere after the head before",
    "cut": "{where}: removed from the end, a signed head says they were there",
    "start": "{where}: removed from the beginning, no signed head says that this may be",
    "forged": "head {number}: not signed by a key that is trusted here",
    "head_missing": "head {number}: removed",
}


def faults_of_heads(heads: Sequence[Head], trusted: Sequence[bytes]) -> tuple[list[Head], list[Broken]]:
    """Return the heads that count, in order, and what is wrong with the others."""
    good, faults, expected = [], [], 1
    for head in sorted(heads, key=lambda one: one.number):
        faults += [Broken(number, "head_missing") for number in range(expected, head.number)]
        expected = head.number + 1
        if is_signed(head, trusted):
            good.append(head)
        else:
            faults.append(Broken(head.number, "forged"))
    return good, faults
