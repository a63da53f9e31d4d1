"""Words for the search: German compounds taken apart, so that `Mietschulden` is found by `Miete` and `Schulden`."""

import re
from functools import cache, lru_cache

from charsplit_fst import Splitter

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_INDEXED = re.compile(r"[^\W\d_]{3,}")
_SPELLED_OUT = {"ae": "ä", "oe": "ö", "ue": "ü"}
LONG = 8  # shorter German words are rarely compounds
# The longest stood in a law, 67 letters. The splitter's work grows with the square: 5,000 letters took it 3 s.
LONGEST = 80
SURE = 0.3  # the splitter's score from which both halves are indexed
MAX_WORDS = 12  # of a search: more would only be slow
MAX_LETTERS = 300


@cache
def _splitter() -> Splitter:
    return Splitter()


@lru_cache(maxsize=8192)  # people type without end
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the two halves of a German compound, or nothing."""
    if not LONG <= len(word) <= LONGEST:
        return ()
    found = _splitter().split_compound(word.capitalize())
    if not found or found[0][0] < SURE:
        return ()
    return tuple(part.lower() for part in found[0][1:])


def with_compounds(text: str) -> str:
    """Return a text followed by the parts of its compounds, for the search index."""
    parts = dict.fromkeys(part for word in _INDEXED.findall(text.lower()) for part in compound_parts(word))
    return f"{text} {' '.join(parts)}".strip()


def typed_words(typed: str) -> list[str]:
    """Return the words of a search in lower case, each once, in their order."""
    words = (word for word in _WORD.findall(typed.lower()[:MAX_LETTERS]) if len(word) > 1)
    return list(dict.fromkeys(words))[:MAX_WORDS]


def spellings(word: str) -> list[str]:
    """Return a word as typed and, if it spells umlauts as two letters, as it stands in German texts."""
    umlauts = re.sub("|".join(_SPELLED_OUT), lambda pair: _SPELLED_OUT[pair[0]], word)
    return [word] if umlauts == word else [word, umlauts]
