"""Everyday words of ten languages, and the words of the directory that mean them (`everyday.yaml`).

Beside them words that nobody looks for (`fillers.yaml`), of languages of which PostgreSQL knows none or few. They all
belong to languages, not to a city, so they lie beside the code and hold for every service, imported ones too.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FILE = Path(__file__).with_name("everyday.yaml")
FILLERS = Path(__file__).with_name("fillers.yaml")
ANY_ENDING = "*"
_BUCKET = 2  # letters by which phrases are looked up
_FOLDED = str.maketrans(
    {"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ة": "ه", "ى": "ي", "'": None, "’": None, "ʼ": None}
)
_SPELLED_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ARABIC_ARTICLES = ("وال", "بال", "لل", "ال")
_ARABIC_SHORTEST = 3  # letters that a word keeps when its article is cut
_ARABIC_JOINED = ("ب", "ل", "و", "ف")  # in, to, and, so: written together with the word that follows


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    means: tuple[str, ...]

    def fits(self, typed: tuple[str, ...]) -> bool:
        return len(typed) == len(self.words) and all(
            there.startswith(word[:-1]) if word.endswith(ANY_ENDING) else there == word
            for word, there in zip(self.words, typed, strict=True)
        )


class Everyday(NamedTuple):
    """What one phrase of a search means, and which of its words said it."""

    words: tuple[int, ...]
    means: tuple[str, ...]


def fold(word: str) -> str:
    """Return a word without capitals, accents, umlauts (`ä` and `ae` alike) and the Arabic article."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_FOLDED))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for pair, sign in _SPELLED_OUT:
        plain = plain.replace(pair, sign)
    article = next((one for one in _ARABIC_ARTICLES if plain.startswith(one)), "")
    return plain[len(article) :] if len(plain) >= len(article) + _ARABIC_SHORTEST else plain


def everyday(words: list[str]) -> list[Everyday]:
    """Return what the phrases in a search mean; the longest phrase at a place wins, and all phrases as long."""
    typed = tuple(fold(word) for word in words)
    bare = tuple(_without_joined(word) for word in typed)
    found = []
    for start in range(len(typed)):
        fitting = [
            phrase
            for spelled in dict.fromkeys((typed, bare))
            for phrase in _phrases().get(spelled[start][:_BUCKET], ())
            if phrase.fits(spelled[start : start + len(phrase.words)])
        ]
        longest = max((len(phrase.words) for phrase in fitting), default=0)
        found += [
            Everyday(tuple(range(start, start + longest)), phrase.means)
            for phrase in fitting
            if len(phrase.words) == longest
        ]
    found = list(dict.fromkeys(found))  # languages share words: one that both have means it once
    covered = {number for one in found if len(one.words) > 1 for number in one.words}
    # A word inside of a longer phrase has said what it means there: `Konto` in `Konto gesperrt` is no more than that.
    return [one for one in found if len(one.words) > 1 or one.words[0] not in covered]


def _without_joined(word: str) -> str:
    return word[1:] if word.startswith(_ARABIC_JOINED) and len(word) > _ARABIC_SHORTEST + 1 else word


def is_filler(word: str) -> bool:
    """Whether nobody looks for a word in lower case; German and English fillers are PostgreSQL's to tell."""
    return word in _fillers()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word for words in _read(FILLERS).values() for word in words)


def _read(file: Path) -> Any:  # noqa: ANN401 -- what the file holds
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def meant() -> set[str]:
    """Return all phrases of the directory that everyday words stand for."""
    return {phrase for phrases in _phrases().values() for one in phrases for phrase in one.means}


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """Return the phrases by their first letters."""
    found: dict[str, list[_Phrase]] = {}
    for entry in _read(FILE):
        means = tuple(entry.pop("means"))
        for phrases in entry.values():
            for phrase in phrases:
                words = tuple(
                    fold(word.removesuffix(ANY_ENDING)) + (ANY_ENDING if word.endswith(ANY_ENDING) else "")
                    for word in phrase.replace("-", " ").split()
                )
                found.setdefault(words[0].removesuffix(ANY_ENDING)[:_BUCKET], []).append(_Phrase(words, means))
    return found
