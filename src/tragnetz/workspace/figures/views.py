"""Figures of projects and of the network: no name, no case, and nothing that compares counsellors."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tragnetz.casework.access import can_see_waits
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose
from tragnetz.directory.access import can_edit
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import District
from tragnetz.printing.report import Report, report_docx, report_pdf
from tragnetz.reporting.access import can_see_figures
from tragnetz.reporting.reach.waiting import waiting_of
from tragnetz.reporting.snapshots.access import can_keep_snapshots
from tragnetz.workspace.entry import staff
from tragnetz.workspace.figures.board import board_of
from tragnetz.workspace.figures.council import council_report
from tragnetz.workspace.figures.forms import asked_for
from tragnetz.workspace.figures.lacks import Looked, lacks_of

USUAL = "365"
PERIODS = {"90": _("letzte 90 Tage"), "365": _("letzte 12 Monate"), "1095": _("letzte drei Jahre")}


@staff(can_see_figures)
@require_safe
def figures(request: NetworkRequest) -> HttpResponse:
    """Show what was reached, as the address asks for it."""
    at = now()
    day = today(request.network.zone)
    asked = asked_for(request.actor, request.GET.dict(), day)
    if asked is None:
        return render(request, "workspace/figures/none.html")
    context = {
        "asked": asked, "board": board_of(request.network, asked, at),
        "waiting": waiting_of(request.network, at), "sees_waits": can_see_waits(request.actor),
        "sees_snapshots": can_keep_snapshots(request.actor),
    }  # fmt: skip
    return render(request, "workspace/figures/figures.html", context)


@staff(can_see_figures)
@require_safe
def gaps(request: NetworkRequest) -> HttpResponse:
    """Show where help is missing in the whole network, as the address asks for it."""
    at = now()
    days = request.GET.get("tage", "")
    days = days if days in PERIODS else USUAL
    named = {row.key: choose(row.name, "de").text for row in topics()}
    places = {row.key: row for row in District.objects.all()}
    topic, place = request.GET.get("thema", ""), places.get(request.GET.get("bezirk", ""))
    topic = topic if topic in named else ""
    found = lacks_of(Looked(at - timedelta(days=int(days)), topic, place), today(request.network.zone))
    context = {
        "topics": named, "topic": topic, "districts": places.values(), "district": place,
        "lacks": found, "days": days, "periods": PERIODS, "period": PERIODS[days], "at": at,
        "edits": can_edit(request.actor),
    }  # fmt: skip
    return render(request, "workspace/figures/gaps.html", context)


@staff(can_see_figures)
@require_safe
def council_pdf(request: NetworkRequest) -> HttpResponse:
    """Give the paper for council or committee as PDF."""
    return file_answer(report_pdf(_council(request)), "vorlage.pdf")


@staff(can_see_figures)
@require_safe
def council_docx(request: NetworkRequest) -> HttpResponse:
    """Give the same paper to write on with."""
    return file_answer(report_docx(_council(request)), "vorlage.docx")


def _council(request: NetworkRequest) -> Report:
    asked = asked_for(request.actor, request.GET.dict(), today(request.network.zone))
    if asked is None:
        raise Http404
    with override("de"):
        return council_report(request.actor, asked, now())
