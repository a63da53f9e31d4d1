"""Decisions on the way to work: pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tragnetz.casework.coaching.enums import ApplicationState, Counts, EndReason, Kept, Stage, WorkKind
from tragnetz.core.months import months_later

THREE, SIX = 3, 6  # months after which one asks whether it lasted (facts: aftercare after 3 and 6 months)
MOST_HOURS = Decimal(60)
# From 15 hours a week on nobody is unemployed by law (§ 138 Abs. 3 SGB III); below, it depends on the registration.
UNEMPLOYED_BELOW = Decimal(15)

_S = ApplicationState
TRANSITIONS: Mapping[ApplicationState, frozenset[ApplicationState]] = {
    _S.SENT: frozenset({_S.INTERVIEW, _S.OFFER, _S.REFUSED, _S.PLACED}),
    _S.INTERVIEW: frozenset({_S.OFFER, _S.REFUSED, _S.PLACED}),
    _S.OFFER: frozenset({_S.REFUSED, _S.PLACED}),
    _S.REFUSED: frozenset({_S.SENT, _S.INTERVIEW, _S.OFFER}),  # a refusal is taken back, or was typed by mistake
    _S.PLACED: frozenset(),
}
_EMPLOYMENT = {WorkKind.REGULAR, WorkKind.SUBSIDISED, WorkKind.SELF_EMPLOYED, WorkKind.MINIJOB}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a path, as far as its stage depends on it."""

    has_profile: bool = False
    has_goal: bool = False
    states: Collection[ApplicationState] = ()
    has_interview: bool = False
    is_placed: bool = False
    kept_3: str = ""
    kept_6: str = ""


def can_become(state: ApplicationState, wanted: ApplicationState) -> bool:
    """Whether an application may go from one state to another; to be placed it needs a placement beside."""
    return wanted in TRANSITIONS[state]


def next_states(state: ApplicationState) -> list[ApplicationState]:
    """Return what one may choose next, without placed: that comes with the placement."""
    return [one for one in ApplicationState if one in TRANSITIONS[state] and one is not ApplicationState.PLACED]


def counts_as(kind: WorkKind, hours: Decimal | None) -> Counts:
    """Return what a placement counts as among the results of the European Social Fund (EECR02, EECR04).

    Source: Regulation (EU) 2021/1057, annex I, and its national reading: subsidised work and self-employment count as
    employed, who is registered as unemployed does not, even with some hours of work. With fewer than 15 hours a week,
    or unknown ones, and for an apprenticeship (training, and a contract of work besides) a person has to decide.
    """
    if kind is WorkKind.TRAINING:
        return Counts.EDUCATION
    if kind is WorkKind.APPRENTICESHIP:
        return Counts.CHECK
    if kind in _EMPLOYMENT:
        return Counts.EMPLOYMENT if hours is not None and hours >= UNEMPLOYED_BELOW else Counts.CHECK
    return Counts.NONE


def check_day(starts_on: date, months: int) -> date:
    """Return the day on which a placement has lasted some months; the last day of a shorter month."""
    return months_later(starts_on, months)


def check_due(*, starts_on: date, has_ended: bool, kept_3: str, kept_6: str, today: date) -> int | None:
    """Return after how many months one should ask now whether it lasted: 3, 6, or nothing.

    The later question answers the earlier one, so only one is asked. Of what has ended the answer is known.
    """
    if has_ended or kept_6:
        return None
    if today >= check_day(starts_on, SIX):
        return SIX
    return THREE if not kept_3 and today >= check_day(starts_on, THREE) else None


def kept_at_end(starts_on: date, ended_on: date, reason: EndReason, months: int) -> Kept:
    """Return whether a placement that has ended had lasted some months."""
    if ended_on >= check_day(starts_on, months):
        return Kept.YES
    return Kept.CHANGED if reason is EndReason.BETTER else Kept.NO


def stage(progress: Progress) -> Stage | None:
    """Return how far a path has come; nothing if it has only just begun."""
    reached = {
        Stage.SIX_MONTHS: progress.kept_6 in {Kept.YES, Kept.CHANGED},
        Stage.THREE_MONTHS: progress.kept_3 in {Kept.YES, Kept.CHANGED},
        Stage.PLACED: progress.is_placed,
        Stage.INTERVIEW: progress.has_interview
        or not {ApplicationState.INTERVIEW, ApplicationState.OFFER}.isdisjoint(progress.states),
        Stage.APPLYING: bool(progress.states),
        Stage.GOAL: progress.has_goal,
        Stage.PROFILE: progress.has_profile,
    }
    return next((one for one, is_reached in reached.items() if is_reached), None)
