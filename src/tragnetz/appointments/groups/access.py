"""Who may do what with groups. Groups are known to all who counsel; who comes is known to the organisation alone."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import GroupState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Group, Registration
from tragnetz.clients.access import unrestricted
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_see_groups(actor: Actor) -> bool:
    """Whether somebody tells people about groups."""
    return may(actor, Deed.GROUP_SEE)


def can_plan_groups(actor: Actor) -> bool:
    """Whether somebody makes groups for their organisation."""
    return may(actor, Deed.GROUP_PLAN)


def visible_groups(actor: Actor) -> QuerySet[Group]:
    """Return all groups of the network that are no drafts, and the drafts of one's own organisation."""
    if not can_see_groups(actor):
        return Group.objects.none()
    return Group.objects.filter(~Q(state=GroupState.DRAFT) | Q(organisation=actor.organisation_id))


def can_change(actor: Actor, group: Group) -> bool:
    """Whether somebody plans and leads this group: leads and counsellors of its organisation."""
    return can_plan_groups(actor) and group.organisation_id == actor.organisation_id


def must_change(actor: Actor, group: Group) -> None:
    """Raise NotPossibleError unless the actor plans this group, or is the system."""
    if actor.kind != "system" and not can_change(actor, group):
        raise NotPossibleError(_("Diese Gruppe ändert nur die Organisation, die sie anbietet."))


def visible_registrations(actor: Actor) -> QuerySet[Registration]:
    """Return who comes to the groups of one's own organisation, but those whose data may only be kept."""
    rows = unrestricted(actor, Registration.objects.filter(group__organisation=actor.organisation_id))
    return rows if can_see_groups(actor) else rows.none()
