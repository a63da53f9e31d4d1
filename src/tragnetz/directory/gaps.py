"""Gaps: what people looked for and the directory does not have. Words and counts, nothing about who asked.

No address, no time of day. Digits, e-mail addresses, names of streets and very long words are dropped, and what only
one person ever typed is never shown and forgotten after a month.
"""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from tragnetz.audit.commands import record
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import SearchGap
from tragnetz.network.actors import Actor
from tragnetz.network.queries import known_streets

MOST_WORDS = 6
LONGEST_WORD = 30
LONGEST = 80
SHOWN_FROM = 3  # times: what fewer people asked could be about one of them
FORGOTTEN_AFTER = timedelta(days=30)
MOST_KEPT = 5_000  # a network: no flood of invented searches fills the table
_STREET_WORDS = 4  # words that the longest names of streets have


def gap_words(typed: str) -> str:
    """Return the words of a search that may be kept: at most six, nothing that could point to a person."""
    signs = " ".join(typed.lower().split()).split(" ")
    words = [word.strip(".,;:!?()\"'„“”«»") for word in signs if word.isprintable() and "@" not in word]
    plain = [
        word
        for word in words
        if word and len(word) <= LONGEST_WORD and not any(sign.isdigit() for sign in word) and "." not in word
    ]
    kept = _without_streets([word for word in plain if any(sign.isalpha() for sign in word)])[:MOST_WORDS]
    while len(" ".join(kept)) > LONGEST:
        kept.pop()
    return " ".join(kept)


def _without_streets(words: list[str]) -> list[str]:
    ends = range(1, _STREET_WORDS + 1)
    runs = {" ".join(words[start : start + size]): (start, size) for start in range(len(words)) for size in ends}
    named: set[int] = set()
    for run in known_streets(runs):
        start, size = runs[run]
        named |= set(range(start, start + size))
    return [word for number, word in enumerate(words) if number not in named]


@transaction.atomic
def note_gap(*, actor: Actor, typed: str, language: str, on: date) -> SearchGap | None:
    """Count a search that found nothing; nothing is kept when no word is left, or the table is full.

    It writes no audit event: that would carry the instant, and so what nobody wants to know.
    """
    words = gap_words(typed)
    if not words:
        return None
    mine = SearchGap.objects.filter(words=words, language=language)
    if mine.update(times=F("times") + 1, last_on=on):
        return mine.first()
    if SearchGap.objects.count() >= MOST_KEPT:
        return None
    row, is_new = SearchGap.objects.get_or_create(
        network=actor.network, words=words, language=language, defaults={"first_on": on, "last_on": on}
    )
    if not is_new:  # somebody else asked the same at the same instant
        mine.update(times=F("times") + 1, last_on=on)
    return row


def gaps() -> list[SearchGap]:
    """Return what was looked for in vain at least three times, the most wanted first."""
    return list(SearchGap.objects.filter(times__gte=SHOWN_FROM))


@transaction.atomic
def settle_gap(*, actor: Actor, gap_id: uuid.UUID) -> None:
    """Remove a gap that is closed or none; one that is gone already stays gone. Raises NotAllowedError."""
    must_edit(actor)
    row = SearchGap.objects.filter(pk=gap_id).first()
    if row is not None:
        record(actor, "gap:settle", row, times=row.times)
        row.delete()


def forget_gaps(*, on: date) -> int:
    """Delete what was asked only once and not lately; returns how many."""
    gone, _kinds = SearchGap.objects.filter(times=1, last_on__lt=on - FORGOTTEN_AFTER).delete()
    return gone
