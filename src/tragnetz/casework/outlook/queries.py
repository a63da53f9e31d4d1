"""Read what is foreseen: for the cases that somebody works on, and for one case."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.clients.recipients import recipient_of
from tragnetz.messaging.enums import Channel, Template
from tragnetz.messaging.rules import render, way_to
from tragnetz.network.actors import Actor
from tragnetz.network.queries import told_phone
from tragnetz.screening.household_words import names_of
from tragnetz.screening.outlook.enums import ForeseenKind, ForeseenState
from tragnetz.screening.outlook.models import Foreseen
from tragnetz.screening.outlook.queries import allowed_outlooks, foreseen_of
from tragnetz.screening.outlook.rules import OPEN, first_of
from tragnetz.screening.outlook.words import sentence
from tragnetz.screening.rulebook import current_book

MOST = 200
SOON_MONTHS = 3
GAINS = frozenset({ForeseenKind.NEW, ForeseenKind.MORE})


@dataclass(frozen=True, slots=True)
class Shown:
    """Something foreseen in words; `gains` when there is more money, `is_open` while somebody may act on it."""

    row: Foreseen
    text: str
    gains: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """The message that asks a person to call: how it would go out, and its exact words. No way: nobody may write."""

    text: str
    way: str


@dataclass(frozen=True, slots=True)
class CaseOutlook:
    """A case with what is foreseen for its household, the next first."""

    case: Case
    entries: tuple[Shown, ...]
    invitation: Invitation | None = None

    @property
    def new(self) -> int:
        """How much nobody has seen yet."""
        return sum(one.row.state == ForeseenState.NEW for one in self.entries)


def shown(rows: Collection[Foreseen]) -> tuple[Shown, ...]:
    """Return what is foreseen in words."""
    names = names_of(current_book()) if rows else {}
    return tuple(Shown(row, sentence(row, names), row.kind in GAINS, row.state in OPEN) for row in rows)


def coming(actor: Actor, today: date, *, own: bool, months: int = SOON_MONTHS) -> list[CaseOutlook]:
    """Return the open cases for which something is foreseen that nobody has settled, the next first.

    `own`: only those that the actor works on. It leaves an audit event, and takes the same number of queries for any
    number of cases.
    """
    cases = visible_cases(actor).filter(state=CaseState.OPEN, merged_into=None)
    if own:
        cases = cases.filter(counsellor=actor.membership_id) | cases.filter(deputy=actor.membership_id)
    rows = list(
        Foreseen.objects.filter(
            outlook__in=allowed_outlooks(today), outlook__household__in=cases.order_by().values("household"),
            state__in=OPEN, month__lte=first_of(today, months),
        ).select_related("outlook")[:MOST]
    )  # fmt: skip
    found: dict[uuid.UUID, list[Foreseen]] = {}
    for row in rows:
        found.setdefault(row.outlook.household_id, []).append(row)
    by_household = {
        case.household_id: case
        for case in cases.filter(household__in=list(found)).select_related("contact", "counsellor__user", "network")
    }
    record(actor, "outlook:list", None, cases=len(by_household), rows=len(rows))
    words = {one.row.pk: one for one in shown(rows)}
    phone = told_phone()
    return [
        CaseOutlook(
            by_household[household], tuple(words[row.pk] for row in mine), invitation(by_household[household], phone)
        )
        for household, mine in found.items()
        if household in by_household
    ]


def coming_count(actor: Actor, today: date, *, own: bool) -> int:
    """Return how many things soon to come nobody has seen yet."""
    cases = visible_cases(actor).filter(state=CaseState.OPEN, merged_into=None)
    if own:
        cases = cases.filter(counsellor=actor.membership_id) | cases.filter(deputy=actor.membership_id)
    return Foreseen.objects.filter(
        outlook__in=allowed_outlooks(today), outlook__household__in=cases.order_by().values("household"),
        state=ForeseenState.NEW, month__lte=first_of(today, SOON_MONTHS),
    ).count()  # fmt: skip


def case_entries(case: Case, today: date) -> tuple[Shown, ...]:
    """Return all that is foreseen for a case, settled things too."""
    return shown(list(foreseen_of(case.household, today)))


def entry_of(case: Case, entry_id: uuid.UUID, today: date) -> Foreseen | None:
    """Return one thing that is foreseen for a case."""
    return foreseen_of(case.household, today).select_related("outlook").filter(pk=entry_id).first()


def invitation(case: Case, phone: str) -> Invitation | None:
    """Return the message that would ask the person to call a number; nothing where a case has nobody to reach."""
    if case.contact is None:
        return None
    recipient = recipient_of(case.contact)
    way = way_to(recipient)
    rendered = render(
        Template.OUTLOOK, params={"phone": phone}, zone=case.network.zone, code="",
        language=recipient.language, channel=way.channel if way else Channel.SMS,
    )  # fmt: skip
    return Invitation(rendered.body, str(Channel(way.channel).label) if way else "")
