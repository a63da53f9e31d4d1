"""Who plans what. The lead plans the own organisation; a counsellor enters the own absences; the desk reads."""

import uuid

from django.utils.translation import gettext as _

from tragnetz.appointments.planning.errors import NotAllowedError
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role


def can_see_plan(actor: Actor) -> bool:
    """Whether somebody sees who works when. Of other organisations only free and busy times are shown, to anybody."""
    return actor.is_staff and actor.has(Role.LEAD, Role.COUNSELLOR, Role.INTAKE)


def can_plan(actor: Actor) -> bool:
    """Whether somebody plans an organisation."""
    return actor.is_staff and actor.has(Role.LEAD)


def can_enter_absence(actor: Actor, membership_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Whether somebody says when a colleague is away: the lead for all of the organisation, everybody for oneself."""
    if can_plan(actor):
        return organisation_id == actor.organisation_id
    return actor.is_staff and actor.has(Role.COUNSELLOR) and membership_id == actor.membership_id


def must_plan(actor: Actor) -> None:
    """Let a lead through. Raises NotAllowedError for everybody else."""
    if not can_plan(actor):
        raise NotAllowedError(_("Das darf nur die Leitung."))
