"""Services that have words spelled somewhat like one that the directory does not have.

The names and keywords of a directory share some thousand words, however many services there are. The database keeps
each of them once (`Word`, written by a trigger of services), and finds those somewhat like a misspelled one. What of
them is most alike is decided here, and which services have it is kept until the directory changes.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.network.scope import current_network_id

SHARED = 0.3  # part of a word's trigrams that another must have: little, for a half of a compound is enough
ALIKE = 0.5  # part that all like words of a service must have together
MOST_WORDS = 15  # words that one may have meant
MOST_SERVICES = 200  # of a word, the first by name: what nearly every service has says nothing
_WORD = re.compile(r"[^\W\d_]{3,}")
# By the database's measure, which counts trigrams in a row: less than SHARED, so that ours decides.
_LIKELY = 0.2
_MOST_LIKELY = 200

_WRITTEN: Shelf[str, list[str]] = Shelf(2_000)
_HAVING: Shelf[str, list[uuid.UUID]] = Shelf(5_000)


def alike(misspelled: Iterable[str], kept: Kept) -> dict[uuid.UUID, float]:
    """Return the services of the network that have words spelled like some, and which part of one they share.

    A compound may be found by words that have one half each: what they share with it counts together.
    """
    typed = list(dict.fromkeys(misspelled))
    written = kept.many(_WRITTEN, typed, _likely)
    shares = {word: _shares(word, written[word]) for word in typed}
    having = kept.many(_HAVING, (one for found in shares.values() for one in found), _services_with)
    best: dict[uuid.UUID, float] = {}
    for word, found in shares.items():
        shared: dict[uuid.UUID, int] = defaultdict(int)
        for other, bits in found.items():
            for service in having[other]:
                shared[service] |= bits
        most = len(_trigrams(word))
        for service, bits in shared.items():
            share = bits.bit_count() / most
            if share >= ALIKE and share > best.get(service, 0):
                best[service] = share
    return best


def forget_words() -> int:
    """Forget the words of the network that no service has any more; returns how many. Called once a day."""
    sql = """DELETE FROM directory_word WHERE network_id = %(network)s AND word NOT IN (
               SELECT string_to_table(search_words, ' ') FROM directory_service WHERE network_id = %(network)s)"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"network": current_network_id()})
        return int(cursor.rowcount)


def _likely(typed: Sequence[str]) -> dict[str, list[str]]:
    """Return what the network's services have that is somewhat like each of some words, as it is written there."""
    sql = """SELECT typed, ARRAY(SELECT word FROM directory_word WHERE network_id = %s AND typed <%% word
               ORDER BY word_similarity(typed, word) DESC LIMIT %s) FROM unnest(%s::text[]) AS asked (typed)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_LIKELY)])
        cursor.execute(sql, [current_network_id(), _MOST_LIKELY, list(typed)])
        return dict(cursor.fetchall())


def _shares(typed: str, written: Iterable[str]) -> dict[str, int]:
    """Return what is written so that somebody may have meant it, each with the trigrams that it shares, as bits.

    What is written may be several words: `e-mail`, `miete/strom`.
    """
    found: dict[str, int] = defaultdict(int)
    of_word: dict[str, list[str]] = defaultdict(list)
    for one in written:
        for word in _WORD.findall(one):
            of_word[word].append(one)
    for word, bits in _most_alike(typed, of_word):
        for one in of_word[word]:
            found[one] |= bits
    return found


def _most_alike(typed: str, likely: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the words that somebody may have meant, each with the trigrams that it shares, as bits."""
    trigrams = sorted(_trigrams(typed))
    shared = {
        word: sum(1 << place for place, trigram in enumerate(trigrams) if trigram in of_word)
        for word in likely
        if (of_word := _trigrams(word))
    }
    enough = [word for word, bits in shared.items() if bits.bit_count() >= SHARED * len(trigrams)]
    enough.sort(key=lambda word: (-shared[word].bit_count(), len(word), word))
    for word in enough[:MOST_WORDS]:
        yield word, shared[word]


def _trigrams(word: str) -> set[str]:
    """Return each three letters in a row, two spaces before the word and one after it."""
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _services_with(words: Sequence[str]) -> dict[str, list[uuid.UUID]]:
    """Return the services that have each of some words of the directory."""
    sql = """SELECT asked.word, ARRAY(
               SELECT id FROM directory_service
               WHERE network_id = %s AND string_to_array(search_words, ' ') && ARRAY[asked.word] LIMIT %s)
             FROM unnest(%s::text[]) AS asked (word)"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [current_network_id(), MOST_SERVICES, list(words)])
        return dict(cursor.fetchall())
