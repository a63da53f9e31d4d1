"""What one should look at again in a letter before it is sent: hints, nothing is forbidden. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.career.enums import EntryKind

_SIMILAR = 0.8  # from here on two spellings are meant to be the same name
_PLACEHOLDER = re.compile(r"\[[^\]]*\]|\{[^}]*\}|_{3,}|\bXX+\b")
_WORD = re.compile(r"[\w&’'-]+")
_FEW, _LONG_SENTENCE = 40, 30  # words


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at; `passage` are the words in the letter that it is about."""

    text: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class GapWords:
    """Kind words for months without an entry: what the entry becomes, and when they fit."""

    key: str
    kind: EntryKind
    title: str
    when: str


@cache
def _advice() -> Mapping[str, list[dict[str, Any]]]:
    found: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(
        Path(__file__).with_name("advice.yaml").read_text(encoding="utf-8")
    )
    return found


@cache
def gap_words() -> Mapping[str, GapWords]:
    """Return proposals for gaps, by their key."""
    rows = _advice()["gaps"]
    return {row["key"]: GapWords(row["key"], EntryKind(row["kind"]), row["title"], row["when"]) for row in rows}


def check(*, text: str, employer: str, contact_name: str, pages: int, has_sender: bool) -> list[Hint]:
    """Return what to look at again in a letter, the most important first."""
    found = list[Hint]()
    if not has_sender:
        found.append(Hint("Oben fehlen Adresse, Telefon oder E-Mail. Tragen Sie sie bei „Wer bewirbt sich?“ ein."))
    found += [Hint("Hier steht noch ein Platzhalter.", part) for part in _PLACEHOLDER.findall(text)]
    found += [
        Hint(f"Der Betrieb heißt oben „{employer}“. Ist das ein Tippfehler?", other)
        for other in misspelt(text, employer)
    ]
    if pages > 1:
        found.append(Hint("Der Brief ist länger als eine Seite. Kürzen Sie: Was davon muss der Betrieb wissen?"))
    if not contact_name.strip():
        found.append(
            Hint("Ein Name wirkt besser als „Sehr geehrte Damen und Herren“. Fragen Sie am Telefon, wer zuständig ist.")
        )
    found += _phrases(text)
    if len(_WORD.findall(text)) < _FEW:
        found.append(Hint("Der Brief ist sehr kurz. Warum gerade dieser Betrieb, und was gelingt gut?"))
    found += [
        Hint("Dieser Satz ist sehr lang. Zwei kurze lesen sich leichter.", _beginning(one))
        for one in re.split(r"(?<=[.!?])\s+", text)
        if len(_WORD.findall(one)) > _LONG_SENTENCE
    ]
    return found


def _phrases(text: str) -> list[Hint]:
    low = text.lower()
    return [
        Hint(row["advice"], text[at : at + len(row["phrase"])])
        for row in (*_advice()["cliches"], *_advice()["private"])
        if (at := low.find(row["phrase"])) >= 0
    ]


def _beginning(text: str) -> str:
    return " ".join(text.split()[:6]) + " …"


def misspelt(text: str, employer: str) -> list[str]:
    """Return spellings in a text that are nearly the employer's name, but not quite; each once.

    Names are compared as whole words, as many as the name has, without regard to a full stop or comma after them.
    """
    name = _WORD.findall(employer)
    if not name or len("".join(name)) < 4:  # noqa: PLR2004 -- too short to tell a slip from another word
        return []
    words, wanted = _WORD.findall(text), " ".join(name)
    found = dict[str, None]()
    for at in range(len(words) - len(name) + 1):
        said = " ".join(words[at : at + len(name)])
        if said in wanted or wanted in said or said[0] != said[0].upper():
            continue
        if SequenceMatcher(None, said.lower(), wanted.lower()).ratio() >= _SIMILAR and not _declined(said, wanted):
            found[said] = None
    return list(found)


def _declined(said: str, wanted: str) -> bool:
    """Whether it is the same name in another case: a letter more or less at its end."""
    return said.rstrip("nsre") == wanted.rstrip("nsre")
