"""Whether a text tells a name, however it is written: before it leaves for somebody who may not read the name. Pure.

In doubt a name is found: to say it in another way costs a word, to tell it breaks a promise.
"""

import re
from collections.abc import Iterable, Iterator

from tragnetz.clients.names.rules import spellings, words

_SHORTEST = 3  # letters; Al and Li stand in too many words
_ADDED = "s"  # Rosas Miete, die Müllers
_WRITTEN = re.compile(r"[^\W\d_]+(?:['’ʼ`´ʻ-][^\W\d_]+)*")
# Parts of names that tell of nobody.
_PARTICLES = frozenset(
    ["von", "vom", "van", "der", "den", "dem", "des", "zum", "zur", "und", "del", "della", "dos", "das", "los", "las",
     "ibn", "ben", "bin", "bint", "abu", "dit", "ter", "ten"]
)  # fmt: skip
# Names that mean something in German when they begin with a small letter: "sie weiß es", "seit Langem" told of nobody.
# Without accents, as `spellings` writes them.
_ALSO_WORDS = frozenset(
    ["alt", "arm", "bald", "blau", "braun", "breit", "bunt", "can", "dank", "ehrlich", "ernst", "fest", "fix", "frei",
     "frey", "freundlich", "froh", "froehlich", "frohlich", "frueh", "fruh", "ganz", "gern", "gerne", "gross", "gruen",
     "grun", "gut", "hart", "heiss", "hell", "herzlich", "hoch", "jung", "kalt", "klar", "klein", "klug", "krank",
     "kraus", "krumm", "kuehn", "kuhn", "kurz", "lang", "lange", "leicht", "link", "links", "lustig", "mild", "nah",
     "neu", "oft", "offen", "recht", "reich", "rot", "rund", "sauer", "scharf", "schmal", "schnell", "schoen", "schon",
     "schwarz", "selig", "sommer", "spaet", "spat", "stark", "steif", "still", "stolz", "suess", "suss", "teuer",
     "tief", "treu", "voll", "warm", "weiss", "weit", "wild", "will", "wohl", "zart"]
)  # fmt: skip


def mentioned(text: str, names: Iterable[str]) -> str:
    """Return the first word of a text that is a name, or a part of one, as it stands there; nothing if none is.

    ü counts as ue and u, ß as ss, Шевченко as Schewtschenko; Rosas tells Rosa, Annalena tells Anna-Lena, and capital
    letters do not matter, but for names that are common words.
    """
    known = {form for name in names for _written, forms in _parts(name) for form in forms} - _PARTICLES
    for written, forms in _parts(text):
        told = {form for one in forms for form in (one, one.removesuffix(_ADDED))} & known
        if written[0].islower():
            told -= _ALSO_WORDS
        if told:
            return written
    return ""


def _parts(text: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each word with its spellings; a word with hyphens is that, too, with each part and as one."""
    for found in _WRITTEN.finditer(text):
        written = found.group()
        pieces = [piece for piece in written.split("-") if piece]
        for piece in [*pieces, *([written] if len(pieces) > 1 else [])]:
            yield piece, {form for form in spellings("".join(words(piece.replace("-", "")))) if len(form) >= _SHORTEST}
