"""The records of a project: by pseudonym for its management and the team, with names for who works on the case."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, sees_team
from tragnetz.core.clock import today
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Programme
from tragnetz.reporting.access import (
    can_see_participations,
    named,
    visible_participations,
    visible_programmes,
)
from tragnetz.reporting.asking.enums import State
from tragnetz.reporting.ending.rules import stage_of
from tragnetz.reporting.enums import Check
from tragnetz.reporting.groups import wholes_of
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import frame_of, indicators_of, terms_of
from tragnetz.reporting.participation.queries import (
    ASKED_FILTERS,
    PAGE,
    asked_counts,
    asked_in,
    code_counts,
    condition_of,
    due_conditions,
    later_due,
    overview,
    pending_of,
    pending_rows,
    projects,
    shown,
)
from tragnetz.reporting.participation.rules import open_sums
from tragnetz.workspace.entry import staff
from tragnetz.workspace.participation.mending import asks_of, mends_besides, mends_of

FILTERS = (
    ("", _("alle")), ("unvollstaendig", _("unvollständig")), ("hinweise", _("mit Hinweisen")),
    ("laufend", _("nimmt teil")), ("beendet", _("ausgetreten")), ("nachfrage", _("Nachfrage nach sechs Monaten")),
    ("gefragt", _("gefragt, noch ohne Antwort")), ("selbst", _("selbst geantwortet")),
    ("anrufen", _("anrufen, nicht erreicht")),
)  # fmt: skip

MISSING = (
    ("", _("alle")), ("unvollstaendig", _("Angaben zum Eintritt")), ("ergebnis", _("Angaben zum Austritt")),
    ("nachfrage", _("Nachfrage nach sechs Monaten")), ("still", _("lange kein Kontakt")),
    ("doppelt", _("vermutlich doppelt")),
)  # fmt: skip


@staff(can_see_participations)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List the projects of one's organisation."""
    day = today(request.network.zone)
    found = projects(visible_programmes(request.actor), visible_participations(request.actor))
    wholes = wholes_of(Programme.objects.all())
    budgets = {row.pk: group for group in wholes if group.budget for row in group.programmes}
    near = {row.pk: (row.ends - day).days for row, _counts in found if stage_of(row.ends, day) is not None}
    context = {"projects": found, "ending": near, "today": day, "budgets": budgets}
    return render(request, "workspace/participation/projects.html", context)


@staff(can_counsel)
@require_safe
def missing(request: NetworkRequest) -> HttpResponse:
    """List one's own participations that lack something, with names; a lead sees the team's, too."""
    day, team = today(request.network.zone), "team" in request.GET
    wanted = request.GET.get("zeigen", "")
    wanted = wanted if wanted in dict(MISSING) else ""
    pending = pending_rows(request.actor, own=not team).filter(pending_of(request.actor, day, wanted))
    page = Paginator(pending.order_by("entered_on", "pk"), PAGE).get_page(request.GET.get("seite"))
    found = shown(Participation.objects.filter(pk__in=[row.pk for row in page.object_list]), day)
    listed = f"liste={wanted}" + ("&team=1" if team else "")
    asked = [(one, asks_of(one, listed)) for one in found]
    record(request.actor, "participations:read", None, rows=len(found))
    context = {
        "rows": [(one, asks, mends_besides(one, asks, listed)) for one, asks in asked], "page": page,
        "wanted": wanted, "filters": MISSING, "team": team, "leads": sees_team(request.actor),
    }  # fmt: skip
    return render(request, "workspace/participation/missing.html", context)


@staff(can_see_participations)
@require_safe
def records(request: NetworkRequest, key: str) -> HttpResponse:
    """Show who takes part in a project and what their records lack; the filter stands in the address."""
    programme = visible_programmes(request.actor).exclude(line="").filter(key=key).first()
    if programme is None:
        raise Http404
    day = today(request.network.zone)
    seen = visible_participations(request.actor).filter(programme=programme)
    rows = seen.exclude(case__restricted_on__isnull=False)
    wanted, check = request.GET.get("zeigen", ""), request.GET.get("hinweis", "")
    conditions = due_conditions([programme], day)
    found = rows.filter(_condition(wanted, check, conditions, day)).order_by("-entered_on", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    on_page = shown(seen.filter(pk__in=[row.pk for row in page.object_list]).order_by("-entered_on", "pk"), day)
    names = set(named(request.actor).filter(pk__in=[one.row.pk for one in on_page]).values_list("pk", flat=True))
    record(request.actor, "participations:read", programme, rows=len(on_page))
    context = {
        "programme": programme, "frame": frame_of(programme), "rows": on_page, "names": names, "page": page,
        "mends": {one.row.pk: mends_of(one) for one in on_page if one.row.pk in names and one.row.case_id},
        "wanted": wanted, "check": check if check in Check.values else "", "filters": FILTERS,
        "overview": overview(programme, rows, day), "sums": _sums(programme),
        "asked": _asked(rows), "labels": dict(Check.choices),
        "restricted": seen.filter(case__restricted_on__isnull=False).count(),
    }  # fmt: skip
    return render(request, "workspace/participation/records.html", context)


def _condition(wanted: str, check: str, conditions: dict[Check, Q], day: Any) -> Q:  # noqa: ANN401 -- a day
    if check in Check.values:
        return condition_of(Check(check), conditions)
    if wanted == "hinweise":
        found = ~Q(faults=[])
        for condition in conditions.values():
            found |= condition
        return found
    if wanted in ASKED_FILTERS:
        return asked_in(wanted)
    return {
        "unvollstaendig": Q(is_countable=False), "laufend": Q(left_on=None), "beendet": Q(left_on__isnull=False),
        "nachfrage": later_due(day),
    }.get(wanted, Q())  # fmt: skip


def _asked(rows: QuerySet[Participation]) -> list[tuple[str, int]]:
    """Return how many were asked after their exit and what became of it, each in words, the open ones last."""
    words = {
        State.ANSWERED: _("selbst geantwortet"), State.REFUSED: _("Antwort abgelehnt"),
        State.SETTLED: _("von der Beratung gefragt"), State.ASKED: _("noch ohne Antwort"),
        State.TO_CALL: _("anzurufen oder nicht erreicht"), State.STOPPED: _("nicht zu fragen"),
    }  # fmt: skip
    counts = asked_counts(rows)
    return [(str(text), counts[state]) for state, text in words.items() if counts.get(state)]


def _sums(programme: Programme) -> list[Any]:
    """Return the totals of the project that do not add up (P16): there should be none."""
    frame = frame_of(programme)
    kept = [one.code for one in indicators_of(frame.line, terms_of(programme))]
    counts, people = code_counts(programme, kept)
    return open_sums(frame.line.totals, counts, people)
