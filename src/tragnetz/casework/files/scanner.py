"""Asks a virus scanner (clamd, INSTREAM) about a content. What it answers is not trusted to be short or in time."""

import socket
import time
from contextlib import closing
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
_PORT = 3310


class Verdict(StrEnum):
    """What came of the search."""

    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"  # nobody answered, or nothing that can be understood
    NONE = "none"  # no scanner is set up


def scan(content: bytes) -> Verdict:
    """Search a content for viruses. It never fails: a scanner that does not answer well is away."""
    address = settings.TRAGNETZ_SCANNER
    if not address:
        return Verdict.NONE
    deadline = time.monotonic() + settings.TRAGNETZ_SCANNER_SECONDS
    try:
        with closing(_connected(address, deadline)) as line:
            _send(line, content, deadline)
            return _verdict(_answer(line, deadline))
    except (OSError, ValueError):
        return Verdict.AWAY


def is_address(address: str) -> bool:
    """Whether a setting names a place where a scanner may listen."""
    try:
        parts = urlsplit(address)
        return (parts.scheme == "tcp" and bool(parts.hostname) and parts.port != 0) or (
            parts.scheme == "unix" and bool(parts.path)
        )
    except ValueError:
        return False


def _connected(address: str, deadline: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(deadline))
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "", parts.port or _PORT), timeout=_left(deadline))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _send(line: socket.socket, content: bytes, deadline: float) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE]
        line.settimeout(_left(deadline))
        line.sendall(len(piece).to_bytes(4) + piece)
    line.sendall((0).to_bytes(4))


def _answer(line: socket.socket, deadline: float) -> bytes:
    found = b""
    while b"\0" not in found and len(found) <= _LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        more = line.recv(_LONGEST_ANSWER)
        if not more:
            break
        found += more
    return found


def _verdict(answer: bytes) -> Verdict:
    """Read `stream: OK` or `stream: name FOUND`, ended by a zero; anything else says nothing."""
    text, end, rest = answer.partition(b"\0")
    if not end or rest:
        return Verdict.AWAY
    if text == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if text.startswith(b"stream: ") and text.endswith(b" FOUND") else Verdict.AWAY
