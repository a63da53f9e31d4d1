"""The words of letters with their placeholders: pure.

`{bescheid_vom}` stands for what is known of a letter. Paragraphs are apart by an empty line; lines that begin with "- "
are a list. `[mit x]` before a paragraph keeps it only when x is known, `[ohne x]` only when it is not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_CONDITION = re.compile(r"^\[(mit|ohne) ([^\[\]\n]+)\][ \n]*")
_LOOKS_LIKE_ONE = re.compile(r"\[(?:mit|ohne)\b[^\]\n]*\]?")
_APART = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text, with placeholders."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list with its points."""

    lines: tuple[str, ...]
    is_list: bool = False

    @property
    def text(self) -> str:
        """The paragraph with its line breaks."""
        return "\n".join(self.lines)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [part.strip() for part in _APART.split(text.replace("\r\n", "\n")) if part.strip()]


def faults(wording: Wording, known: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the placeholders of a wording, in words for whoever wrote it."""
    whole = f"{wording.subject}\n\n{wording.text}"
    names = dict.fromkeys(_PLACEHOLDER.findall(whole))
    found = [_unknown(f"{{{name}}}", name, known, "{%s}") for name in names if name not in known]
    if set(_PLACEHOLDER.sub("", whole)) & set("{}"):
        found.append(
            _("Eine geschweifte Klammer ist nicht geschlossen oder steht allein. Richtig ist zum Beispiel {name}.")
        )
    for part in paragraphs(wording.text):
        match = _CONDITION.match(part)
        rest = part[match.end() :] if match else part
        if match and match[2] not in known:
            found.append(_unknown(match[0].strip(), match[2], known, f"[{match[1]} %s]"))
        if match and not rest:
            found.append(_("Nach %s fehlt der Absatz.") % match[0].strip())
        found += [
            _("%s muss am Anfang eines Absatzes stehen und braucht einen Platzhalter, zum Beispiel [mit grund].")
            % wrong
            for wrong in _LOOKS_LIKE_ONE.findall(rest)
        ]
    if _LOOKS_LIKE_ONE.search(wording.subject):
        found.append(_("Im Betreff geht kein [mit …] oder [ohne …]."))
    return found


def _unknown(shown: str, name: str, known: Mapping[str, str], pattern: str) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("Den Platzhalter %(name)s gibt es hier nicht. Meinten Sie %(near)s?") % {
            "name": shown, "near": pattern % near[0],
        }  # fmt: skip
    return _("Den Platzhalter %s gibt es hier nicht. Unten steht, welche es gibt.") % shown


def used(wording: Wording) -> set[str]:
    """Return the placeholders that a wording uses."""
    whole = f"{wording.subject}\n{wording.text}"
    return set(_PLACEHOLDER.findall(whole))


def fill_line(text: str, values: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Return a line with its placeholders filled; what is not known shows its label in brackets."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or f"[{labels.get(found[1], found[1])}]", text)


def fill(text: str, values: Mapping[str, str], labels: Mapping[str, str]) -> list[Block]:
    """Return the paragraphs and lists of a text with its placeholders filled."""
    blocks: list[Block] = []
    for part in paragraphs(text):
        match = _CONDITION.match(part)
        if match and bool(values.get(match[2])) != (match[1] == "mit"):
            continue
        filled = fill_line(part[match.end() :] if match else part, values, labels)
        blocks += [_block(own) for own in paragraphs(filled)]
    return blocks


def _block(part: str) -> Block:
    lines = [line.strip() for line in part.splitlines()]
    if all(line.startswith("- ") for line in lines):
        return Block(tuple(line[2:].strip() for line in lines), is_list=True)
    return Block(tuple(lines))
