"""Search of the directory: by words, by words spelled alike and by meaning; their ranks fused.

A rare word says more than a common one, so each weighs by how many services have it. What people say every day stands
for the words of the directory (`everyday`); a compound also for its halves; a word that nobody has for those that begin
like it or are spelled alike.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from math import log2
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from tragnetz.directory.everyday import everyday
from tragnetz.directory.frequencies import COUNTED, Asked, Frequency, frequencies
from tragnetz.directory.kept import Kept, Shelf, kept_now
from tragnetz.directory.meaning import Near, nearest
from tragnetz.directory.misspelled import alike
from tragnetz.directory.models import Service
from tragnetz.directory.queries import services
from tragnetz.directory.rules import compound_parts, spellings, typed_words
from tragnetz.directory.words import configs_of
from tragnetz.network.models import Locality
from tragnetz.network.scope import current_network_id

CANDIDATES = 300  # ranked at most: ranking common words over everything is what makes full text slow
MOST_TERMS = 28
MOST_ALIKE = 400  # services with words spelled alike, before it is asked which of them are on offer
FUSION = 5  # reciprocal rank fusion: how much the first places stand out
WORDS_WEIGH = 1.2
ALIKE_WEIGH = 1.6
MEANING_WEIGHS = 0.7
EVERYDAY_WEIGHS = 0.8
PART_WEIGHS = 0.25
BEGINNING_WEIGHS = 0.8
SHORTEST_BEGINNING = 4
SHORTEST_MISSPELLED = 4
FAR = 0.45  # a likeness of meaning below this, and no word in common: more a guess than an answer


@dataclass(frozen=True, slots=True)
class Hit:
    """A service that was found: how well it fits, and why.

    `words` are typed words that it has, or that mean what it has;
    `alike` are typed words that it has in another spelling; `near` is how alike the meanings are.
    """

    id: uuid.UUID
    score: float
    words: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    near: float = 0.0

    @property
    def is_far(self) -> bool:
        """Whether nothing but a weak likeness of meaning speaks for it."""
        return not self.words and not self.alike and self.near < FAR


@dataclass(frozen=True, slots=True)
class Offer:
    """What a search may find: services of a topic, with a language, for whom lives in an Ortsteil; empty: any."""

    on: date
    topic: str = ""
    language: str = ""
    home: Locality | None = None

    def services(self) -> QuerySet[Service]:
        """Return them, in no order."""
        rows = services(self.on, topic=self.topic).order_by()
        if self.language:
            rows = rows.filter(languages__contains=[self.language])
        if self.home:
            rows = rows.filter(Q(districts=None) | Q(districts=self.home.district_id))
        return rows


_FOUND: Shelf[tuple[str, Offer, int], list[Hit]] = Shelf(1_000)


class _OnOffer(NamedTuple):
    """What is on offer as a query of ids, made once for all steps of a search: making it takes a while."""

    sql: str
    params: tuple[Any, ...]

    def names(self, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        """Return those of some services that are on offer, with the names by which they are sorted."""
        sql = f"""SELECT id, search_name FROM directory_service
                  WHERE network_id = %s AND id = ANY (%s) AND id IN ({self.sql})"""  # noqa: S608 -- no text of others
        with connection.cursor() as cursor:
            cursor.execute(sql, [current_network_id(), list(keys), *self.params])
            return dict(cursor.fetchall())


@dataclass(slots=True)
class _Term:
    """Something to look for in the full text: its query, how much it weighs, what was typed for it."""

    sql: str
    params: list[str]
    weight: float
    typed: tuple[str, ...]
    count: int = 0
    only_if_unknown: bool = False
    is_half: bool = False

    @property
    def weighs(self) -> float:
        return self.weight / log2(2 + self.count)


@dataclass(slots=True)
class _ByWords:
    """What words found: ids, best first, with the typed words that each has.

    `surest` is the weight of the best sort of word: halves of an unknown compound say less than a word that is there.
    `unknown_part` is how much of what was typed nobody has: one odd word of a sentence says little about it.
    """

    ids: list[uuid.UUID] = field(default_factory=list)
    surest: float = 1.0
    words: dict[uuid.UUID, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unknown_part: float = 0.0


def search(typed: str, on: date, *, topic: str = "", limit: int = 20) -> list[Service]:
    """Return services for what somebody typed, best first."""
    keys = search_ids(typed, on, topic=topic, limit=limit)
    known = services(on, topic=topic).order_by().in_bulk(keys)
    return [known[key] for key in keys if key in known]


def search_ids(typed: str, on: date, *, topic: str = "", limit: int = 20) -> list[uuid.UUID]:
    """Return the ids of services for what somebody typed, best first."""
    return [hit.id for hit in find(typed, Offer(on, topic), kept_now(), limit=limit)]


def find(typed: str, offer: Offer, kept: Kept, *, limit: int = 20) -> list[Hit]:
    """Return which of the services on offer answer what somebody typed, best first: by words and by meaning.

    A word in a text is surer than a likeness of meaning, so it weighs more where both know something.
    """

    def look() -> list[Hit]:
        with _by_index():
            return _find(typed, _OnOffer(*offer.services().values("pk").query.sql_with_params()), kept, limit)

    return kept.get(_FOUND, (typed, offer, limit), look)


@contextmanager
def _by_index() -> Iterator[None]:
    """Look words up in the index alone.

    PostgreSQL takes it for cheap to walk through rows until enough have a common word. But the words of a row lie apart
    from it, and unpacking them is most of the work.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
        yield


