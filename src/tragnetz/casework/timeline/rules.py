"""One line of everything that happened: pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

# What can be shown alone, with the kinds of entries in it; the address of the page names them so.
FILTERS: Mapping[str, tuple[object, frozenset[str]]] = {
    "gespraeche": (_("Gespräche und Notizen"), frozenset({"contact", "note"})),
    "ereignisse": (_("Ereignisse"), frozenset({"event"})),
    "ziele": (_("Ziele und Schritte"), frozenset({"goal", "review", "step", "plan"})),
    "fristen": (_("Fristen"), frozenset({"deadline"})),
    "unterlagen": (_("Unterlagen"), frozenset({"file"})),
    "briefe": (_("Briefe"), frozenset({"letter"})),
    "antraege": (_("Anträge"), frozenset({"claim"})),
    "vorausschau": (_("Vorausschau"), frozenset({"outlook"})),
    "vermittlungen": (_("Vermittlungen"), frozenset({"referral"})),
    "projekte": (_("Projekte"), frozenset({"project"})),
    "arbeit": (_("Arbeit"), frozenset({"cover"})),
    "lebenslagen": (_("Lebenslagen"), frozenset({"rating"})),
    "termine": (_("Termine"), frozenset({"booking"})),
    "team": (_("Team"), frozenset({"task", "handover", "case"})),
}


class Text(NamedTuple):
    """A text of an entry: what it is, in a word and as a code, and what it says."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened on a day. `part` is the part of the case it belongs to, `key` the row it is about.

    `made` is the row that says so, where it is another one: ids are in the order in which rows came to be.
    """

    on: date
    kind: str
    title: str
    key: uuid.UUID
    part: uuid.UUID | None = None
    by: str = ""
    texts: tuple[Text, ...] = ()
    made: uuid.UUID | None = None


def in_line(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the latest first; those of one day in the order in which they came to be."""
    return sorted(entries, key=lambda entry: (entry.on, entry.made or entry.key), reverse=True)


def kinds_of(wanted: str) -> frozenset[str]:
    """Return the kinds that a filter shows; all for one that there is not."""
    if wanted in FILTERS:
        return FILTERS[wanted][1]
    return frozenset().union(*(kinds for _name, kinds in FILTERS.values()))


def years(first: date, last: date) -> list[int]:
    """Return the years of a case, the latest first."""
    return list(range(last.year, min(first.year, last.year) - 1, -1))
