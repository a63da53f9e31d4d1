"""Reads of privacy: what is due today, requests with their deadlines, rows that may be corrected."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tragnetz.audit.models import SealedHead, Verification
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network
from tragnetz.privacy.access import can_read_audit, visible_deletions, visible_requests
from tragnetz.privacy.enums import DeletionState, Erasure, RequestState
from tragnetz.privacy.kinds import BY_KEY, KINDS, Kind, kinds_of_class
from tragnetz.privacy.models import Deletion, Request
from tragnetz.privacy.retention.queries import ROOTS, Due, due, periods_of
from tragnetz.privacy.retention.rules import CLASSES, Period, RetentionClass
from tragnetz.privacy.rights.rules import is_late, is_soon
from tragnetz.privacy.subjects import Subject
from tragnetz.privacy.trail import case_number
from tragnetz.privacy.words import field_name, readable

PROTOCOL = timedelta(days=3 * 366)
SHOWN = 100
LISTED = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in a list, with the number of its case and how its deadline stands."""

    request: Request
    number: str
    late: bool
    soon: bool


def listed(row: Request, today: date) -> Listed:
    """Return a request with its deadline in words for the page."""
    is_open = row.state == RequestState.OPEN
    number = case_number(row.case_id) if row.case_id else ""
    return Listed(row, number, is_open and is_late(row.due_on, today), is_open and is_soon(row.due_on, today))


def requests(actor: Actor, today: date, *, answered: bool) -> list[Listed]:
    """Return open requests by deadline, or answered ones, the newest first."""
    rows = visible_requests(actor).select_related("taken_by__user", "answered_by__user")
    if answered:
        return [listed(row, today) for row in rows.filter(state=RequestState.ANSWERED).order_by("-answered_on")[:SHOWN]]
    return [listed(row, today) for row in rows.filter(state=RequestState.OPEN)]


@dataclass(frozen=True, slots=True)
class DueClass:
    """A class of retention of which something is due: how much, and the first ones of it."""

    kept: RetentionClass
    period: Period
    count: int
    rows: list[tuple[Due, str]]


def due_classes(actor: Actor, today: date) -> list[DueClass]:
    """Return what is due for deletion by hand or, tonight, by itself; numbers instead of names."""
    if actor.organisation_id is None:
        return []
    periods = periods_of(actor.organisation_id)
    return [
        DueClass(CLASSES[key], periods[key], len(rows), [(one, due_name(one)) for one in rows[:LISTED]])
        for key in ROOTS
        if (rows := due(actor.network, actor.organisation_id, key, today))
    ]


def due_name(one: Due) -> str:
    """Return what a due record is called on a page that names nobody: for a case its number."""
    return case_number(one.object_id)


@dataclass(frozen=True, slots=True)
class Chain:
    """How the chain of the log stands: its last signed head, and when it was verified last."""

    head: SealedHead | None
    verified: Verification | None


def chain_state() -> Chain:
    """Return the state of the chain of the network in scope."""
    return Chain(SealedHead.objects.order_by("-number").first(), Verification.objects.first())


@dataclass(frozen=True, slots=True)
class ToldDeletion:
    """A deletion with words for its class, and for what went: names of kinds and how many."""

    row: Deletion
    label: str
    counts: list[tuple[str, int]]


def told(row: Deletion) -> ToldDeletion:
    """Return a deletion in words."""
    counts = [(str(BY_KEY[key].label), number) for key, number in row.counts.items() if key in BY_KEY]
    return ToldDeletion(row, str(CLASSES[row.key].label), counts)


def proposals(actor: Actor) -> list[ToldDeletion]:
    """Return deletions that wait for a second person."""
    rows = visible_deletions(actor).filter(state=DeletionState.PROPOSED)
    return [told(row) for row in rows.select_related("proposed_by__user")]


@dataclass(frozen=True, slots=True)
class Overview:
    """What needs somebody today."""

    requests: list[Listed]
    due: int
    proposals: list[ToldDeletion]
    chain: Chain | None


def overview(actor: Actor, today: date) -> Overview:
    """Return what is open: requests, deletions, proposals that wait; for the officer the state of the log."""
    return Overview(
        requests=requests(actor, today, answered=False),
        due=sum(one.count for one in due_classes(actor, today) if not one.period.automatic),
        proposals=proposals(actor),
        chain=chain_state() if can_read_audit(actor) else None,
    )


def protocol(actor: Actor, now: datetime) -> list[ToldDeletion]:
    """Return what was deleted in the last three years, the newest first."""
    rows = visible_deletions(actor).exclude(state=DeletionState.PROPOSED).filter(proposed_at__gt=now - PROTOCOL)
    return [told(row) for row in rows.select_related("proposed_by__user", "confirmed_by__user")[:SHOWN]]


@dataclass(frozen=True, slots=True)
class ClassOfData:
    """A class of retention with its period in this organisation, and the kinds of data it covers."""

    kept: RetentionClass
    period: Period
    kinds: list[tuple[Kind, str]]


def classes_of(organisation_id: uuid.UUID | None) -> list[ClassOfData]:
    """Return all classes with their kinds: the list of what is kept, why and how long."""
    periods = periods_of(organisation_id)
    return [
        ClassOfData(one, periods[key], [(kind, str(Erasure(kind.erase).label)) for kind in kinds_of_class(key)])
        for key, one in CLASSES.items()
    ]


@dataclass(frozen=True, slots=True)
class Correctable:
    """A value that may be corrected: where it stands, what it says."""

    kind: Kind
    object_id: uuid.UUID
    field: str
    label: str
    text: str

    @property
    def value(self) -> str:
        """What a choice on the page sends."""
        return f"{self.kind.key}:{self.object_id}:{self.field}"


def correctable(subject: Subject, network: Network) -> list[Correctable]:
    """Return all values of a person that may be corrected, with what they say now."""
    found = []
    for kind in reversed(KINDS):
        for row in kind.told(subject) if kind.correctable else ():
            if kind.key == "person" and row.pk not in subject.people:
                continue
            found += [
                Correctable(kind, row.pk, name, f"{kind.label}: {field_name(name)}", readable(row, name, network))
                for name in kind.correctable
            ]
    return found
