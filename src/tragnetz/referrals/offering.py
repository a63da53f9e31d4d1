"""What can be told to a recipient, piece by piece: exactly what is released to them, or what the person carries."""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from tragnetz.casework.models import Case
from tragnetz.casework.released import READERS, Part
from tragnetz.clients.models import Person
from tragnetz.clients.names.mentions import mentioned
from tragnetz.consent.enums import DataGroup
from tragnetz.consent.models import Release
from tragnetz.consent.queries import Asked, cover_under, in_force
from tragnetz.consent.rules import Cover, decides
from tragnetz.network.models import Membership, Organisation
from tragnetz.referrals.enums import Basis

_ID = 20


class Piece(NamedTuple):
    """One row that can be ticked. Its key is made of what it says: what changed meanwhile is another piece."""

    key: str
    group: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """All that can be ticked, and how far it is open."""

    pieces: tuple[Piece, ...]
    cover: Cover

    def by_group(self) -> list[tuple[DataGroup, list[Piece]]]:
        """Return the pieces in their groups."""
        found = [(group, [one for one in self.pieces if one.group == group]) for group in DataGroup]
        return [(group, pieces) for group, pieces in found if pieces]

    def ticked(self, keys: Collection[str]) -> list[Piece]:
        """Return the pieces that were ticked."""
        return [one for one in self.pieces if one.key in keys]


def also_open(organisation: Organisation | None, offer: Offer) -> list[str]:
    """Return the groups that a recipient who works with Tragnetz reads by the release itself, ticked or not."""
    if organisation is None or not Membership.objects.filter(organisation=organisation, ended_on=None).exists():
        return []
    return [str(group.label) for group, _pieces in offer.by_group()]


def candidates(case: Case, organisation: Organisation | None) -> QuerySet[Release]:
    """Return the releases that let the case's organisation tell a recipient something now.

    Without an organisation those to somebody in words: which of them is meant, a person says.
    """
    working = [key for key in (case.counsellor_id, case.deputy_id) if key]
    rows = Release.objects.filter(
        Q(speakers__membership=None) | Q(speakers__membership__in=working), in_force(),
        speakers__organisation=case.organisation_id, person__household=case.household_id, person__left_on=None,
        to_organisation=organisation,
    )  # fmt: skip
    return rows.select_related("person").distinct()


def cover_for(
    case: Case, person: Person | None, basis: str, releases: Iterable[uuid.UUID], on: date
) -> Cover:  # fmt: skip
    """Return what may be told: by the releases; all of their own where people carry it themselves; else nothing.

    About one person: what the household shares, and that person's own. About the household: only what it shares.
    """
    if basis == Basis.RELEASED:
        counsellors = frozenset(filter(None, (case.counsellor_id, case.deputy_id)))
        found = cover_under(Asked(case.household_id, case.organisation_id, counsellors), releases, on=on)
    elif basis == Basis.CARRIED:
        everything = frozenset(DataGroup.values)
        found = Cover(everything, {person.pk: everything} if person else {})
    else:
        found = Cover()
    own = {person.pk: found.persons.get(person.pk, frozenset())} if person else {}
    return Cover(found.shared, own, found.until)


def offer_of(
    case: Case, person: Person | None, basis: str, releases: Iterable[uuid.UUID], on: date
) -> Offer:  # fmt: skip
    """Return what can be ticked. Only what is open is read."""
    cover = cover_for(case, person, basis, releases, on)
    people = [one for one in case.household.people.all() if one.left_on is None]
    part = Part(case, people, cover)
    pieces: dict[str, Piece] = {}
    for group in DataGroup:
        if group in cover.groups and group in READERS:
            for row in READERS[group](part):
                key = _key(group, row.label, row.text)
                pieces.setdefault(key, Piece(key, str(group), row.label, row.text))
    return Offer(tuple(pieces.values()), cover)


def _key(*words: str) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:_ID]


def needed(
    releases: Iterable[Release], groups: Collection[str], shared: Collection[str], case: Case, person: Person | None,
    on: date,
) -> list[Release]:  # fmt: skip
    """Return the releases on which ticked groups stand: for each group, of each who decides, the longest.

    What is shared stands on all who decide, the rest on the person alone.
    """
    rows = sorted(releases, key=lambda row: (row.ends_at, row.pk), reverse=True)
    people = [one for one in case.household.people.all() if one.left_on is None]
    whose = [(one.pk, group) for one in people if decides(one.relation, one.birth_year, on) for group in shared]
    whose += [(person.pk, group) for group in groups if group not in shared] if person else []
    found: dict[uuid.UUID, Release] = {}
    for key, group in whose:
        row = next((one for one in rows if one.person_id == key and group in one.groups), None)
        if row is not None:
            found[row.pk] = row
    return list(found.values())


def name_in(text: str, case: Case) -> str:
    """Return a name of somebody of the household, or of the contact, that stands in a text; nothing if none does."""
    names = [one.name for one in case.household.people.all()] + ([case.contact.name] if case.contact else [])
    return mentioned(text, names)


def packed(reason: str, pieces: Iterable[Piece]) -> str:
    """Return reason and pieces as they are kept."""
    rows = [[one.group, one.label, one.text] for one in pieces]
    return json.dumps({"reason": reason, "rows": rows}, ensure_ascii=False)


class Group(NamedTuple):
    """A group of data with its rows, as they were sent."""

    name: str
    rows: list[tuple[str, str]]


def unpacked(body: str) -> tuple[str, list[Group]]:
    """Return reason and groups of what was sent."""
    known = json.loads(body)
    rows: list[list[str]] = known["rows"]
    groups = [
        Group(str(group.label), [(label, text) for key, label, text in rows if key == group]) for group in DataGroup
    ]
    return str(known["reason"]), [group for group in groups if group.rows]
