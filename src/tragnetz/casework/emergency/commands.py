"""Take emergency access, and look at what was taken."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.emergency.access import reachable_cases, visible_emergencies
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import EmergencyAccess
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may

LASTS = timedelta(hours=24)
SHORTEST_REASON = 10
LONGEST_REASON = 2000


@transaction.atomic
def take_emergency_access(*, actor: Actor, case_id: uuid.UUID, reason: str, now: datetime) -> EmergencyAccess:
    """Open a case of one's organisation for a day. Raises CaseworkError without the role, the case or a real reason."""
    case = reachable_cases(actor).filter(pk=case_id).first()
    if case is None or actor.membership_id is None:
        raise CaseworkError(_("Diesen Fall gibt es nicht."))
    why = reason.strip()[:LONGEST_REASON]
    if len(why) < SHORTEST_REASON:
        raise CaseworkError(_("Bitte schreiben Sie, warum Sie diesen Fall jetzt brauchen."))
    access = EmergencyAccess(
        network=actor.network, case=case, membership_id=actor.membership_id, reason=why, begun_at=now,
        ends_at=now + LASTS,
    )  # fmt: skip
    access.save()
    record(actor, "emergency:take", case)
    return access


@transaction.atomic
def settle_emergency(*, actor: Actor, access: EmergencyAccess, now: datetime, ends: bool = False) -> EmergencyAccess:
    """Say that the lead has looked at an emergency access, and end it at once if it was wrong."""
    row = visible_emergencies(actor).select_for_update(of=("self",)).filter(pk=access.pk).first()
    if row is None or not may(actor, Deed.EMERGENCY_SETTLE):
        raise CaseworkError(_("Das darf nur die Leitung."))
    row.seen_by_id, row.seen_at = actor.membership_id, now
    if ends and row.ends_at > now:
        row.ends_at = now
    row.save(update_fields=["seen_by", "seen_at", "ends_at"])
    record(actor, "emergency:settle", row.case, ends=ends)
    return row
