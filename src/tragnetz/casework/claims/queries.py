"""Read claims: of a case, those that a day must not miss, and what they brought."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from tragnetz.casework.access import visible_cases
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.claims.names import benefit_names, name_of
from tragnetz.casework.claims.rules import (
    MOVES,
    OPEN,
    ORDER,
    RENEWABLE,
    SOON,
    Grant,
    Instalment,
    money,
    next_step,
)
from tragnetz.casework.enums import CaseState
from tragnetz.casework.keys import load_keys
from tragnetz.casework.models import Case
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor

MOST = 50
# A state that means something else where one comes from.
WORDS: Mapping[tuple[ClaimState, ClaimState], str] = {
    (ClaimState.GRANTED, ClaimState.GRANTED): "neuer Bescheid, anderer Betrag",
    (ClaimState.ASKED_BACK, ClaimState.SENT): "Antwort abgegeben",
    (ClaimState.PAPERS, ClaimState.PLANNED): "Unterlagen sind da",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as pages show it: `next` is what to do, `grant` the last that holds, `to_renew` that it is time."""

    row: Claim
    name: str
    office: str
    next: str
    grant: ClaimMove | None
    to_renew: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something before it is decided."""
        return self.row.state in OPEN

    @property
    def moves(self) -> list[ClaimMove]:
        """All moves, the latest first; those that were taken back, too."""
        return list(reversed(self.row.moves.all()))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states that it may get now, the most usual first."""
        now = ClaimState(self.row.state)
        return [(state.value, WORDS.get((now, state)) or str(state.label)) for state in MOVES[now]]

    @property
    def can_renew(self) -> bool:
        """Whether it may be asked for again."""
        return self.row.state in RENEWABLE

    @property
    def can_undo(self) -> bool:
        """Whether there is a move to take back."""
        holding = [move for move in self.row.moves.all() if move.undone_at is None]
        return len(holding) > 1 and self.row.state != ClaimState.RENEWED


def shown(row: Claim, names: dict[str, str], today: date, language: str = "de") -> Shown:
    """Return a claim, read with its office and moves, in words."""
    grants = [move for move in row.moves.all() if move.state == ClaimState.GRANTED and move.undone_at is None]
    grant = grants[-1] if grants else None
    until = grant.until_on if grant else None
    office = choose(row.office.name, language).text if row.office else str(row.office_words)
    return Shown(
        row, name_of(row, names), office, next_step(row.state, row.state_on, row.renew_on, until, today), grant,
        row.state == ClaimState.GRANTED and row.renew_on is not None and row.renew_on <= today + SOON,
    )  # fmt: skip


