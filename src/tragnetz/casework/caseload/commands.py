"""Say what the members of a team can carry."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.caseload.access import can_plan_caseload, visible_team
from tragnetz.casework.caseload.errors import CaseloadError
from tragnetz.casework.caseload.models import Capacity
from tragnetz.casework.caseload.rules import MOST_CASES
from tragnetz.network.actors import Actor


@transaction.atomic
def set_capacities(*, actor: Actor, cases: Mapping[uuid.UUID, int | None]) -> int:
    """Keep how many cases members of one's team carry; nothing takes the number away. Returns how many are known.

    Raises CaseloadError for a number that cannot be, or somebody of another team; then nothing is kept.
    """
    team = {row.pk for row in visible_team(actor)}
    if not can_plan_caseload(actor) or not team.issuperset(cases):
        raise CaseloadError(_("Diese Person gehört nicht zu Ihrem Team."))
    known = {membership: number for membership, number in cases.items() if number is not None}
    if any(not 1 <= number <= MOST_CASES for number in known.values()):
        raise CaseloadError(_("Bitte eine Zahl von 1 bis 200."))
    Capacity.objects.filter(membership__in=cases).delete()
    Capacity.objects.bulk_create(
        Capacity(network=actor.network, membership_id=membership, cases=number) for membership, number in known.items()
    )
    record(actor, "caseload:plan", None, members=len(cases), known=len(known))
    return len(known)
