"""Who plans what. The lead plans the own organisation; a counsellor enters the own absences; the desk reads."""

import uuid

from django.utils.translation import gettext as _

from tragnetz.appointments.planning.errors import NotAllowedError
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, Reach, may, reach


def can_see_plan(actor: Actor) -> bool:
    """Whether somebody sees who works when. Of other organisations only free and busy times are shown, to anybody."""
    return may(actor, Deed.PLAN_SEE)


def can_plan(actor: Actor) -> bool:
    """Whether somebody plans an organisation."""
    return may(actor, Deed.PLAN_CHANGE)


def can_enter_absence(actor: Actor, membership_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Whether somebody says when a colleague is away: the lead for all of the organisation, everybody for oneself."""
    if reach(actor, Deed.ABSENCE_ENTER) >= Reach.ORGANISATION:
        return organisation_id == actor.organisation_id
    return may_enter_absences(actor) and membership_id == actor.membership_id


def may_enter_absences(actor: Actor) -> bool:
    """Whether somebody enters absences at all, their own or others'."""
    return may(actor, Deed.ABSENCE_ENTER)


def must_plan(actor: Actor) -> None:
    """Let a lead through. Raises NotAllowedError for everybody else."""
    if not can_plan(actor):
        raise NotAllowedError(_("Das darf nur die Leitung."))