def with_moves(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return claims with what `shown` reads."""
    moves = ClaimMove.objects.select_related("author__user").order_by("recorded_at", "id")
    return rows.select_related("office", "author__user", "renews", "renewed_by").prefetch_related(
        Prefetch("moves", moves)
    )


def claims_of(case: Case, today: date) -> list[Shown]:
    """Return the claims of a case: what needs something done first."""
    rows = list(with_moves(case.claims.all()))
    names = benefit_names(row.benefit for row in rows)
    order = {state: number for number, state in enumerate(ORDER)}
    found = [shown(row, names, today) for row in rows]
    return sorted(found, key=lambda one: (order[ClaimState(one.row.state)], one.row.state_on, one.row.pk))


def claim_of(case: Case, claim_id: uuid.UUID, today: date) -> Shown | None:
    """Return one claim of a case."""
    rows = with_moves(case.claims.select_related("network", "case__contact", "compartment__person"))
    row = rows.filter(pk=claim_id).first()
    return shown(row, benefit_names([row.benefit]), today) if row is not None else None


def pressing_claims(actor: Actor, day: date, *, own: bool) -> list[Shown]:
    """Return the claims that somebody must see on a day: an office asked, or money ends soon; the oldest first.

    With `own` those of one's own cases and of those one stands in for. Three queries, four if names are sealed.
    """
    cases = visible_cases(actor).filter(state=CaseState.OPEN).order_by()
    if own:
        cases = cases.filter(Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id))
    presses = Q(state=ClaimState.GRANTED, renew_on__lte=day + SOON) | Q(
        state=ClaimState.ASKED_BACK, state_on__lte=day
    )  # fmt: skip
    rows = Claim.objects.filter(presses, case__in=cases).select_related("case__contact", "case__counsellor__user")
    found = list(
        rows.prefetch_related(Prefetch("moves", ClaimMove.objects.defer("note")))
        .order_by("state", "state_on", "pk")
        .defer("title", "office_words", "reference")[:MOST]
    )
    nameless = [row for row in found if not row.benefit]  # their names are sealed
    if nameless:
        load_keys([row.case_id for row in nameless])
        named = rows.in_bulk([row.pk for row in nameless])
        for row in nameless:
            row.title = named[row.pk].title
    names = benefit_names(row.benefit for row in found)
    return [_pressing(row, names, day) for row in found]


def pressing_in(case: Case, day: date) -> tuple[int, int]:
    """Return to how many claims of a case an office wants an answer, and how many it is time to renew; one query."""
    found = case.claims.aggregate(
        asked=Count("pk", filter=Q(state=ClaimState.ASKED_BACK)),
        renew=Count("pk", filter=Q(state=ClaimState.GRANTED, renew_on__lte=day + SOON)),
    )
    return found["asked"], found["renew"]


def _pressing(row: Claim, names: dict[str, str], day: date) -> Shown:
    grants = [move for move in row.moves.all() if move.state == ClaimState.GRANTED and move.undone_at is None]
    return Shown(
        row, name_of(row, names), "", row.get_state_display(), grants[-1] if grants else None,
        row.renew_on is not None and row.renew_on <= day + SOON,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likely:
    """A benefit that came out of the kept check: EUR a month if the law names any, whether it is asked for."""

    key: str
    name: str
    amount: float | None
    has_claim: bool


def likely_of(case: Case) -> tuple[date | None, list[Likely]]:
    """Return the day of the last check that was kept for the household, and its benefits, the highest amount first."""
    record = case.household.records.order_by("-kept_at").first()
    if record is None:
        return None, []
    paid: dict[str, float | None] = json.loads(record.content)["paid"]
    names = benefit_names(paid)
    ended = {ClaimState.LAPSED, ClaimState.RENEWED, ClaimState.WITHDRAWN}
    asked = set(case.claims.exclude(state__in=ended).values_list("benefit", flat=True))
    found = [Likely(key, names[key], amount, key in asked) for key, amount in paid.items()]
    return record.on, sorted(found, key=lambda one: (-(one.amount or 0), one.name))


def won_by(cases: QuerySet[Case] | Iterable[Case], upto: date) -> dict[uuid.UUID, list[Instalment]]:
    """Return for each case what offices granted it until a day, by month; one query, nothing sealed is read.

    Only what was granted counts: no estimate, no part of a month. What was taken back does not count.
    """
    rows = (
        ClaimMove.objects.filter(case__in=cases, undone_at=None, state__in=(ClaimState.GRANTED, ClaimState.LAPSED))
        .order_by("claim_id", "recorded_at", "id")
        .values_list("case_id", "claim_id", "state", "happened_on", "rhythm", "amount", "from_on", "until_on")
    )
    grants: defaultdict[tuple[uuid.UUID, uuid.UUID], list[Grant]] = defaultdict(list)
    stops: dict[uuid.UUID, date] = {}
    for case_id, claim_id, state, happened_on, rhythm, amount, from_on, until_on in rows:
        if from_on is not None:
            grants[case_id, claim_id].append(Grant(rhythm, amount, from_on, until_on))
        if state == ClaimState.LAPSED:
            stops[claim_id] = happened_on
    won: defaultdict[uuid.UUID, list[Instalment]] = defaultdict(list)
    for (case_id, claim_id), given in grants.items():
        won[case_id] += money(given, upto, stops.get(claim_id))
    return dict(won)


def won_of(case: Case, upto: date) -> Decimal:
    """Return the money that a case was granted until a day."""
    return sum((one.amount for one in won_by([case], upto).get(case.pk, [])), Decimal())
