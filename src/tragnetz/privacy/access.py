"""Who sees what of privacy: the data-protection officer sees no content, the lead no log of the team's every step."""

from django.db.models import Q, QuerySet

from tragnetz.casework.models import Case
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.models import Contact
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, Reach, may, reach
from tragnetz.privacy.models import Deletion, Request


def can_see_privacy(actor: Actor) -> bool:
    """Whether somebody has work with privacy: the page with all that is due."""
    return may(actor, Deed.RIGHTS_SEE)


def can_read_audit(actor: Actor) -> bool:
    """Whether somebody reads the log of events."""
    return may(actor, Deed.AUDIT_READ)


def can_read_trail(actor: Actor) -> bool:
    """Whether somebody reads who looked at a record."""
    return may(actor, Deed.TRAIL_READ)


def can_take_requests(actor: Actor) -> bool:
    """Whether somebody takes down what a person demands."""
    return may(actor, Deed.RIGHTS_TAKE)


def can_handle_requests(actor: Actor) -> bool:
    """Whether somebody carries a request out: copies, corrects, restricts, erases, answers."""
    return may(actor, Deed.RIGHTS_HANDLE)


def can_see_retention(actor: Actor) -> bool:
    """Whether somebody sees what is due for deletion."""
    return may(actor, Deed.RETENTION_SEE)


def can_propose(actor: Actor) -> bool:
    """Whether somebody proposes deletions, or puts them off."""
    return may(actor, Deed.RETENTION_PROPOSE)


def can_confirm(actor: Actor) -> bool:
    """Whether somebody confirms deletions that another person proposed."""
    return may(actor, Deed.RETENTION_CONFIRM)


def can_set_retention(actor: Actor) -> bool:
    """Whether somebody decides how long what is kept."""
    return may(actor, Deed.RETENTION_SET)


def tracked_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases for which somebody may ask who read them: restricted ones, too."""
    return _cases(actor, reach(actor, Deed.TRAIL_READ))


def cases_for_requests(actor: Actor) -> QuerySet[Case]:
    """Return the cases for whose people somebody may take down a request."""
    return _cases(actor, reach(actor, Deed.RIGHTS_TAKE))


def contacts_for_requests(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts for whom somebody may take down a request: also of those who have no case."""
    rows = visible_contacts(actor)
    return rows if may(actor, Deed.RIGHTS_TAKE) else rows.none()


def _cases(actor: Actor, far: Reach) -> QuerySet[Case]:
    rows = Case.objects.filter(organisation=actor.organisation_id)
    if far >= Reach.ORGANISATION:
        return rows
    own = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id)
    return rows.filter(own) if far == Reach.OWN else rows.none()


def visible_requests(actor: Actor) -> QuerySet[Request]:
    """Return the requests to an organisation, for its lead and its data-protection officer."""
    rows = Request.objects.filter(organisation=actor.organisation_id)
    return rows if may(actor, Deed.RIGHTS_SEE) else rows.none()


def visible_deletions(actor: Actor) -> QuerySet[Deletion]:
    """Return the deletions of an organisation."""
    # What went of the log itself belongs to all: the chain is the network's.
    rows = Deletion.objects.filter(Q(organisation=actor.organisation_id) | Q(organisation=None))
    return rows if may(actor, Deed.RETENTION_SEE) else rows.none()
