"""Words of the directory that are spelled somewhat like one that it does not have.

The names and keywords of a directory share some thousand words, however many services there are. A misspelled word is
compared with these by its trigrams, so that PostgreSQL need compare it with few services, not with all.
"""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import connection

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.network.scope import current_network_id

SHARED = 0.3  # part of a word's trigrams that another must have: little, for a half of a compound is enough
MOST = 15  # words that one may have meant
_WORD = re.compile(r"[^\W\d_]{3,}")


class _Vocabulary:
    """The words of a directory by their trigrams."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)
        self.having: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            for trigram in _trigrams(word):
                self.having.setdefault(trigram, []).append(number)


_VOCABULARY: Shelf[str, _Vocabulary] = Shelf(1)


def may_mean(typed: str, kept: Kept) -> dict[str, float]:
    """Return the words of the network's directory that a misspelled one may mean, with the trigrams that they share."""
    vocabulary = kept.get(_VOCABULARY, "", _read)
    trigrams = _trigrams(typed)
    shared = Counter(number for trigram in trigrams for number in vocabulary.having.get(trigram, ()))
    share = {vocabulary.words[number]: count / len(trigrams) for number, count in shared.items()}
    best = sorted((word for word in share if share[word] >= SHARED), key=lambda word: (-share[word], len(word), word))
    return {word: share[word] for word in best[:MOST]}


def _trigrams(word: str) -> set[str]:
    """Return each three letters in a row, two spaces before the word and one after it."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _read() -> _Vocabulary:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT words FROM directory_service, string_to_table(search_words, ' ') AS words"
            " WHERE network_id = %s",
            [current_network_id()],
        )
        return _Vocabulary({word for (words,) in cursor for word in _WORD.findall(words)})
