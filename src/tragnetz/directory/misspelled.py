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
MOST_SERVICES = 400  # of a word, the first by name: what nearly every service has says nothing
_WORD = re.compile(r"[^\W\d_]{3,}")
# By the database's measure, which counts trigrams in a row: less than SHARED, so that ours decides.
_LIKELY = 0.2
_MOST_LIKELY = 200

type _Found = list[tuple[str, uuid.UUID]]

_WORDS: Shelf[str, list[str]] = Shelf(2_000)
_HAVING: Shelf[str, _Found] = Shelf(5_000)


def alike(misspelled: Iterable[str], kept: Kept) -> list[uuid.UUID]:
    """Return the services of the network that have words spelled like some, most alike first, then by name.

    A compound may be found by words that have one half each: what they share with it counts together.
    """
    typed = list(dict.fromkeys(misspelled))
    likely = kept.many(_WORDS, typed, _likely_words)
    shares = {word: dict(_most_alike(word, likely[word])) for word in typed}
    having = kept.many(_HAVING, (one for found in shares.values() for one in found), _services_with)
    names: dict[uuid.UUID, str] = {}
    best: dict[uuid.UUID, float] = {}
    for word, found in shares.items():
        shared: dict[uuid.UUID, int] = defaultdict(int)
        for other, bits in found.items():
            for name, service in having[other]:
                shared[service] |= bits
                names[service] = name
        most = len(_trigrams(word))
        for service, bits in shared.items():
            share = bits.bit_count() / most
            if share >= ALIKE and share > best.get(service, 0):
                best[service] = share
    return sorted(best, key=lambda service: (-best[service], names[service], service))


def forget_words() -> int:
    """Forget the words of the network that no service has any more; returns how many. Called once a day."""
    sql = """DELETE FROM directory_word WHERE network_id = %(network)s AND word NOT IN (
               SELECT string_to_table(search_words, ' ') FROM directory_service WHERE network_id = %(network)s)"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"network": current_network_id()})
        return int(cursor.rowcount)


def _likely_words(typed: Sequence[str]) -> dict[str, list[str]]:
    """Return the words of the network that are somewhat like each of some."""
    sql = """SELECT typed, ARRAY(SELECT word FROM directory_word WHERE network_id = %s AND typed <%% word
               ORDER BY word_similarity(typed, word) DESC LIMIT %s) FROM unnest(%s::text[]) AS asked (typed)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_LIKELY)])
        cursor.execute(sql, [current_network_id(), _MOST_LIKELY, list(typed)])
        return {word: [one for found in row for one in _WORD.findall(found)] for word, row in cursor.fetchall()}


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


def _services_with(words: Sequence[str]) -> dict[str, _Found]:
    """Return the services that have each of some words, the first by name, with their names."""
    one = """(SELECT %s, search_name, id FROM directory_service WHERE network_id = %s AND search_words ~ %s
              ORDER BY search_name, id LIMIT %s)"""
    network = current_network_id()
    # Letters alone, so that a word is a pattern of itself.
    params = [value for word in words for value in (word, network, rf"\m{word}\M", MOST_SERVICES)]
    found: dict[str, _Found] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), params)
        for word, name, key in cursor.fetchall():
            found[word].append((name, key))
    return found
