"""The end of a project: cases with names for who works on them, counts alone for the management of projects."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, sees_team
from tragnetz.core.clock import today
from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Organisation, Programme
from tragnetz.network.policy import Deed, Reach, reach
from tragnetz.privacy.retention.projects import kept_after
from tragnetz.reporting.access import can_see_participations, visible_programmes
from tragnetz.reporting.ending.enums import DecisionState
from tragnetz.reporting.ending.queries import PAGE, asking_cases, own_cases, restricted_in, rows_of, sums_of
from tragnetz.reporting.ending.rules import marks_of, stage_of
from tragnetz.reporting.ending.tables import sheets_of
from tragnetz.reporting.snapshots.access import can_keep_snapshots
from tragnetz.reporting.statistics import EXACT, FIVES, Grain
from tragnetz.workspace.entry import staff

FILTERS = (
    ("offen", _("noch offen")), ("entschieden", _("entschieden")), ("umgesetzt", _("umgesetzt")),
    ("nachfrage", _("niemand fragt nach")),
)  # fmt: skip
_STANDS = {
    "offen": Q(stand=None), "entschieden": Q(stand=DecisionState.DECIDED), "umgesetzt": Q(stand=DecisionState.DONE),
}  # fmt: skip


def programme_of(request: NetworkRequest, key: str) -> Programme:
    """Return a project of one's organisation; a foreign one does not exist."""
    rows = visible_programmes(request.actor).exclude(line="").select_related("network")
    programme = rows.filter(key=key).first()
    if programme is None:
        raise Http404
    return programme


def can_see_plan(actor: Actor) -> bool:
    """Whether somebody sees the plan in counts: a lead of their organisation, the management of all."""
    return reach(actor, Deed.PARTICIPATION_SEE) >= Reach.ORGANISATION


def grain_of(actor: Actor) -> Grain:
    """Return how finely counts are shown: a lead sees these cases by name, the management does not."""
    return FIVES if reach(actor, Deed.PARTICIPATION_SEE) >= Reach.NETWORK else EXACT


def organisations_of(actor: Actor, programme: Programme) -> list[Organisation]:
    """Return of which organisations somebody sees counts."""
    rows = list(programme.organisations.order_by("short_name"))
    if reach(actor, Deed.PARTICIPATION_SEE) >= Reach.NETWORK:
        return rows
    return [row for row in rows if row.pk == actor.organisation_id]


@staff(can_see_participations)
@require_safe
def overview(request: NetworkRequest, key: str) -> HttpResponse:
    """Show how near the end is, the cases one works on with what is open in them, and counts by organisation."""
    programme, day = programme_of(request, key), today(request.network.zone)
    wanted = request.GET.get("zeigen", "offen")
    found = (
        asking_cases(request.actor, programme, day) if wanted == "nachfrage"
        else own_cases(request.actor, programme).filter(_STANDS.get(wanted, Q()))
    )  # fmt: skip
    listed = found.select_related("contact", "counsellor__user").order_by("counsellor", "opened_on", "pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("seite"))
    rows = rows_of(programme, list(page.object_list), day)
    counts = can_see_plan(request.actor)
    organisations = organisations_of(request.actor, programme) if counts else []
    record(request.actor, "ending:read", programme, rows=len(rows))
    context = {
        "programme": programme, "marks": marks_of(programme.ends), "stage": stage_of(programme.ends, day),
        "days": (programme.ends - day).days, "today": day, "counsels": can_counsel(request.actor),
        "leads": sees_team(request.actor), "sums": sums_of(request.actor, programme, day), "rows": rows,
        "page": page, "wanted": wanted, "filters": FILTERS, "restricted": restricted_in(request.actor, programme),
        "counts": counts, "sheets": sheets_of(programme, organisations, day, grain_of(request.actor)) if counts else [],
        "kept": kept_after(programme, organisations) if counts else [],
        "snapshots": can_keep_snapshots(request.actor), "hides": grain_of(request.actor).is_coarse,
    }  # fmt: skip
    return render(request, "workspace/ending/overview.html", context)
