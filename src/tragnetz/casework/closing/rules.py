"""Decisions on ends, merges and splits: pure."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import ClosingReason, TaskKind
from tragnetz.core.months import months_later

AFTER_CARE = {TaskKind.AFTER_3: 3, TaskKind.AFTER_6: 6}  # months after the end
CHOSEN_REASONS = [reason for reason in ClosingReason if reason != ClosingReason.MERGED]
NOBODY_TO_ASK = frozenset({ClosingReason.DIED, ClosingReason.MERGED})


class Shared(StrEnum):
    """What of the household's part may be copied into the new case of a split, each on purpose."""

    EVENTS = "events"
    CONTACTS = "contacts"
    GOALS = "goals"
    RATINGS = "ratings"


SHARED_NAMES = {
    Shared.EVENTS: _("Ereignisse"),
    Shared.CONTACTS: _("Gespräche mit ihren Notizen"),
    Shared.GOALS: _("offene Ziele und Schritte"),
    Shared.RATINGS: _("Einschätzungen der Lebenslagen"),
}


def after_care_days(closed_on: date, reason: str) -> dict[TaskKind, date]:
    """Return when one asks how it goes after an end; nobody is asked whom one cannot ask."""
    if reason in NOBODY_TO_ASK:
        return {}
    return {kind: months_later(closed_on, months) for kind, months in AFTER_CARE.items()}


def can_split(people: int, leaving: Collection[object], grown_up: Collection[object]) -> bool:
    """Whether a household can become two: somebody goes, somebody stays, and an adult is among those who go."""
    return 0 < len(leaving) < people and bool(grown_up)
