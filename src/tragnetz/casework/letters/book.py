"""The kinds of letters, read from `kinds/`: one file each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, model_validator

from tragnetz.casework.enums import LetterSender
from tragnetz.casework.letters.wording import Wording, faults
from tragnetz.deadlines.book import Source, Strict, Words

GROUPS: Mapping[str, str] = {
    "office": "Ämter und Behörden",
    "money": "Miete, Energie, Schulden",
    "work": "Arbeit",
    "confirmation": "Bescheinigungen",
}
REFERENCE = "zeichen"  # the field that stands as "Ihr Zeichen" beside the address
OWN_FIELDS: Mapping[str, str] = {  # what every letter knows
    "name": "Name der Person",
    "organisation": "Name der Organisation",
    "beratung": "Name der Beratung",
    "datum": "Datum des Briefs",
}


class LetterField(Strict):
    """What is asked for a kind of letter; `key` is its placeholder. `source` says where a first value comes from."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=40)]
    label: Words
    kind: Literal["text", "area", "day", "money", "yes"] = "text"
    required: bool = False
    help: str = ""
    source: Annotated[Literal["", "deadline_start", "address", "funding"], Field(alias="from")] = ""
    example: str


class Law(Strict):
    """A sentence of the law that a letter rests on: where it was read, of which day, and whether it is compared."""

    text: Words
    statute: Words
    source: Source
    checked: bool


class OtherWords(Strict):
    """The words of a letter: subject and paragraphs."""

    subject: Words
    text: Words


class LetterKind(Strict):
    """A kind of letter. With `organisation` there are words for a letter that the organisation writes for the person.

    A `sheet` is a confirmation of the organisation: without salutation, its address may stay empty. `rules` names the
    deadlines that such a letter keeps.
    """

    key: str
    name: Words
    group: Literal["office", "money", "work", "confirmation"]
    use: Words
    subject: Words
    text: Words
    organisation: OtherWords | None = None
    sheet: bool = False
    fields: tuple[LetterField, ...]
    law: tuple[Law, ...] = ()
    enclosures: Literal["possible", "required"] = "possible"
    rules: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for sender in self.senders:
            wrong = faults(self.wording(sender), self.placeholders)
            if wrong:
                message = f"{self.key}: {wrong}"
                raise ValueError(message)
        return self

    @property
    def senders(self) -> tuple[LetterSender, ...]:
        """Who may write it; the first one usually does."""
        if self.sheet:
            return (LetterSender.ORGANISATION,)
        return (LetterSender.PERSON, LetterSender.ORGANISATION) if self.organisation else (LetterSender.PERSON,)

    @property
    def placeholders(self) -> Mapping[str, str]:
        """Each placeholder that its words may use, with what it stands for."""
        return {**OWN_FIELDS, **{field.key: field.label for field in self.fields}}

    def wording(self, sender: str) -> Wording:
        """Return the original words for a sender."""
        words = self.organisation if sender == LetterSender.ORGANISATION and self.organisation else self
        return Wording(words.subject, words.text.strip())


@cache
def kinds() -> Mapping[str, LetterKind]:
    """Return the kinds by their keys, by group. Raises pydantic's ValidationError for a wrong file."""
    found = [
        LetterKind.model_validate({"key": path.stem, **yaml.safe_load(path.read_text(encoding="utf-8"))})
        for path in sorted((Path(__file__).parent / "kinds").glob("*.yaml"))
    ]
    order = list(GROUPS)
    return {kind.key: kind for kind in sorted(found, key=lambda kind: (order.index(kind.group), kind.name))}


def by_group() -> list[tuple[str, list[LetterKind]]]:
    """Return the kinds in their groups, for a list to choose from."""
    return [(words, [kind for kind in kinds().values() if kind.group == key]) for key, words in GROUPS.items()]


def kinds_for(rule: str) -> list[LetterKind]:
    """Return the kinds of letters that keep a deadline by a rule."""
    return [kind for kind in kinds().values() if rule in kind.rules]
