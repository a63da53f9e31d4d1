"""The levels of help, and what speaks for more: pure."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from tragnetz.casework.enums import Indication, Level

# From where to where; the way back from case management is for whoever needs less than was thought.
MOVES: Mapping[Level, frozenset[Level]] = {
    Level.ENQUIRY: frozenset({Level.SHORT, Level.MANAGEMENT}),
    Level.SHORT: frozenset({Level.MANAGEMENT}),
    Level.MANAGEMENT: frozenset({Level.SHORT}),
}
SHORT_CONTACTS = 3  # short counselling is done after so many contacts, or becomes more


class Advice(StrEnum):
    """What the checklist says. It helps to decide and decides nothing."""

    NOTHING = "nothing"
    SHORT = "short"
    BOTH = "both"
    MANAGEMENT = "management"
    UNWANTED = "unwanted"


def advice(found: Collection[str]) -> Advice:
    """Return what speaks for which level: all five criteria speak for case management, without the person's yes none.

    Nothing ticked is nothing said: the list was not gone through.
    """
    if not found:
        return Advice.NOTHING
    reasons = set(found) - {Indication.CONSENT}
    if Indication.CONSENT not in found:
        return Advice.UNWANTED
    if len(reasons) == len(Indication) - 1:
        return Advice.MANAGEMENT
    return Advice.BOTH if reasons else Advice.SHORT


def is_overdue(level: str, contacts: int) -> bool:
    """Whether short counselling had more contacts than it is meant for."""
    return level == Level.SHORT and contacts > SHORT_CONTACTS
