"""Reads of the net around a household."""

import uuid
from dataclasses import dataclass

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.models import Case
from tragnetz.casework.networkmap.access import visible_ties
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.networkmap.models import Tie
from tragnetz.casework.networkmap.rules import HEIGHT, WIDTH, Knot, knots
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class NetView:
    """A case's net: its ties in the order of spheres, each with its place on the map, and how many of each strength."""

    case: Case
    ties: list[tuple[Tie, Knot]]
    counts: list[tuple[Strength, int]]
    width: int = WIDTH
    height: int = HEIGHT


def net_view(actor: Actor, case_id: uuid.UUID) -> NetView | None:
    """Return the net of a case, and leave an audit event; nothing if the case is not for this actor."""
    rows = visible_cases(actor).select_related("contact", "counsellor__user", "deputy__user", "programme")
    case = rows.filter(pk=case_id).first()
    if case is None:
        return None
    record(actor, "net:read", case)
    order = list(Sphere)
    ties = sorted(visible_ties(actor).filter(case=case), key=lambda tie: order.index(Sphere(tie.sphere)))
    places = knots([tie.name for tie in ties])
    counts = [(strength, sum(tie.strength == strength for tie in ties)) for strength in Strength]
    return NetView(case, list(zip(ties, places, strict=True)), counts)


def tie_of(actor: Actor, tie_id: uuid.UUID) -> Tie | None:
    """Return a tie; nothing if it is not for this actor."""
    return visible_ties(actor).select_related("case__contact").filter(pk=tie_id).first()
