"""A sheet on paper and as a table. No client stands in it."""

import uuid

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.core.downloads import file_answer
from tragnetz.core.spreadsheets import as_csv
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.reporting.timesheets.access import can_keep
from tragnetz.reporting.timesheets.enums import SheetState
from tragnetz.reporting.timesheets.models import TimeSheet
from tragnetz.reporting.timesheets.queries import SheetView, sheet_view
from tragnetz.reporting.timesheets.rules import clock
from tragnetz.workspace.entry import staff
from tragnetz.workspace.timesheets.views import found_sheet


@staff(can_keep)
@require_safe
def pdf(request: NetworkRequest, sheet_id: uuid.UUID) -> HttpResponse:
    """Give a sheet as PDF/UA, with its signatures or lines for them."""
    row = found_sheet(request, sheet_id)
    record(request.actor, "timesheet:export", row)
    content = render_pdf("timesheet", printed(sheet_view(row)), language="de")
    return file_answer(content, f"stundennachweis-{row.month:%Y-%m}.pdf")


@staff(can_keep)
@require_safe
def table(request: NetworkRequest, sheet_id: uuid.UUID) -> HttpResponse:
    """Give a sheet as CSV: day, project, activity, hours."""
    row = found_sheet(request, sheet_id)
    record(request.actor, "timesheet:export", row)
    rows = [[_("Tag"), _("Projekt"), _("Tätigkeit"), _("Stunden")]]
    for day in sheet_view(row).days:
        for line in day.lines:
            project = line.programme.short_name if line.programme else _("andere Arbeit")
            hours = f"{line.minutes / 60:.2f}".replace(".", ",")
            rows.append([f"{line.day:%d.%m.%Y}", project, str(line.get_activity_display()), hours])
    return file_answer(as_csv(rows), f"stundennachweis-{row.month:%Y-%m}.csv")


def printed(view: SheetView) -> dict[str, object]:
    """Return what stands on the paper."""
    sheet, member = view.sheet, view.sheet.membership
    return {
        "title": _("Stundennachweis"), "month": date_format(sheet.month, "F Y"),
        "network": choose(sheet.network.name, "de").text, "name": str(member.user),
        "organisation": member.organisation.name, "version": _version(sheet),
        "rows": [
            [
                f"{line.day:%d.%m.}", line.programme.short_name if line.programme else _("andere Arbeit"),
                str(line.get_activity_display()), clock(line.minutes),
            ]
            for day in view.days
            for line in day.lines
        ],
        "sums": [
            [
                one.programme.short_name if one.programme else _("andere Arbeit"), clock(one.minutes),
                clock(one.expected) if one.expected is not None else "–",
            ]
            for one in view.sums
        ],
        "worked": clock(view.minutes), "absent": clock(view.absent),
        "signed": _signed(sheet), "approved": _approved(sheet),
    }  # fmt: skip


def _version(sheet: TimeSheet) -> str:
    if sheet.version == 1:
        return ""
    return _("Korrektur, Fassung %(version)s: %(why)s") % {"version": sheet.version, "why": sheet.correction}


def _signed(sheet: TimeSheet) -> str:
    if sheet.signed_at is None:
        return ""
    day = sheet.signed_at.astimezone(sheet.network.zone)
    return _("in Tragnetz unterschrieben am %s") % f"{day:%d.%m.%Y}"


def _approved(sheet: TimeSheet) -> str:
    if sheet.state not in {SheetState.APPROVED, SheetState.REPLACED} or sheet.approved_at is None:
        return ""
    day = f"{sheet.approved_at.astimezone(sheet.network.zone):%d.%m.%Y}"
    if sheet.approved_by is None:
        return _("auf Papier freigegeben von %(who)s, eingetragen am %(day)s") % {
            "who": sheet.paper_approver, "day": day,
        }  # fmt: skip
    return _("freigegeben von %(who)s am %(day)s") % {"who": sheet.approved_by.user, "day": day}
