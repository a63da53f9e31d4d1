"""From a name to what is hashed of it: words, first letters, sounds. Pure.

Whoever writes a name down writes what they hear: ü or ue, ş or sch, Шевченко or Schewtschenko, Mohammed or Muhammad.
Each word is brought to the spellings that mean the same, and these to their sounds.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tragnetz.clients.names.phonetics import cologne

SHORTEST, LONGEST = 3, 12  # letters of a prefix; with two letters half the town would be found
LEAST_SOUND = 2  # a single digit is the sound of too many names
MOST_WORDS = 6
LEAST_LETTERS = 2  # a single letter asks for nobody

_WORD = re.compile(r"[^\W\d_]+")
# What a decomposition into letter and accent leaves whole.
_LETTERS = str.maketrans({
    "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e",
})  # fmt: skip
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´ʻ")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Ukrainian after the resolution 55 of its government (2010), Russian letters beside it; and as Germans write it.
_OFFICIAL = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "ё": "io", "ы": "y", "э": "e", "ъ": "",
}  # fmt: skip
_AT_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_GERMAN = _OFFICIAL | {
    "в": "w", "ж": "sch", "з": "s", "й": "j", "ї": "ji", "є": "je", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
    "щ": "schtsch", "ю": "ju", "я": "ja",
}  # fmt: skip
_HISS = re.compile("tsch|tch|sch|sh|zh|ch")  # ş, ш, ч, ж in whatever spelling
_BREATH = re.compile("kh|ch")  # Khalid, Chalid, Halid; Achmed, Ahmed


class Kind(StrEnum):
    """What of a name a token stands for."""

    WORD = "w"
    PREFIX = "p"
    SOUND = "s"


class Match(StrEnum):
    """How a name was found, the best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    SOUND = "sound"


class Part(NamedTuple):
    """A part of a name that becomes a token."""

    kind: Kind
    text: str


def words(name: str) -> list[str]:
    """Return the words of a name, in small letters, without apostrophes; at most six."""
    composed = unicodedata.normalize("NFC", name.lower()).translate(_APOSTROPHES)
    # What is left of accents stands on letters that have no form with it (a Turkish İ, Arabic vowel signs).
    return _WORD.findall("".join(letter for letter in composed if not unicodedata.combining(letter)))[:MOST_WORDS]


def spellings(word: str) -> list[str]:
    """Return how else a word of `words` is spelled: without accents, with ae for ä, in Latin letters."""
    if any("\u0400" <= letter <= "\u04ff" for letter in word):
        first = _AT_FIRST.get(word[0], "") or _OFFICIAL.get(word[0], word[0])
        official = first + "".join(_OFFICIAL.get(letter, letter) for letter in word[1:]).replace("zgh", "zh")
        return _distinct(official, "".join(_GERMAN.get(letter, letter) for letter in word))
    return _distinct(_bare(word), _bare(word.translate(_UMLAUTS)))


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sounds(spelling: str) -> set[str]:
    """Return the sounds of a spelling: as a German name, and as one written down from another alphabet."""
    found = {cologne(one) for one in (spelling, _HISS.sub("s", spelling), _BREATH.sub("h", spelling))}
    return {sound for sound in found if len(sound) >= LEAST_SOUND}


def parts_of(name: str) -> set[Part]:
    """Return all that is hashed of a name."""
    return {part for word in words(name) for spelling in spellings(word) for part in _parts(spelling)}


def _parts(spelling: str) -> Iterator[Part]:
    yield Part(Kind.WORD, spelling)
    for length in range(SHORTEST, min(len(spelling) - 1, LONGEST) + 1):
        yield Part(Kind.PREFIX, spelling[:length])
    for sound in sounds(spelling):
        yield Part(Kind.SOUND, sound)


def asked(typed: str) -> list[dict[Match, set[Part]]]:
    """Return for each word of a search what a name must have to be found by it, best match first.

    Nothing when no word has two letters.
    """
    found = []
    for word in words(typed):
        if len(word) < LEAST_LETTERS:
            continue
        spelled = spellings(word)
        found.append(
            {
                Match.EXACT: {Part(Kind.WORD, one) for one in spelled},
                Match.PREFIX: {Part(Kind.PREFIX, one[:LONGEST]) for one in spelled if len(word) >= SHORTEST},
                Match.SOUND: {Part(Kind.SOUND, sound) for one in spelled for sound in sounds(one)},
            }
        )
    return found


def _distinct(*texts: str) -> list[str]:
    return list(dict.fromkeys(texts))
