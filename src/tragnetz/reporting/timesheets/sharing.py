"""Agree how much of a position a project pays."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Programme
from tragnetz.reporting.timesheets.access import can_plan_shares, visible_members
from tragnetz.reporting.timesheets.drafting import share_of
from tragnetz.reporting.timesheets.errors import TimeSheetError
from tragnetz.reporting.timesheets.models import ProjectShare
from tragnetz.reporting.timesheets.rules import Share, too_much


@dataclass(frozen=True, slots=True)
class ShareDetails:
    """How much of a position of so many minutes a week a project pays, from when to when."""

    programme: Programme
    percent: int
    weekly_minutes: int
    starts: date
    ends: date | None = None
    keeps_sheet: bool = False


@transaction.atomic
def agree_share(*, actor: Actor, membership: Membership, details: ShareDetails) -> ProjectShare:
    """Keep a share of somebody of one's team. Raises TimeSheetError; all shares of a day are one position at most."""
    _must_plan(actor, membership)
    wait_for(f"share:{membership.pk}")
    if not details.programme.organisations.filter(pk=membership.organisation_id).exists():
        raise TimeSheetError(_("Ihre Organisation ist an diesem Projekt nicht beteiligt."))
    if details.ends is not None and details.ends < details.starts:
        raise TimeSheetError(_("Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Daten."))
    new = Share(details.programme.key, details.percent, details.weekly_minutes, details.starts, details.ends)
    known = [share_of(row) for row in membership.project_shares.select_related("programme")]
    if too_much(known, new):
        raise TimeSheetError(_("Zusammen wären das mehr als 100 Prozent der Stelle. Beenden Sie zuerst einen Anteil."))
    row = ProjectShare(
        network=actor.network, membership=membership, programme=details.programme, percent=details.percent,
        weekly_minutes=details.weekly_minutes, starts=details.starts, ends=details.ends,
        keeps_sheet=details.keeps_sheet,
    )  # fmt: skip
    row.save()
    record(actor, "share:agree", None, programme=details.programme.key, percent=details.percent)
    return row


@transaction.atomic
def end_share(*, actor: Actor, share: ProjectShare, ends: date) -> ProjectShare:
    """End a share after a day. Raises TimeSheetError."""
    _must_plan(actor, share.membership)
    wait_for(f"share:{share.membership_id}")
    row = ProjectShare.objects.select_for_update().get(pk=share.pk)
    if ends < row.starts:
        raise TimeSheetError(_("Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Daten."))
    if row.ends is not None and ends > row.ends:
        raise TimeSheetError(_("Der Anteil endet schon früher. Legen Sie für die Zeit danach einen neuen an."))
    row.ends = ends
    row.save(update_fields=["ends"])
    record(actor, "share:end", None, programme=row.programme.key)
    return row


def _must_plan(actor: Actor, membership: Membership) -> None:
    if not can_plan_shares(actor) or not visible_members(actor).filter(pk=membership.pk).exists():
        raise TimeSheetError(_("Diese Person gehört nicht zu Ihrem Team."))
