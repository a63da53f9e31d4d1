"""Which deadlines go with a claim as it stands: one click leads to their sum, a person confirms the day."""

from dataclasses import dataclass
from datetime import date

from tragnetz.casework.claims.benefits import habit_of
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.queries import Shown
from tragnetz.casework.enums import DeadlineState
from tragnetz.casework.models import Case, Deadline
from tragnetz.deadlines.book import Rule, rules

_BEFORE = frozenset({ClaimState.PLANNED, ClaimState.PAPERS})
# After a refusal: deadlines by which another benefit can still be asked for from an earlier day, the shortest first.
_INSTEAD = ("again_soon", "housing_after", "again")
_DECIDED = frozenset({ClaimState.GRANTED, ClaimState.REFUSED})


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule of the law that fits: from which day it counts (nothing: it is asked); the deadline if it is kept."""

    rule: Rule
    start_on: date | None
    kept: Deadline | None


def offer_for(case: Case, one: Shown, today: date) -> Offer | None:
    """Return the deadline that goes with a claim: to keep the month, to answer, or to object."""
    habit, state = habit_of(one.row.benefit), ClaimState(one.row.state)
    start: date | None = None
    if state in _BEFORE:
        key, start = habit.claim, None if habit.event else today
    elif state in _DECIDED:
        key, start = habit.remedy, one.row.state_on
    else:
        key = "cooperate" if state == ClaimState.ASKED_BACK else ""
    rule = rules().get(key)
    if rule is None:
        return None
    kept = case.deadlines.filter(rule=key, compartment=one.row.compartment_id, state=DeadlineState.OPEN).first()
    return Offer(rule, start, kept)


def instead_of(one: Shown) -> tuple[Rule, ...]:
    """Return the deadlines to ask for another benefit in place of one that was refused (§ 28 SGB X, § 25 WoGG)."""
    if one.row.state != ClaimState.REFUSED:
        return ()
    return tuple(rules()[key] for key in _INSTEAD if (key, one.row.benefit) != ("housing_after", "wohngeld"))
