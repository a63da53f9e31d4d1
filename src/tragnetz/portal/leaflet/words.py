"""Texts in two languages: the person's own, and German for whoever sits at the counter."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import override

from tragnetz.core.texts import SOURCE_LANGUAGE, Texts, choose, spoken_language

type Pair = dict[str, str]
# Phone numbers, times, dates and their ranges: among Arabic words their parts would change places.
_FIGURES = re.compile(r"\d(?:[\d .:/–-]*\d)?")
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
_MARK = "\u200f"  # right-to-left marks inside of dates, which then need none


@dataclass(frozen=True, slots=True)
class Tongues:
    """The page language of the person (`own`), beside German."""

    own: str

    @property
    def is_foreign(self) -> bool:
        """Whether the person's own language is another one than German."""
        return spoken_language(self.own) != SOURCE_LANGUAGE

    def say(self, words: Callable[[str], str]) -> Pair:
        """Return words that a function makes for a language, in both; what reads the same stands once, as German."""
        with override(self.own):
            own = words(self.own)
        with override(SOURCE_LANGUAGE):
            german = words(SOURCE_LANGUAGE)
        return _pair(own, german)

    def texts(self, texts: Texts | None) -> Pair:
        """Return a text of the directory in both languages; where the own one is missing, in German alone."""
        chosen = choose(texts, self.own)
        own = chosen.text if chosen.language == spoken_language(self.own) else ""
        return _pair(own, choose(texts, SOURCE_LANGUAGE).text)


def _pair(own: str, german: str) -> Pair:
    return {"own": "" if own == german else _FIGURES.sub(_isolated, own.replace(_MARK, "")), "german": german}


def _isolated(figures: re.Match[str]) -> str:
    return f"{_LEFT_TO_RIGHT}{figures[0]}{_END}"
