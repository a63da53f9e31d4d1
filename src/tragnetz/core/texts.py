"""Texts in several languages: a map of language to text, German always there."""

from collections.abc import Mapping
from typing import NamedTuple

type Texts = Mapping[str, str]

SOURCE_LANGUAGE = "de"


class Chosen(NamedTuple):
    """A text with the language it is really in."""

    text: str
    language: str


def content_language(language_code: str) -> str:
    """Return the key of texts for a page language: `de-simple` is `simple`, `en-gb` is `en`."""
    return "simple" if language_code == "de-simple" else language_code.split("-", maxsplit=1)[0]


def spoken_language(language_code: str) -> str:
    """Return the language that is spoken on a page, for dates and documents: Einfache Sprache is German."""
    language = content_language(language_code)
    return SOURCE_LANGUAGE if language == "simple" else language


def choose(texts: Texts | None, language_code: str) -> Chosen:
    """Return the text in a language, else in German; an empty text when there is none at all."""
    language = content_language(language_code)
    texts = texts or {}
    if texts.get(language):
        return Chosen(texts[language], spoken_language(language_code))
    return Chosen(texts.get(SOURCE_LANGUAGE, ""), SOURCE_LANGUAGE)
