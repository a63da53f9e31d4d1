"""The week of the lines, its planning, and the script for the answering machine."""

import uuid
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.lines.access import can_pick_up, can_plan_lines
from tragnetz.appointments.lines.commands import end_duty, plan_duty
from tragnetz.appointments.lines.queries import duties_of, week_of
from tragnetz.appointments.lines.rules import speaking_seconds, spoken_text
from tragnetz.appointments.models import LineDuty
from tragnetz.appointments.templatetags.spoken import public_name
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import spoken_language
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Hotline
from tragnetz.workspace.entry import staff
from tragnetz.workspace.lines.forms import DutyForm

WEEK = timedelta(days=7)
MOST_WEEKS = 60


@staff(can_pick_up)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: NetworkRequest) -> HttpResponse:
    """Show who picks up in a week, with the gaps; leads plan the people of their organisation."""
    on = today(request.network.zone)
    if request.method != "POST":
        return _page(request, _form(request, on), _monday(request.GET.get("woche", ""), on))
    form = _form(request, on)
    monday = _monday(request.POST.get("woche", ""), on)
    if form.is_valid():
        data = form.cleaned_data
        try:
            plan_duty(
                actor=request.actor, hotline=data["hotline"], membership=data["membership"],
                weekdays=[int(number) for number in data["weekdays"]], starts=data["starts"], ends=data["ends"],
                valid_from=data["valid_from"], valid_until=data["valid_until"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Eingeteilt."))
            return _back(monday)
    return _page(request, form, monday, status=422)


@staff(can_plan_lines)
@require_POST
def end(request: NetworkRequest, duty_id: uuid.UUID) -> HttpResponse:
    """Plan somebody no more, from today on."""
    duty = LineDuty.objects.filter(pk=duty_id, membership__organisation=request.actor.organisation_id).first()
    if duty is None:
        raise Http404
    on = today(request.network.zone)
    end_duty(actor=request.actor, duty=duty, first_day_off=on)
    messages.success(request, _("Nicht mehr eingeteilt, ab heute."))
    return _back(_monday(request.POST.get("woche", ""), on))


@staff(can_pick_up)
@require_safe
def announcement(request: NetworkRequest) -> HttpResponse:
    """Show what to read onto the answering machine, in each language, with the time it takes."""
    scripts = []
    for line in Hotline.objects.all():
        texts = {key: spoken_text(text, public_name()) for key, text in line.closed_message.items()}
        rows = [(key, _language(key), text, speaking_seconds(text)) for key, text in texts.items()]
        scripts.append((line, rows, sum(seconds for _key, _name, _text, seconds in rows)))
    return render(request, "workspace/lines/announcement.html", {"scripts": scripts})


def _language(key: str) -> str:
    return _("Deutsch in Einfacher Sprache") if key == "simple" else language_name(key)


def _form(request: NetworkRequest, on: date) -> DutyForm:
    data = request.POST if request.method == "POST" else None
    return DutyForm(data, organisation_id=request.actor.organisation_id, today=on)


def _page(request: NetworkRequest, form: DutyForm, monday: date, *, status: int = 200) -> HttpResponse:
    on = today(request.network.zone)
    weeks = week_of(request.network, monday)
    leads = can_plan_lines(request.actor)
    days = get_day_names("wide", locale=spoken_language(get_language() or "de"))
    context: dict[str, Any] = {
        "monday": monday,
        "last": monday + WEEK - timedelta(days=1),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "is_this_week": monday <= on < monday + WEEK,
        "weeks": weeks,
        "today": on,
        "leads": leads,
        "form": form,
        "duties": [(duty, days[duty.weekday]) for duty in duties_of(request.actor.organisation_id, on)]
        if leads
        else [],
    }
    return render(request, "workspace/lines/plan.html", context, status=status)


def _monday(typed: str, on: date) -> date:
    """Return the Monday of the week asked for; this one's for anything odd or far away."""
    try:
        wanted = date.fromisoformat(typed)
    except ValueError:
        wanted = on
    if abs((wanted - on).days) > MOST_WEEKS * WEEK.days:
        wanted = on
    return wanted - timedelta(days=wanted.weekday())


def _back(monday: date) -> HttpResponse:
    response = redirect("workspace:line_plan")
    response["Location"] += f"?woche={monday.isoformat()}"
    return response
