"""Who picks up the lines, and who plans it."""

from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_pick_up(actor: Actor) -> bool:
    """Whether somebody may sign on at a line: intake, and counsellors who step in."""
    return may(actor, Deed.LINE_PICK_UP)


def can_plan_lines(actor: Actor) -> bool:
    """Whether somebody plans who picks up: leads, each for the people of the own organisation."""
    return may(actor, Deed.LINE_PLAN)
