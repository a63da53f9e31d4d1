"""Settings of the planning: lengths of talks and rules for the whole network, ways, and how much each one takes."""

from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.models import TalkLength, Travel, Workload
from tragnetz.appointments.planning import commands
from tragnetz.appointments.planning.access import can_plan
from tragnetz.appointments.planning.errors import PlanError
from tragnetz.appointments.planning.queries import counsellors
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.rules import HOUR
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership, Site
from tragnetz.workspace.entry import staff
from tragnetz.workspace.planning.forms import LengthForm, PolicyForm, WayForm, WorkloadForm

POLICY = ("release_hours", "notice_hours", "horizon_days", "hold_minutes", "offer_hours", "calls_per_hour")


class Part(NamedTuple):
    """A form of the page with what it is about; `name` says which one was sent."""

    name: str
    title: str
    form: forms.Form


@staff(can_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: NetworkRequest) -> HttpResponse:
    """Show and change the settings; each part is saved by itself."""
    members = _members(request)
    lengths, workloads = _lengths(request), _workloads(request, members)
    policy = policy_of(request.network)
    rules = PolicyForm(
        _sent(request, "policy"), prefix="policy", initial={name: getattr(policy, name) for name in POLICY}
    )
    way = WayForm(_sent(request, "way"), prefix="way", sites=_sites())
    shown = [*lengths, Part("policy", _("Regeln für Termine"), rules), Part("way", _("Weg"), way), *workloads]
    sent = next((part for part in shown if part.form.is_bound), None)
    if request.method == "POST" and sent is None:
        raise Http404
    if sent is not None and sent.form.is_valid() and _save(request, sent, members):
        messages.success(request, _("Gespeichert: %s.") % sent.title)
        return redirect("workspace:planning_settings")
    context = {
        "lengths": lengths,
        "policy": rules,
        "way": way,
        "workloads": workloads,
        "form": sent.form if sent else None,
        "ways": Travel.objects.select_related("site", "other").order_by("site__name", "other__name"),
    }
    return render(request, "workspace/planning/settings.html", context, status=422 if sent else 200)


def _members(request: NetworkRequest) -> list[Membership]:
    return counsellors(request.actor.organisation_id) if request.actor.organisation_id else []


def _sites() -> list[Site]:
    rows = Site.objects.filter(organisation__is_member=True).select_related("organisation")
    return list(rows.order_by("name"))


def _sent(request: NetworkRequest, name: str) -> QueryDict | None:
    return request.POST if request.POST.get("part") == name else None


def _lengths(request: NetworkRequest) -> list[Part]:
    known = {row.kind: row for row in TalkLength.objects.all()}
    parts = []
    for kind in Kind:
        row = known.get(kind)
        initial = (
            {"first": row.first_minutes, "follow": row.follow_minutes, "rest": row.buffer_minutes}
            if row
            else {"first": HOUR.first, "follow": HOUR.follow, "rest": HOUR.rest}
        )
        name = f"length-{kind.value}"
        parts.append(Part(name, str(kind.label), LengthForm(_sent(request, name), prefix=name, initial=initial)))
    return parts


def _workloads(request: NetworkRequest, members: list[Membership]) -> list[Part]:
    known = {row.membership_id: row for row in Workload.objects.filter(membership__in=members)}
    parts = []
    for member in members:
        row = known.get(member.pk) or Workload(membership=member)
        name = f"member-{member.pk}"
        initial = {
            "percent": row.percent, "most_a_day": row.most_a_day, "deputy": str(row.deputy_id or ""),
            "video_url": row.video_url,
        }  # fmt: skip
        others = [one for one in members if one.pk != member.pk]
        form = WorkloadForm(_sent(request, name), prefix=name, colleagues=others, initial=initial)
        parts.append(Part(name, str(member.user), form))
    return parts


def _save(request: NetworkRequest, sent: Part, members: list[Membership]) -> bool:
    """Save the part that was sent; what does not go is told at its form."""
    actor, data = request.actor, sent.form.cleaned_data
    try:
        if isinstance(sent.form, LengthForm):
            commands.set_talk_length(actor=actor, kind=sent.name.removeprefix("length-"), **data)
        elif isinstance(sent.form, PolicyForm):
            commands.set_policy(actor=actor, values=data)
        elif isinstance(sent.form, WayForm):
            ends = Site.objects.in_bulk([data["one"], data["other"]])
            one, other = (next(row for key, row in ends.items() if str(key) == data[name]) for name in ("one", "other"))
            commands.set_way(actor=actor, one=one, other=other, minutes=data["minutes"])
        elif isinstance(sent.form, WorkloadForm):
            member = next(row for row in members if sent.name == f"member-{row.pk}")
            commands.set_workload(actor=actor, membership=member, values=sent.form.values())
    except PlanError as error:
        sent.form.add_error(None, str(error))
        return False
    return True
