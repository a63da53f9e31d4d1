"""Decisions on requests: pure. Deadlines, passages of a text, what blocks an answer."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tragnetz.core.months import months_later

BLACK = "█" * 12
SOON = 7  # days before its deadline in which a request is marked
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")
LEAST_NAME = 3


def answer_until(received: date) -> date:
    """Return the last day for an answer: one month after receipt (Art. 12 Abs. 3 Satz 1 DSGVO), whatever day it is."""
    return months_later(received, 1)


def extended_until(received: date) -> date:
    """Return the last day when two more months are needed (Art. 12 Abs. 3 Satz 2): said within the first month."""
    return months_later(received, 3)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or line of a text, and which names of other people stand in it."""

    text: str
    names: tuple[str, ...] = ()


def passages(text: str, others: Iterable[str] = ()) -> list[Passage]:
    """Return a text in sentences and lines, each with the names of others that it holds."""
    words = _name_parts(others)
    parts = [part.strip() for part in _ENDS.split(text) if part.strip()]
    return [
        Passage(part, tuple(name for name in words if re.search(rf"\b{re.escape(name)}\b", part, re.IGNORECASE)))
        for part in parts
    ]


def _name_parts(names: Iterable[str]) -> list[str]:
    return sorted({part for name in names for part in name.split() if len(part) >= LEAST_NAME})


def blacken(text: str, black: Collection[str]) -> str:
    """Return a text in which these passages cannot be read; all else stays as it was, line by line."""
    pieces, at = [], 0
    for found in _ENDS.finditer(text):
        pieces += [text[at : found.start()], found.group()]
        at = found.end()
    pieces.append(text[at:])
    return "".join(BLACK if piece.strip() and piece.strip() in black else piece for piece in pieces)


def is_late(due: date, today: date) -> bool:
    """Whether a deadline has passed."""
    return due < today


def is_soon(due: date, today: date) -> bool:
    """Whether a deadline comes within a week."""
    return 0 <= (due - today).days <= SOON


def in_order(texts: Sequence[str]) -> str:
    """Return texts as one, for a fingerprint: none can be moved into another."""
    return "\x00".join(texts)
