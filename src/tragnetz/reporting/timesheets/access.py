"""Whose sheets one sees: one's own, and as a lead what the team has signed."""

from datetime import date

from django.db.models import Q, QuerySet

from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.network.policy import Deed, may
from tragnetz.reporting.timesheets.enums import SheetState
from tragnetz.reporting.timesheets.models import ProjectShare, TimeSheet
from tragnetz.reporting.timesheets.rules import days_of


def can_keep(actor: Actor) -> bool:
    """Whether somebody may write down hours."""
    return may(actor, Deed.TIMESHEET_KEEP)


def can_approve(actor: Actor) -> bool:
    """Whether somebody approves the sheets of a team."""
    return may(actor, Deed.TIMESHEET_APPROVE)


def can_plan_shares(actor: Actor) -> bool:
    """Whether somebody says how much of a position a project pays."""
    return may(actor, Deed.SHARE_PLAN)


def can_see_hours(actor: Actor) -> bool:
    """Whether somebody sees the sums of whole projects."""
    return may(actor, Deed.HOURS_SEE)


def keeps_sheets(actor: Actor, month: date | None = None) -> bool:
    """Whether a project pays somebody by hours that must be written down: at some time, or in a month."""
    if not can_keep(actor):
        return False
    rows = ProjectShare.objects.filter(membership=actor.membership_id, keeps_sheet=True)
    if month is not None:
        rows = rows.filter(Q(ends=None) | Q(ends__gte=month), starts__lte=days_of(month)[-1])
    return rows.exists()


def visible_sheets(actor: Actor) -> QuerySet[TimeSheet]:
    """Return one's own sheets, and for a lead those of the team that were signed: a draft is nobody else's business."""
    mine = Q(membership=actor.membership_id)
    if not can_approve(actor):
        return TimeSheet.objects.filter(mine) if can_keep(actor) else TimeSheet.objects.none()
    handed_in = [SheetState.SIGNED, SheetState.APPROVED, SheetState.REPLACED]
    return TimeSheet.objects.filter(mine | Q(membership__organisation=actor.organisation_id, state__in=handed_in))


def visible_members(actor: Actor) -> QuerySet[Membership]:
    """Return for whom a lead may agree on shares: who works in the organisation."""
    if not can_plan_shares(actor):
        return Membership.objects.none()
    return Membership.objects.filter(organisation=actor.organisation_id, ended_on=None)
