"""Draft, mend, sign and approve a month. What projects pay of a position is agreed in sharing.py."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.reporting.timesheets.access import (
    can_approve,
    can_keep,
    keeps_sheets,
    visible_sheets,
)
from tragnetz.reporting.timesheets.drafting import drafted
from tragnetz.reporting.timesheets.enums import Activity, Origin, SheetState
from tragnetz.reporting.timesheets.errors import TimeSheetError
from tragnetz.reporting.timesheets.models import TimeLine, TimeSheet
from tragnetz.reporting.timesheets.rules import Line, can_move, days_of, hints

MUTABLE = (SheetState.DRAFT, SheetState.RETURNED)
MOST_LINES = 400


@transaction.atomic
def begin_sheet(*, actor: Actor, month: date, today: date) -> TimeSheet:
    """Begin the sheet of a month with what is known of it; asked again it is the one that stands."""
    _must_keep(actor)
    wait_for(f"sheet:{actor.membership_id}:{month}")
    if month.day != 1 or month > today:
        raise TimeSheetError(_("Dieser Monat hat noch nicht begonnen."))
    known = _mine(actor).filter(month=month).exclude(state=SheetState.REPLACED).order_by("-version").first()
    if known is not None:
        return known
    if not keeps_sheets(actor, month):
        raise TimeSheetError(_("In diesem Monat führen Sie keinen Stundennachweis."))
    row = TimeSheet(network=actor.network, membership_id=member_of(actor), month=month)
    row.save()
    _fill(row)
    record(actor, "timesheet:draft", row)
    return row


@transaction.atomic
def draft_again(*, actor: Actor, sheet: TimeSheet) -> TimeSheet:
    """Take what calendar and contacts know now; lines that somebody typed stay."""
    row = _to_mend(actor, sheet)
    row.lines.filter(origin=Origin.DRAFT).delete()
    _fill(row)
    record(actor, "timesheet:draft", row)
    return row


@transaction.atomic
def add_line(*, actor: Actor, sheet: TimeSheet, line: Line) -> TimeLine:
    """Add hours that nobody else knows of. Raises TimeSheetError."""
    row = _to_mend(actor, sheet)
    if line.day not in days_of(row.month):
        raise TimeSheetError(_("Dieser Tag liegt nicht im Monat des Nachweises."))
    if line.activity not in Activity.values:
        raise TimeSheetError(_("Diese Auswahl gibt es nicht. Bitte laden Sie die Seite neu."))
    if row.lines.count() >= MOST_LINES:
        raise TimeSheetError(_("Der Nachweis hat zu viele Zeilen. Fassen Sie Zeiten eines Tages zusammen."))
    programme = _paid_by(row, line)
    made = _lines(row, [line], {programme.key: programme} if programme else {}, Origin.OWN)[0]
    made.save()
    record(actor, "timesheet:change", row)
    return made


@transaction.atomic
def change_line(*, actor: Actor, sheet: TimeSheet, line_id: uuid.UUID, minutes: int) -> TimeLine | None:
    """Mend the minutes of a line, or take it out (0). A line that was mended is one's own from then on."""
    row = _to_mend(actor, sheet)
    line = row.lines.filter(pk=line_id).first()
    if line is None:
        raise TimeSheetError(_("Diese Zeile gibt es nicht mehr. Bitte laden Sie die Seite neu."))
    record(actor, "timesheet:change", row)
    if not minutes:
        line.delete()
        return None
    line.minutes, line.origin = minutes, Origin.OWN
    line.save(update_fields=["minutes", "origin"])
    return line


@transaction.atomic
def sign(*, actor: Actor, sheet: TimeSheet, today: date, now: datetime) -> TimeSheet:
    """Sign one's own sheet: from then on it cannot be changed. Raises TimeSheetError."""
    row = _to_mend(actor, sheet)
    if days_of(row.month)[-1] >= today:
        raise TimeSheetError(_("Der Monat ist noch nicht vorbei. Unterschreiben können Sie ab dem Ersten danach."))
    lines = [Line(one.day, "", one.activity, one.minutes) for one in row.lines.all()]
    if not lines:
        raise TimeSheetError(_("Der Nachweis ist noch leer."))
    full = [day for day, mark in hints(lines, ()) if mark == "full"]
    if full:
        raise TimeSheetError(_("Am %s stehen mehr als 24 Stunden. Bitte prüfen Sie den Tag.") % f"{full[0]:%d.%m.%Y}")
    row.state, row.signed_at, row.returned = SheetState.SIGNED, now, ""
    row.save(update_fields=["state", "signed_at", "returned"])
    record(actor, "timesheet:sign", row)
    return row


@transaction.atomic
def give_back(*, actor: Actor, sheet: TimeSheet, reason: str) -> TimeSheet:
    """Return a signed sheet to whoever signed it, with a word why. Raises TimeSheetError."""
    row = _to_approve(actor, sheet, SheetState.RETURNED)
    if row.membership_id != actor.membership_id and not reason.strip():
        raise TimeSheetError(_("Bitte schreiben Sie kurz, was zu ändern ist."))
    row.state, row.signed_at, row.returned = SheetState.RETURNED, None, reason.strip()[:300]
    row.save(update_fields=["state", "signed_at", "returned"])
    record(actor, "timesheet:return", row)
    return row


