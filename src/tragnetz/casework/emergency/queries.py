"""Find the case that somebody needs in an emergency; tell what nobody has looked at yet."""

from django.db.models import Q

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.emergency.access import can_see, reachable_cases, visible_emergencies
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, EmergencyAccess
from tragnetz.clients.names.queries import at_most, entries_like
from tragnetz.clients.names.rules import Match, asked
from tragnetz.network.actors import Actor

MOST = 10
MOST_UNSEEN = 20


def find_closed(actor: Actor, typed: str) -> list[Case]:
    """Return the open cases of one's organisation with somebody of this name, that one does not see already.

    The search itself leaves an event: whoever looks for somebody here says so.
    """
    if actor.organisation_id is None or not asked(typed):
        return []
    entries = entries_like(typed, actor.organisation_id).filter(at_most(Match.SOUND))
    whose = Q(contact__in=entries.exclude(contact=None).values("contact")) | Q(
        household__in=entries.exclude(person=None).values("person__household")
    )
    rows = reachable_cases(actor).filter(whose, state=CaseState.OPEN).exclude(pk__in=visible_cases(actor).values("pk"))
    found = list(rows.select_related("contact", "counsellor__user", "deputy__user").distinct()[:MOST])
    record(actor, "emergency:find", None, rows=len(found))
    return found


def unseen_emergencies(actor: Actor) -> list[EmergencyAccess]:
    """Return what the lead has not looked at yet, the oldest first: work for the lead, and open for the officer."""
    if not can_see(actor):
        return []
    return list(visible_emergencies(actor).filter(seen_at=None).order_by("begun_at", "pk")[:MOST_UNSEEN])
