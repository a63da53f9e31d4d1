"""Decisions on the truth of a record: pure. How long a statement stays sure, and what two records differ in.

A statement that was confirmed is sure on that day; its confidence halves with each review interval of its field, as a
phone number or free places change sooner than a law. What nobody has confirmed starts at one half.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

DUE = 0.5  # confidence from which a field is to be looked at again
UNCONFIRMED = 0.5
FRESH = 0.71  # half of the interval has not passed yet
STALE_AFTER = timedelta(days=183)
ENDS_SOON = timedelta(days=183)  # a fixed term warns half a year ahead: so long takes the next grant

_UNDO = "undo"
_BY_PEOPLE = frozenset({"editor", "provider", _UNDO})
# Days until a field is to be confirmed again. What is not in here is never asked for.
INTERVALS: dict[str, int] = {
    "capacities": 30,
    "waiting": 60,
    "hours": 180,
    "contact": 180,
    "places": 365,
    "cost": 365,
    "cost_options": 365,
    "languages": 365,
    "prerequisites": 365,
    "papers": 365,
    "date_rule": 365,
    "legal_basis": 365,
    "districts": 730,
    "name": 730,
    "summary": 730,
    "description": 730,
    "exclusions_text": 730,
    # Of organisations, sites and offices (`truth.rows`).
    "phone": 180,
    "site": 365,
    "responsibility": 365,
    "phones": 180,
    "email": 180,
    "url": 180,
    "address": 365,
    "transport": 365,
    "locality": 730,
    "step_free": 730,
}
LABELS: dict[str, Any] = {
    "name": _("Name"),
    "summary": _("Kurztext"),
    "description": _("Beschreibung"),
    "status": _("Stand"),
    "contact": _("Telefon, E-Mail, Website"),
    "hours": _("Öffnungszeiten"),
    "places": _("Orte"),
    "cost": _("Kosten"),
    "cost_options": _("Preise"),
    "capacities": _("Freie Plätze"),
    "waiting": _("Wartezeit"),
    "languages": _("Sprachen"),
    "prerequisites": _("Voraussetzungen"),
    "exclusions_text": _("Ausschlüsse"),
    "papers": _("Papiere"),
    "date_rule": _("Frist"),
    "legal_basis": _("Gesetz"),
    "districts": _("Stadtbezirke"),
    "topics": _("Themen"),
    "keywords": _("Suchwörter"),
    "organisation": _("Organisation"),
    "authority": _("Zuständige Stelle"),
    "opens": _("Öffnet den Weg zu"),
    "excludes": _("Geht nicht zusammen mit"),
    "gives": _("Gilt in Regeln als"),
    "sensitive": _("Vertraulich zu zeigen"),
    "valid_from": _("Beginn"),
    "valid_until": _("Ende"),
    "source": _("Quelle"),
    "checked": _("Geprüft"),
    "kind": _("Art"),
    "id": _("Kennung"),
}


class Level(Enum):
    """How sure a statement is, for people."""

    FRESH = "fresh"
    FADING = "fading"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: by which way (`Origin`), under which name. `user_id` is set for staff."""

    origin: str
    name: str = ""
    user_id: Any = None

    @property
    def vouches(self) -> bool:
        """Whether a person wrote it who knows: files and imports speak by their own source."""
        return self.by_people and self.origin != _UNDO

    @property
    def by_people(self) -> bool:
        """Whether a person wrote it here: what the city's folder says of it counts no more."""
        return self.origin in _BY_PEOPLE


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said last that a field is true, when, and where it stands. `sure` is false while nobody has confirmed it."""

    on: date
    by: str
    how: str
    source: str
    url: str
    sure: bool


def confirmation_of(
    field: str, truth: Mapping[str, Any], source: Mapping[str, Any], checked: Mapping[str, Any]
) -> Confirmation:
    """Return what is known about a field's truth: its own confirmation, else that of the whole record."""
    own = truth.get(field)
    if own:
        return Confirmation(
            on=date.fromisoformat(own["on"]),
            by=own.get("by", ""),
            how=own.get("how", ""),
            source=own.get("source") or source.get("title", ""),
            url=own.get("url") or ("" if own.get("source") else source.get("url", "")),
            sure=own.get("sure", True),
        )
    sure = checked.get("state") == "confirmed"
    return Confirmation(
        on=date.fromisoformat(str(checked["on"] if sure else source.get("on", checked["on"]))[:10]),
        by=checked.get("by", "") if sure else "",
        how="",
        source=source.get("title", ""),
        url=source.get("url", ""),
        sure=sure,
    )