def _find(typed: str, offered: _OnOffer, kept: Kept, limit: int) -> list[Hit]:
    by_words = _by_words(typed, offered, kept, limit)
    likely = _most_alike(by_words.unknown, kept)
    near = nearest(typed, limit, kept)
    asked = likely.keys() | {one.id for one in near}.difference(by_words.ids)
    names = offered.names(asked) if asked else {}  # neither spelling nor meaning asks what is on offer
    misspelled = sorted(likely.keys() & names, key=lambda key: (-likely[key], names[key], key))[:limit]
    lists: list[tuple[float, Sequence[uuid.UUID]]] = [
        (WORDS_WEIGH * by_words.surest, by_words.ids),
        (ALIKE_WEIGH * by_words.unknown_part, misspelled),
        (MEANING_WEIGHS, [one.id for one in near]),
    ]
    scores: dict[uuid.UUID, float] = defaultdict(float)
    for weight, keys in lists:
        for place, key in enumerate(keys):
            scores[key] += weight / (FUSION + place)
    known = {*by_words.ids, *names}
    best = sorted((key for key in scores if key in known), key=lambda key: -scores[key])[:limit]
    return _hits(best, scores, by_words, misspelled, near)


def _hits(
    keys: list[uuid.UUID],
    scores: dict[uuid.UUID, float],
    by_words: _ByWords,
    alike: list[uuid.UUID],
    near: list[Near],
) -> list[Hit]:
    likeness = {one.id: one.likeness for one in near}
    misspelled = dict.fromkeys(alike, tuple(by_words.unknown))
    return [
        Hit(key, scores[key], by_words.words.get(key, ()), misspelled.get(key, ()), likeness.get(key, 0.0))
        for key in keys
    ]


def _by_words(typed: str, offered: _OnOffer, kept: Kept, limit: int) -> _ByWords:
    """Rank services by the words they have, the rare ones first; and tell which words nobody has."""
    words = typed_words(typed)
    if not words:
        return _ByWords()
    terms, unknown, fillers = _counted(_terms(words), words, kept)
    part = len(unknown) / len(words)
    if not terms:
        return _ByWords(unknown=unknown, unknown_part=part)
    ids, found_words = [], {}
    for key, has in _ranked(terms, offered, limit):
        ids.append(key)
        said = {word for term, is_there in zip(terms, has, strict=True) if is_there for word in term.typed}
        found_words[key] = tuple(word for word in words if word in said - fillers)
    return _ByWords(ids, max(term.weight for term in terms), found_words, unknown, part)


def _terms(words: list[str]) -> list[_Term]:
    """Return what to look for: the words, what they mean, their halves and what begins like them."""
    meant = [
        _term([phrase], ("german",), EVERYDAY_WEIGHS, tuple(words[number] for number in one.words))
        for one in everyday(words)
        for phrase in one.means
    ]
    parts = [
        replace(_term([half], ("german",), PART_WEIGHS, (word,)), is_half=True)
        for word in words
        for part in compound_parts(word)
        for half in (part, *(phrase for one in everyday([part]) for phrase in one.means))
    ]
    beginnings = [_beginning(word) for word in words if len(word) >= SHORTEST_BEGINNING]
    return [*(_term(spellings(word), configs_of(word), 1.0, (word,)) for word in words), *meant, *parts, *beginnings][
        :MOST_TERMS
    ]


