"""Pages of figures at a cut-off date."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.audit.commands import record
from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import choose
from tragnetz.network.database.readers import reading
from tragnetz.network.middleware import NetworkRequest
from tragnetz.reporting.exports.files import KINDS, Origin, name_of
from tragnetz.reporting.exports.tables import behind, lead, tables_of
from tragnetz.reporting.models import Snapshot
from tragnetz.reporting.snapshots.access import (
    can_keep_snapshots,
    cases_behind,
    countable_programmes,
    visible_snapshots,
)
from tragnetz.reporting.snapshots.changes import SHOWN, changes_since
from tragnetz.reporting.snapshots.commands import fix
from tragnetz.reporting.snapshots.erasing import erase_rows, is_over, kept_until
from tragnetz.reporting.snapshots.queries import Counted, rows_behind
from tragnetz.reporting.snapshots.report import checks_of, report_of
from tragnetz.reporting.snapshots.rows import Rows, fixed, live
from tragnetz.reporting.snapshots.verify import faults_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.exports.forms import PeriodForm
from tragnetz.workspace.exports.opened import counted_in

PAGE = 100
# What a household adds to a number that does not count rows.
ADDS = {"children": gettext_lazy("Kinder"), "contacts": gettext_lazy("Gespräche"), "minutes": gettext_lazy("Minuten")}


@staff(can_keep_snapshots)
@require_safe
def snapshots(request: NetworkRequest) -> HttpResponse:
    """List what was fixed, and ask for a new period."""
    found = Paginator(visible_snapshots(request.actor), PAGE).get_page(request.GET.get("seite"))
    return render(request, "workspace/exports/list.html", {"page": found, "form": _form(request)})


@staff(can_keep_snapshots)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: NetworkRequest) -> HttpResponse:
    """Count a period as it is known now; sent, it is fixed."""
    form = _form(request)
    if not form.is_bound or not form.is_valid():
        return render(request, "workspace/exports/period.html", {"form": form}, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    if request.method == "POST":
        try:
            made = fix(
                actor=request.actor, programme=form.chosen, first=data["von"], last=data["bis"], request_key=data["key"]
            )
        except TragnetzError as error:
            form.add_error(None, str(error))
            return render(request, "workspace/exports/period.html", {"form": form}, status=422)
        messages.success(request, _("Die Zahlen sind festgehalten. Sie ändern sich nicht mehr."))
        return redirect("workspace:snapshot", made.pk)
    return render(
        request, "workspace/exports/report.html", {"form": form} | _figures(live(form.chosen, data["von"], data["bis"]))
    )


@staff(can_keep_snapshots)
@require_safe
def snapshot(request: NetworkRequest, snapshot_id: uuid.UUID) -> HttpResponse:
    """Show fixed figures; each number leads to what it counts. Once their time is over, they can be deleted."""
    row, day = _snapshot(request, snapshot_id), today(request.network.zone)
    if row.erased_on is not None:
        return render(request, "workspace/exports/erased.html", {"snapshot": row})
    context = {
        "snapshot": row, "kinds": KINDS, "kept_until": kept_until(row.programme), "is_over": is_over(row.programme, day)
    }  # fmt: skip
    return render(request, "workspace/exports/snapshot.html", context | _figures(fixed(row)))


@staff(can_keep_snapshots)
@require_POST
def erase(request: NetworkRequest, snapshot_id: uuid.UUID) -> HttpResponse:
    """Delete the rows of fixed figures whose time is over."""
    row = _snapshot(request, snapshot_id)
    try:
        erase_rows(actor=request.actor, snapshot=row, today=today(request.network.zone))
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Die Zeilen sind gelöscht. Dass es diese Zahlen gab, bleibt prüfbar."))
    return redirect("workspace:snapshot", row.pk)


@staff(can_keep_snapshots)
@require_safe
def verify(request: NetworkRequest, snapshot_id: uuid.UUID) -> HttpResponse:
    """Compute the hashes again and say whether anything was altered."""
    row = _snapshot(request, snapshot_id)
    before = Snapshot.objects.filter(number=row.number - 1).first()
    follows = row.number == 1 or (before is not None and before.chain == row.previous)
    return render(
        request, "workspace/exports/verify.html", {"snapshot": row, "faults": faults_of(row), "follows": follows}
    )


@staff(can_keep_snapshots)
@require_safe
def changes(request: NetworkRequest, snapshot_id: uuid.UUID) -> HttpResponse:
    """Show what would be counted otherwise today."""
    row = _with_rows(request, snapshot_id)
    number, found = changes_since(row)
    cases = cases_behind(request.actor, [one.pseudonym for one in found])
    return render(
        request, "workspace/exports/changes.html",
        {
            "snapshot": row, "number": number, "shown": SHOWN,
            "found": [(one, cases.get(one.pseudonym)) for one in found],
        },
    )  # fmt: skip


@staff(can_keep_snapshots)
@require_safe
def rows(request: NetworkRequest, snapshot_id: uuid.UUID, measure: str) -> HttpResponse:
    """List the participations behind a number, by pseudonym; a case opens only for who works on it."""
    row = _with_rows(request, snapshot_id)
    counted = counted_in(measure, request.GET)
    found = behind(reading(lambda: report_of(fixed(row))), counted) if counted else None
    if counted is None or found is None:
        raise Http404
    title, figure = found
    page = Paginator(rows_behind(row, counted), PAGE).get_page(request.GET.get("seite"))
    cases = cases_behind(request.actor, [one.pseudonym for one in page])
    record(request.actor, "snapshot:read", row, code=counted.code or counted.measure)
    context = {
        "snapshot": row, "title": title, "figure": figure, "page": page, "adds": ADDS.get(counted.measure, ""),
        "found": [(one, counted.amount(one), cases.get(one.pseudonym)) for one in page],
    }  # fmt: skip
    return render(request, "workspace/exports/rows.html", context)


@staff(can_keep_snapshots)
@require_safe
def file(request: NetworkRequest, snapshot_id: uuid.UUID, kind: str) -> HttpResponse:
    """Give a file; that it was made is on record."""
    row = _with_rows(request, snapshot_id)
    if kind not in KINDS:
        raise Http404
    origin = Origin(choose(request.network.name, "de").text, today(request.network.zone), row.number, row.chain)
    found = fixed(row)
    content = KINDS[kind].make(found, origin)
    record(request.actor, "snapshot:export", row, kind=kind)
    return file_answer(content, name_of(found, kind), opens=False)


def _form(request: NetworkRequest) -> PeriodForm:
    day = today(request.network.zone)
    programmes = list(countable_programmes(request.actor))
    typed = request.POST if request.method == "POST" else request.GET if "projekt" in request.GET else None
    initial = {"von": date(day.year, 1, 1), "bis": day, "key": uuid.uuid4().hex}
    running = [one for one in programmes if one.starts <= day <= one.ends]
    if running:
        initial["projekt"] = running[0].key
    return PeriodForm(typed, programmes=programmes, day=day, initial=initial)


def _snapshot(request: NetworkRequest, snapshot_id: uuid.UUID) -> Snapshot:
    row = visible_snapshots(request.actor).filter(pk=snapshot_id).first()
    if row is None:
        raise Http404
    return row


def _with_rows(request: NetworkRequest, snapshot_id: uuid.UUID) -> Snapshot:
    row = _snapshot(request, snapshot_id)
    if row.erased_on is not None:
        raise Http404
    return row


def _figures(found: Rows) -> dict[str, Any]:
    counted = reading(lambda: report_of(found))
    checks = checks_of(counted)
    return {
        "lead": lead(counted), "tables": tables_of(counted), "checks": checks,
        "outside": counted.of("outside"), "counted_of": found.programme,
        "broken": [check for check in checks if not check.is_kept], "all": Counted("persons"), "key": uuid.uuid4().hex,
    }  # fmt: skip
