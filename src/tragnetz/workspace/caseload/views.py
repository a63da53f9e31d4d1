"""Pages of a team's work."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.caseload.access import can_plan_caseload, can_see_caseload, visible_team
from tragnetz.casework.caseload.commands import set_capacities
from tragnetz.casework.caseload.discussion import discussion_view
from tragnetz.casework.caseload.enums import Overdue
from tragnetz.casework.caseload.queries import MOST, Wanted, overdue_rows, team_caseload
from tragnetz.casework.caseload.rules import SILENT_DAYS, Load
from tragnetz.core.clock import now, today
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.directory.sentences import known_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import District
from tragnetz.printing.charts import WHOLE, Bar, bar
from tragnetz.workspace.caseload.forms import CapacityForm
from tragnetz.workspace.entry import staff

DEFAULT_DAYS = 30
ROOM = 150  # per cent at which a bar is full: what is too much must be seen


@staff(can_see_caseload)
@require_safe
def caseload(request: NetworkRequest) -> HttpResponse:
    """Show what the team carries and what is overdue."""
    language = get_language() or "de"
    offered = {row.key: choose(row.name, language).text for row in topics()}
    districts = {row.key: row.name for row in District.objects.all()}
    days = request.GET.get("tage", "")
    wanted = Wanted(
        days=int(days) if days in map(str, SILENT_DAYS) else DEFAULT_DAYS,
        topic=_known(request, "thema", offered),
        district=_known(request, "bezirk", districts),
    )
    shown = _known(request, "zeige", {kind.value: str(kind.label) for kind in Overdue}) or Overdue.SILENT
    found = team_caseload(request.actor, wanted, now())
    context: dict[str, Any] = {
        "found": found, "wanted": wanted, "days": SILENT_DAYS, "topics": offered, "districts": districts,
        "loads": [(load, _bar(load)) for load in found.loads],
        "kinds": [(kind, found.counts[kind]) for kind in Overdue],
        "shown": Overdue(shown), "rows": overdue_rows(request.actor, wanted, Overdue(shown), now()), "most": MOST,
        "by_topic": _("Thema"), "by_district": _("Stadtbezirk"), "plans": can_plan_caseload(request.actor),
    }  # fmt: skip
    return render(request, "workspace/caseload/caseload.html", context)


def _known(request: NetworkRequest, name: str, known: dict[str, str]) -> str:
    typed = request.GET.get(name, "")
    return typed if typed in known else ""


def _bar(load: Load) -> Bar:
    return bar(load.percent or 0, ROOM, (WHOLE - 1, WHOLE))


@staff(can_plan_caseload)
@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: NetworkRequest) -> HttpResponse:
    """Say how many cases each member of the team carries."""
    team = list(visible_team(request.actor).select_related("user", "capacity"))
    initial = {f"cases_{row.pk.hex}": row.capacity.cases for row in team if hasattr(row, "capacity")}
    form = CapacityForm(request.POST or None, initial=initial, team=team)
    if request.method == "POST" and form.is_valid():
        set_capacities(actor=request.actor, cases=form.cases())
        messages.success(request, _("Die Fälle pro Person sind gespeichert."))
        return redirect("workspace:caseload")
    return render(request, "workspace/caseload/capacity.html", {"form": form}, status=422 if form.errors else 200)


@staff(can_counsel)
@require_safe
def discussion(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case without who it is, for a talk in the team."""
    found = discussion_view(request.actor, case_id, today(request.network.zone))
    if found is None:
        raise Http404
    names = {row.key: choose(row.name, get_language() or "de").text for row in topics()}
    context = {
        "found": found, "topic": names.get(found.topic, ""), "answers": known_facts(found.facts), "case_id": case_id,
    }  # fmt: skip
    return render(request, "workspace/caseload/discussion.html", context)