def confidence(confirmation: Confirmation, field: str, today: date) -> float:
    """Return how sure a statement still is, from 1 down to 0."""
    age = max((today - confirmation.on).days, 0)
    start = 1.0 if confirmation.sure else UNCONFIRMED
    return float(start * 0.5 ** (age / INTERVALS[field]))


def level(sure: float) -> Level:
    """Return a confidence in three steps."""
    if sure > FRESH:
        return Level.FRESH
    return Level.FADING if sure > DUE else Level.DUE


def stated_fields(record: Mapping[str, Any]) -> list[str]:
    """Return the fields of a record that say something and are to be confirmed now and then."""
    return [field for field in INTERVALS if _says_something(record.get(field))]


def _says_something(value: Any) -> bool:  # noqa: ANN401 -- any field's value
    if isinstance(value, Mapping):
        return any(_says_something(part) for part in value.values())
    if isinstance(value, list):
        return any(_says_something(part) for part in value)
    return value not in (None, "")


def review_on(record: Mapping[str, Any], truth: Mapping[str, Any]) -> date | None:
    """Return the day from which the first field of a record is due; nothing for an empty record."""
    days = []
    for field in stated_fields(record):
        known = confirmation_of(field, truth, record["source"], record["checked"])
        days.append(known.on + timedelta(days=INTERVALS[field]) if known.sure else known.on)
    return min(days, default=None)


class Dated(Protocol):
    """What knows from which day it is to be looked at again."""

    @property
    def review_on(self) -> date | None:
        """The day; nothing if nobody has confirmed anything of it."""


def is_stale(row: Dated, today: date) -> bool:
    """Whether a confirmed row has waited half a year for its next look: visitors are told to call first."""
    return row.review_on is not None and row.review_on + STALE_AFTER < today


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the fields in which two records differ, in the order of the record."""
    return [field for field in {**after, **before} if before.get(field) != after.get(field)]


class Written(Protocol):
    """A change as it stands in the history: by which way it came, which fields, and what was before and after."""

    @property
    def origin(self) -> str:
        """By which way: an `Origin`."""

    @property
    def fields(self) -> Sequence[str]:
        """What changed; of a new and of a removed row nothing is named."""

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The fields before; nothing of a new row."""

    @property
    def after(self) -> Mapping[str, Any] | None:
        """The fields after; nothing of a new row and of a removed one."""


def fields_of_people(history: Iterable[Written]) -> set[str] | None:
    """Return the fields that people changed and did not take back, from a row's history, oldest first.

    Nothing (None) for a row that people made: all of it is theirs. To take back what people wrote is to follow files
    again; to take back what a file brought is a change of people like any other.
    """
    told: dict[str, Any] = {}  # what files told of the fields that people changed
    made_here = False
    for one in history:
        by_people = one.origin in _BY_PEOPLE
        if one.before is None or one.after is None:  # a new row, or one that left: what was before does not count
            made_here = by_people and one.before is None
            told.clear()
            continue
        for field in one.fields:
            if not by_people:
                told.pop(field, None)
            elif one.origin == _UNDO and field in told and told[field] == one.after.get(field):
                del told[field]
            else:
                told.setdefault(field, one.before.get(field))
    return None if made_here else set(told)


def truth_after(truth: Mapping[str, Any], changed: Iterable[str], author: Author, today: date) -> dict[str, Any]:
    """Return who confirmed what after a change: people who write a field vouch for it.

    Files and imports speak by their own source and check, so that their fields lose what was said of the old value.
    """
    found = dict(truth)
    for field in changed:
        if field not in INTERVALS:
            continue
        if author.vouches:
            found[field] = stated(author, today)
        else:
            found.pop(field, None)
    return found


def doubted(truth: Mapping[str, Any], fields: Iterable[str], today: date) -> dict[str, Any]:
    """Return who confirmed what, without anybody for some fields, though somebody confirmed the record as a whole.

    Who takes a change back does not say that the old value is true, and who had confirmed the record meant the other.
    """
    nobody = {"on": today.isoformat(), "by": "", "how": "", "sure": False}
    return {**truth, **{field: nobody for field in fields if field in INTERVALS}}


def stated(author: Author, today: date) -> dict[str, str]:
    """Return a confirmation as it is kept."""
    return {"on": today.isoformat(), "by": author.name, "how": author.origin}
