"""Words for the search: German compounds taken apart, so that `Mietschulden` is found by `Miete` and `Schulden`."""

import re
from functools import cache

from charsplit_fst import Splitter

_WORD = re.compile(r"[^\W\d_]{3,}")
LONG = 8  # shorter German words are rarely compounds
SURE = 0.3  # the splitter's score from which both halves are indexed


@cache
def _splitter() -> Splitter:
    return Splitter()


@cache
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the two halves of a German compound, or nothing."""
    if len(word) < LONG:
        return ()
    found = _splitter().split_compound(word.capitalize())
    if not found or found[0][0] < SURE:
        return ()
    return tuple(part.lower() for part in found[0][1:])


def with_compounds(text: str) -> str:
    """Return a text followed by the parts of its compounds, for the search index."""
    parts = dict.fromkeys(part for word in _WORD.findall(text.lower()) for part in compound_parts(word))
    return f"{text} {' '.join(parts)}".strip()


def typed_words(typed: str) -> list[str]:
    """Return the words of a search as typed, at most six: these are compared with misspellings in mind."""
    return list(dict.fromkeys(_WORD.findall(typed.lower()[:300])))[:6]


def search_words(typed: str) -> list[str]:
    """Return the words of a search with the parts of their compounds; at most twelve, so that no search is slow."""
    words = _WORD.findall(typed.lower()[:300])
    return list(dict.fromkeys([*words, *(part for word in words for part in compound_parts(word))]))[:12]
