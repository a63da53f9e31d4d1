"""Write on the net around a household."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, visible_cases
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.networkmap.errors import NetworkMapError
from tragnetz.casework.networkmap.models import Tie
from tragnetz.casework.networkmap.rules import MOST_TIES
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class TieDetails:
    """Somebody or some office, as typed."""

    name: str
    sphere: Sphere
    strength: Strength
    relation: str = ""


@transaction.atomic
def add_tie(*, actor: Actor, case: Case, details: TieDetails, request_key: str) -> Tie:
    """Add somebody to the net; the same key does it once. Raises NetworkMapError when the map is full."""
    _require(actor, case)
    wait_for(f"ties:{case.pk}")  # of the case, for the map is full at a number
    known = case.ties.filter(request_key=request_key).first()
    if known is not None:
        return known
    if case.ties.count() >= MOST_TIES:
        raise NetworkMapError(_("Mehr als 40 passen nicht auf die Karte. Löschen Sie, was nicht mehr wichtig ist."))
    tie = Tie(
        network=actor.network, case=case, compartment=compartment_of(case), request_key=request_key, **asdict(details)
    )
    tie.save()
    record(actor, "net:add", case, sphere=details.sphere, strength=details.strength)
    return tie


@transaction.atomic
def change_tie(*, actor: Actor, tie: Tie, details: TieDetails) -> Tie:
    """Change what is written of somebody. Raises NetworkMapError."""
    _require(actor, tie.case)
    for name, value in asdict(details).items():
        setattr(tie, name, value)
    tie.save(update_fields=list(asdict(details)))
    record(actor, "net:change", tie.case, sphere=details.sphere, strength=details.strength)
    return tie


@transaction.atomic
def remove_tie(*, actor: Actor, tie: Tie) -> None:
    """Delete somebody from the net, for good. Raises NetworkMapError."""
    _require(actor, tie.case)
    record(actor, "net:remove", tie.case)
    tie.delete()


def _require(actor: Actor, case: Case) -> None:
    """Refuse who may not write in this case; whoever may waits until nobody else does."""
    rows = visible_cases(actor).order_by().filter(pk=case.pk).select_for_update(of=("self",))
    if not can_counsel(actor) or rows.first() is None:
        raise NetworkMapError(_("Diesen Fall gibt es nicht."))