def _term(spelled: list[str], configs: Sequence[str], weight: float, typed: tuple[str, ...]) -> _Term:
    asked = [(config, one) for one in spelled for config in configs]
    sql = " || ".join(f"plainto_tsquery('{config}', %s)" for config, _one in asked)  # configs are ours, never typed
    return _Term(f"({sql})", [one for _config, one in asked], weight, typed)


def _beginning(word: str) -> _Term:
    """Return what asks for words that begin like one: letters alone, so that it is a query whatever was typed."""
    letters = "".join(sign for sign in word if sign.isalpha())
    return _Term("to_tsquery('simple', %s)", [f"{letters}:*"], BEGINNING_WEIGHS, (word,), only_if_unknown=True)


def _counted(terms: list[_Term], words: list[str], kept: Kept) -> tuple[list[_Term], list[str], set[str]]:
    """Return the terms that some service has, with how many have them (COUNTED at most); unknown words; fillers.

    A filler is what a language takes for one: nobody looks for it.
    """
    sure = [term for term in terms if not term.only_if_unknown]
    found = _count(sure, words, kept)
    fillers = {word for word, one in zip(words, found, strict=False) if one.is_filler}
    known = {word for word, one in zip(words, found, strict=False) if one.count} | fillers
    said = {word for term in sure[len(words) :] if term.count and not term.is_half for word in term.typed}
    halved = {word for term in sure if term.count and term.is_half for word in term.typed}
    # The index gathers all that begins like a word before it counts: only for words that nobody has.
    guessed = [term for term in terms if term.only_if_unknown and term.typed[0] not in known | said | halved]
    _count(guessed, [], kept)
    worth = [
        term
        for number, term in enumerate([*sure, *guessed])
        if term.count and not (number < len(words) and words[number] in fillers)
    ]
    unknown = [word for word in words if word not in known | said and len(word) >= SHORTEST_MISSPELLED]
    return worth, unknown, fillers


def _count(terms: list[_Term], words: list[str], kept: Kept) -> list[Frequency]:
    """Count the services that have each term, the first of them those of the words, and note it there."""
    asked = [
        Asked(term.sql, tuple(term.params), words[number] if number < len(words) else "")
        for number, term in enumerate(terms)
    ]
    found = frequencies(asked, kept) if asked else []
    for term, frequency in zip(terms, found, strict=True):
        term.count = frequency.count
    return found


def _ranked(terms: list[_Term], offered: _OnOffer, limit: int) -> list[tuple[uuid.UUID, list[bool]]]:
    """Return the services that have some of the terms, best first, and which of the terms each has.

    Appending nothing to a vector unpacks it once, not once a term.
    """
    rarest, enough = [], 0
    for term in sorted(terms, key=lambda term: (term.count, -term.weight)):
        rarest.append(term)
        enough += CANDIDATES if term.count >= COUNTED else term.count
        if enough >= CANDIDATES:
            break
    any_of = " || ".join(term.sql for term in rarest)
    rank = " + ".join(f"%s * ts_rank(search_vector, {term.sql}, 1)" for term in terms)
    has = ", ".join(f"search_vector @@ {term.sql}" for term in terms)
    sql = f"""WITH likely AS MATERIALIZED (
          SELECT id, search_name, search_vector || ''::tsvector AS search_vector FROM directory_service
          WHERE network_id = %s AND search_vector @@ ({any_of}) AND id IN ({offered.sql}) LIMIT %s),
        best AS MATERIALIZED (
          SELECT id, search_name, search_vector, {rank} AS rank FROM likely ORDER BY rank DESC, search_name LIMIT %s)
        SELECT id, ARRAY[{has}] FROM best ORDER BY rank DESC, search_name"""  # noqa: S608 -- no text of others
    params: list[Any] = [
        current_network_id(),
        *(one for term in rarest for one in term.params),
        *offered.params,
        CANDIDATES,
    ]
    params += [*(one for term in terms for one in (term.weighs, *term.params)), limit]
    params += [one for term in terms for one in term.params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _most_alike(misspelled: list[str], kept: Kept) -> dict[uuid.UUID, float]:
    """Return the services that have words most like those that nobody has, and how alike."""
    likely = alike(misspelled, kept) if misspelled else {}
    most = sorted(likely, key=lambda key: (-likely[key], key))[:MOST_ALIKE]
    return {key: likely[key] for key in most}
