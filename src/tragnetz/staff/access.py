"""Who manages the people of an organisation. Other organisations' people do not exist here."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.network.policy import Deed, may
from tragnetz.staff.errors import NotAllowedError
from tragnetz.staff.models import Invitation


def can_manage(actor: Actor) -> bool:
    """Whether somebody invites, gives roles, and ends access, in the own organisation."""
    return may(actor, Deed.STAFF_MANAGE)


def can_see_state(actor: Actor) -> bool:
    """Whether somebody sees what is wrong with the installation and with the own organisation in it."""
    return may(actor, Deed.STATE_SEE)


def can_answer_remarks(actor: Actor) -> bool:
    """Whether somebody reads and answers what is said about site and program."""
    return may(actor, Deed.REMARK_ANSWER)


def must_answer_remarks(actor: Actor) -> None:
    """Let somebody through who answers remarks. Raises NotAllowedError for everybody else."""
    if not can_answer_remarks(actor):
        raise NotAllowedError(_("Das darf nur die Verwaltung oder die Redaktion."))


def must_manage(actor: Actor, organisation_id: object) -> None:
    """Let an administrator of the organisation through. Raises NotAllowedError for everybody else."""
    if not can_manage(actor) or organisation_id != actor.organisation_id:
        raise NotAllowedError(_("Das darf nur die Verwaltung der Organisation."))


def manager(actor: Actor) -> tuple[uuid.UUID, uuid.UUID]:
    """Return an administrator's organisation and account. Raises NotAllowedError for everybody else."""
    must_manage(actor, actor.organisation_id)
    if actor.organisation_id is None or actor.user_id is None:  # staff have both
        raise NotAllowedError(_("Das darf nur die Verwaltung der Organisation."))
    return actor.organisation_id, actor.user_id


def visible_members(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships of the actor's organisation, those that have ended too."""
    rows = Membership.objects.filter(organisation=actor.organisation_id).select_related("user", "organisation")
    return rows if can_manage(actor) else rows.none()


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations of the actor's organisation that are neither accepted nor withdrawn."""
    rows = Invitation.objects.filter(organisation=actor.organisation_id, accepted_at=None, withdrawn_at=None)
    return rows if can_manage(actor) else rows.none()