@transaction.atomic
def approve(*, actor: Actor, sheet: TimeSheet, now: datetime, on_paper_by: str = "") -> TimeSheet:
    """Approve a signed sheet; it replaces the version approved before. Raises TimeSheetError.

    Nobody approves their own: a lead whose superior has no account notes who signed it on paper.
    """
    row = _to_approve(actor, sheet, SheetState.APPROVED)
    own = row.membership_id == actor.membership_id
    if own and not on_paper_by.strip():
        raise TimeSheetError(
            _("Den eigenen Nachweis gibt jemand anderes frei. Lassen Sie ihn auf Papier unterschreiben.")
        )
    before = TimeSheet.objects.filter(membership=row.membership_id, month=row.month, state=SheetState.APPROVED)
    before.update(state=SheetState.REPLACED)
    row.state, row.approved_at = SheetState.APPROVED, now
    row.approved_by_id = None if own else actor.membership_id
    row.paper_approver = on_paper_by.strip()[:120] if own else ""
    row.save(update_fields=["state", "approved_at", "approved_by", "paper_approver"])
    record(actor, "timesheet:approve", row)
    return row


@transaction.atomic
def correct(*, actor: Actor, sheet: TimeSheet, reason: str) -> TimeSheet:
    """Begin a correction of an approved sheet, with a copy of its lines; until it is approved the old one stands."""
    _must_keep(actor)
    wait_for(f"sheet:{actor.membership_id}:{sheet.month}")
    row = _mine(actor).filter(pk=sheet.pk, state=SheetState.APPROVED).first()
    if row is None:
        raise TimeSheetError(_("Nur einen freigegebenen Nachweis können Sie korrigieren."))
    if not reason.strip():
        raise TimeSheetError(_("Bitte schreiben Sie kurz, was zu ändern ist."))
    begun = _mine(actor).filter(month=row.month).exclude(state__in=[SheetState.APPROVED, SheetState.REPLACED]).first()
    if begun is not None:
        return begun
    newest = _mine(actor).filter(month=row.month).order_by("-version").values_list("version", flat=True)[0]
    new = TimeSheet(
        network=actor.network, membership_id=member_of(actor), month=row.month, version=newest + 1,
        correction=reason.strip()[:300],
    )  # fmt: skip
    new.save()
    TimeLine.objects.bulk_create(
        TimeLine(
            network=actor.network, sheet=new, day=one.day, programme_id=one.programme_id, activity=one.activity,
            minutes=one.minutes, origin=one.origin,
        )
        for one in row.lines.all()
    )  # fmt: skip
    record(actor, "timesheet:correct", new)
    return new


def _fill(sheet: TimeSheet) -> None:
    """Add the lines that are known, but for those that somebody mended."""
    mended = set(sheet.lines.values_list("day", "programme__key", "activity"))
    lines = [
        one for one in drafted(sheet.membership, sheet.month)
        if (one.day, one.programme or None, one.activity) not in mended
    ]  # fmt: skip
    programmes = {row.key: row for row in Programme.objects.filter(key__in={one.programme for one in lines})}
    TimeLine.objects.bulk_create(_lines(sheet, lines, programmes, Origin.DRAFT))


def _lines(sheet: TimeSheet, lines: Iterable[Line], programmes: dict[str, Programme], origin: str) -> list[TimeLine]:
    return [
        TimeLine(
            network_id=sheet.network_id, sheet=sheet, day=one.day, programme=programmes.get(one.programme),
            activity=one.activity, minutes=one.minutes, origin=origin,
        )
        for one in lines
    ]  # fmt: skip


def _paid_by(sheet: TimeSheet, line: Line) -> Programme | None:
    if not line.programme or line.activity == Activity.ABSENT:
        return None
    share = sheet.membership.project_shares.filter(
        Q(ends=None) | Q(ends__gte=line.day), programme__key=line.programme, starts__lte=line.day
    )
    found = share.select_related("programme").first()
    if found is None:
        raise TimeSheetError(_("An diesem Tag bezahlt dieses Projekt keinen Teil Ihrer Stelle."))
    return found.programme


def _mine(actor: Actor) -> QuerySet[TimeSheet]:
    return visible_sheets(actor).filter(membership=actor.membership_id)


def _must_keep(actor: Actor) -> None:
    if not can_keep(actor) or not keeps_sheets(actor):
        raise TimeSheetError(_("Für Ihre Stelle ist kein Stundennachweis vereinbart."))


def _locked(actor: Actor, sheet: TimeSheet) -> TimeSheet:
    row = visible_sheets(actor).select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    if row is None:
        raise TimeSheetError(_("Diesen Nachweis gibt es nicht."))
    return row


def _to_mend(actor: Actor, sheet: TimeSheet) -> TimeSheet:
    row = _locked(actor, sheet)
    if row.membership_id != actor.membership_id:
        raise TimeSheetError(_("Das ist nicht Ihr Nachweis."))
    if row.state not in MUTABLE:
        raise TimeSheetError(_("Der Nachweis ist unterschrieben und kann nicht mehr geändert werden."))
    return row


def _to_approve(actor: Actor, sheet: TimeSheet, state: str) -> TimeSheet:
    row = _locked(actor, sheet)
    takes_back = row.membership_id == actor.membership_id and state == SheetState.RETURNED
    if not can_approve(actor) and not takes_back:
        raise TimeSheetError(_("Das gehört nicht zu Ihren Aufgaben. Bitte fragen Sie Ihre Leitung."))
    if not can_move(row.state, state):
        raise TimeSheetError(_("Dieser Nachweis ist nicht unterschrieben oder schon freigegeben."))
    return row
