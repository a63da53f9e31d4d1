"""Services that have words spelled somewhat like one that the directory does not have.

The names and keywords of a directory share some thousand words, however many services there are. A misspelled word is
compared with these by its trigrams, here in the process; PostgreSQL compares a word with whole services, and that takes
it a tenth of a second for a few hundred of them.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.directory.models import Service

SHARED = 0.3  # part of a word's trigrams that another must have: little, for a half of a compound is enough
ALIKE = 0.5  # part that all like words of a service must have together
MOST_WORDS = 15  # words that one may have meant
MOST_SERVICES = 400  # of a word, the first by name: what nearly every service has says nothing
_WORD = re.compile(r"[^\W\d_]{3,}")


class _Vocabulary:
    """The words of a directory by their trigrams, and which services have them."""

    def __init__(self, rows: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Take services in the order of their names, with their words."""
        self.services: list[uuid.UUID] = []
        having: dict[str, list[int]] = {}
        for number, (key, text) in enumerate(rows):
            self.services.append(key)
            for word in set(_WORD.findall(text)):
                numbers = having.setdefault(word, [])
                if len(numbers) < MOST_SERVICES:
                    numbers.append(number)
        self.words = list(having)
        self.having = list(having.values())
        self.with_trigram: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            for trigram in _trigrams(word):
                self.with_trigram.setdefault(trigram, []).append(number)


_VOCABULARY: Shelf[str, _Vocabulary] = Shelf(1)


def alike(misspelled: Iterable[str], kept: Kept) -> list[uuid.UUID]:
    """Return the services of the network that have words spelled like some, most alike first, then by name.

    A compound may be found by words that have one half each: what they share with it counts together.
    """
    vocabulary = kept.get(_VOCABULARY, "", _read)
    best: dict[int, float] = {}
    for typed in misspelled:
        trigrams = sorted(_trigrams(typed))
        shared: dict[int, int] = defaultdict(int)
        for bit, likely in _alike_words(vocabulary, trigrams):
            for service in vocabulary.having[likely]:
                shared[service] |= bit
        for service, bits in shared.items():
            share = bits.bit_count() / len(trigrams)
            if share >= ALIKE and share > best.get(service, 0):
                best[service] = share
    return [vocabulary.services[service] for service in sorted(best, key=lambda service: (-best[service], service))]


def _alike_words(vocabulary: _Vocabulary, trigrams: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the words that somebody may have meant, each with the trigrams that it shares, as bits."""
    shared: dict[int, int] = defaultdict(int)
    for position, trigram in enumerate(trigrams):
        for number in vocabulary.with_trigram.get(trigram, ()):
            shared[number] |= 1 << position
    words = vocabulary.words
    likely = [number for number, bits in shared.items() if bits.bit_count() >= SHARED * len(trigrams)]
    likely.sort(key=lambda number: (-shared[number].bit_count(), len(words[number]), words[number]))
    for number in likely[:MOST_WORDS]:
        yield shared[number], number


def _trigrams(word: str) -> set[str]:
    """Return each three letters in a row, two spaces before the word and one after it."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _read() -> _Vocabulary:
    rows = Service.objects.order_by("search_name", "pk").values_list("pk", "search_words")
    return _Vocabulary(rows.iterator(chunk_size=5000))
