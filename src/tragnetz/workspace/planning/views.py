"""The week, and the forms of its changes. Whatever is changed, the page that shows what it breaks comes first."""

import uuid
from datetime import date, time, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.enums import AbsenceKind, Kind, Urgency
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.access import can_plan, can_see_plan, may_enter_absences
from tragnetz.appointments.planning.changes import EndAbsence, EndClosure
from tragnetz.appointments.planning.commands import ask_to_call, propose_anew
from tragnetz.appointments.planning.queries import (
    clashes,
    counsellors,
    deputies,
    open_matters,
    plan_of,
    week_of,
)
from tragnetz.appointments.planning.rules import Hours, days_between
from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_bookings
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership, Organisation, Site
from tragnetz.network.queries import member_organisations, sites
from tragnetz.staff.access import can_manage
from tragnetz.workspace.entry import staff
from tragnetz.workspace.planning.forms import ALWAYS, ONCE, AbsenceForm, ClosureForm, LeaveForm, NewShiftForm, ShiftForm
from tragnetz.workspace.planning.preview import show
from tragnetz.workspace.planning.table import table_of
from tragnetz.workspace.planning.words import CLASHES, REASONS

YEARS = 3660  # ten years either way
FIND = timedelta(weeks=8)  # within which the next turn of hours is looked for


def day_of(request: NetworkRequest, name: str, default: date) -> date:
    """Return a day from the address; the default for what is none, or is years away."""
    try:
        found = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return default
    return found if abs((found - default).days) < YEARS else default


def _clock(request: NetworkRequest, name: str, default: time) -> str:
    """Return an hour from the address as a field for hours takes it; the default for what is none."""
    try:
        found = time.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        found = default
    return f"{found:%H:%M}"


def own_counsellors(request: NetworkRequest) -> list[Membership]:
    """Return the counsellors of one's own organisation."""
    return counsellors(request.actor.organisation_id) if request.actor.organisation_id else []


@staff(can_see_plan)
@require_safe
def week(request: NetworkRequest) -> HttpResponse:
    """Show a week of an organisation: the own one in full, of others free and busy times."""
    this = today(request.network.zone)
    shown = day_of(request, "woche", this)
    monday = shown - timedelta(days=shown.weekday())
    organisations = member_organisations()
    chosen = next((row for row in organisations if row.key == request.GET.get("traeger")), None)
    chosen = chosen or next((row for row in organisations if row.pk == request.actor.organisation_id), organisations[0])
    own = chosen.pk == request.actor.organisation_id and may_enter_absences(request.actor)
    found = week_of(request.network, chosen.pk, monday, now())
    plans = own and can_plan(request.actor)
    context = {
        "table": table_of(found, {site.pk: site.name for site in sites()}, request.network.zone, own=own),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "this": this - timedelta(days=this.weekday()),
        "today": this,
        "organisations": organisations,
        "chosen": chosen,
        "own": own,
        "plans": plans,
        "me": request.actor.membership_id,
    }
    if plans:
        context |= _to_settle(request)
    return render(request, "workspace/planning/week.html", context)


def _to_settle(request: NetworkRequest) -> dict[str, object]:
    """Return what the lead has to see to: talks that cannot take place, and what does not fit together."""
    pressing = Enquiry.objects.filter(
        organisation=request.actor.organisation_id,
        urgency__in=[Urgency.TODAY, Urgency.WEEK],
        booking__starts_at__gt=now(),
    ).values_list("booking_id", flat=True)
    names = {row.pk: str(row.user) for row in own_counsellors(request)}
    matters = open_matters(request.actor, now())
    if matters:
        record(request.actor, "bookings:read", None, rows=len(matters))
    return {
        "matters": [(row, ", ".join(str(REASONS[reason]) for reason in sorted(row.reasons))) for row in matters],
        "clashes": [
            (row, names.get(row.membership_id, ""), CLASHES[row.clash])
            for row in clashes(request.actor, now(), pressing=set(pressing))
        ],
    }


@staff(can_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def shift_new(request: NetworkRequest) -> HttpResponse:
    """Add hours."""
    members = own_counsellors(request)
    form = NewShiftForm(
        request.POST or None,
        members=members,
        sites=sites(),
        initial={
            "person": request.GET.get("person", ""),
            "day": day_of(request, "tag", today(request.network.zone)).isoformat(),
            "starts": "08:30", "ends": "12:30", "kinds": [Kind.PHONE.value, Kind.ON_SITE.value],
            "public_percent": 60, "desk_percent": 90, "how": ALWAYS, "every": "1",
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        member = next(row for row in members if str(row.pk) == form.cleaned_data["person"])
        return show(request, form.change(member, form.cleaned_data["day"]))
    return _form(request, form, _("Dienst hinzufügen"))


@staff(can_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: NetworkRequest, roster_id: uuid.UUID) -> HttpResponse:
    """Change or end hours, on one day or from it on; `auf`, `von` and `bis` are where they were dragged to."""
    row, member, day = _hours_of(request, roster_id)
    form = ShiftForm(
        request.POST or None,
        row=row,
        sites=sites(),
        initial={
            "day": day_of(request, "auf", day).isoformat(),
            "starts": _clock(request, "von", row.starts),
            "ends": _clock(request, "bis", row.ends),
            "kinds": list(row.kinds), "site": str(row.site_id or ""), "every": str(row.every),
            "public_percent": row.public_percent, "desk_percent": row.desk_percent, "how": ONCE,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return show(request, form.change(member, day))
    return _form(request, form, _("Dienst ändern"), member=member, day=day, row=row)


def _hours_of(request: NetworkRequest, roster_id: uuid.UUID) -> tuple[Hours, Membership, date]:
    """Return hours of an own counsellor with a day on which they are worked; others do not exist."""
    this = today(request.network.zone)
    wanted = day_of(request, "tag", this)
    members = {row.pk: row for row in own_counsellors(request)}
    for row in plan_of(list(members), this, request.network).hours:
        day = next((day for day in days_between(wanted, wanted + FIND) if row.works_on(day)), None)
        if row.id == roster_id and day is not None:
            return row, members[row.membership_id], day
    raise Http404


def _away_people(request: NetworkRequest) -> list[Membership]:
    members = own_counsellors(request)
    return members if can_plan(request.actor) else [row for row in members if row.pk == request.actor.membership_id]


_HOURS = {"starts": "von", "ends": "bis"}  # fields of an absence by their names in the address


def _kind(request: NetworkRequest) -> str:
    wanted = request.GET.get("was", "")
    return wanted if wanted in AbsenceKind.values else str(AbsenceKind.VACATION)


@staff(may_enter_absences)
@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: NetworkRequest) -> HttpResponse:
    """Say that somebody will be away: the lead for all, a counsellor for oneself.

    The address may say for whom (`person`), on which day (`tag`), between which times (`von`, `bis`) and why (`was`).
    """
    person = request.GET.get("person", str(request.actor.membership_id or ""))
    stand_in = {str(member): str(deputy) for member, deputy in deputies().items()}
    form = AbsenceForm(
        request.POST or None,
        members=_away_people(request),
        colleagues=own_counsellors(request),
        initial={
            "person": person, "kind": _kind(request), "deputy": stand_in.get(person, ""),
            "first": day_of(request, "tag", today(request.network.zone)).isoformat(),
            **{field: _clock(request, name, time()) for field, name in _HOURS.items() if name in request.GET},
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return show(request, form.change(request.network.zone))
    return _form(request, form, _("Abwesenheit eintragen"))


@staff(may_enter_absences)
@require_POST
def absence_end(request: NetworkRequest, absence_id: uuid.UUID) -> HttpResponse:
    """Say that somebody is there after all."""
    keys = [row.pk for row in _away_people(request)]
    plan = plan_of(keys, today(request.network.zone), request.network)
    found = next((row for row in plan.away if row.id == absence_id), None)
    if found is None:
        raise Http404
    return show(request, EndAbsence(found))


@staff(can_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def closure_new(request: NetworkRequest) -> HttpResponse:
    """Close a site or the organisation for a time."""
    organisation = Organisation.objects.get(pk=request.actor.organisation_id or "")
    form = ClosureForm(
        request.POST or None,
        organisation=organisation,
        sites=organisation.sites.all(),
        initial={"first": day_of(request, "tag", today(request.network.zone)).isoformat()},
    )
    if request.method == "POST" and form.is_valid():
        return show(request, form.change(request.network.zone))
    return _form(request, form, _("Schließung eintragen"))


@staff(can_plan)
@require_POST
def closure_end(request: NetworkRequest, closure_id: uuid.UUID) -> HttpResponse:
    """Say that it is open after all."""
    plan = plan_of([], today(request.network.zone), request.network)
    own = set(Site.objects.filter(organisation=request.actor.organisation_id).values_list("pk", flat=True))
    for row in plan.closed:
        if row.id == closure_id and (row.organisation_id == request.actor.organisation_id or row.site_id in own):
            return show(request, EndClosure(row))
    raise Http404


@staff(can_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: NetworkRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Say until when somebody works here."""
    member = next((row for row in own_counsellors(request) if row.pk == membership_id), None)
    if member is None:
        raise Http404
    form = LeaveForm(request.POST or None, initial={"last_day": member.last_day})
    if request.method == "POST" and form.is_valid():
        return show(request, form.change(member))
    context = {
        "form": form, "title": _("Letzter Arbeitstag"), "member": member, "leaves": True,
        "manages": can_manage(request.actor),
    }  # fmt: skip
    return render(request, "workspace/planning/form.html", context, status=422 if form.errors else 200)


@staff(can_plan)
@require_POST
def call(request: NetworkRequest, booking_id: uuid.UUID) -> HttpResponse:
    """Propose another time to somebody whose talk cannot take place, or put them on the list of calls."""
    booking = visible_bookings(request.actor).select_related("contact", "membership").filter(pk=booking_id).first()
    if booking is None:
        raise Http404
    if "propose" in request.POST:
        _propose(request, booking)
        return redirect("workspace:planning")
    ask_to_call(actor=request.actor, booking=booking, now=now())
    messages.success(request, _("Der Anruf steht jetzt bei den Rückrufen."))
    return redirect("workspace:planning")


def _propose(request: NetworkRequest, booking: Booking) -> None:
    try:
        done = propose_anew(actor=request.actor, booking=booking, now=now())
    except TragnetzError as error:
        messages.error(request, str(error))
        return
    held = done.proposed[0]
    words = {
        "when": date_format(held.starts_at.astimezone(request.network.zone), "l, j. F, H:i"),
        "person": str(Membership.objects.select_related("user").get(pk=held.membership_id).user),
    }
    if done.to_call:
        told = _("Vorgeschlagen: %(when)s Uhr mit %(person)s. Bitte anrufen: Der Rückruf steht in der Liste.")
    else:
        told = _("Vorgeschlagen: %(when)s Uhr mit %(person)s. Die Nachricht geht jetzt hinaus.")
    messages.success(request, told % words)


def _form(
    request: NetworkRequest,
    form: forms.Form,
    title: str,
    *,
    member: Membership | None = None,
    day: date | None = None,
    row: Hours | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "member": member, "day": day, "row": row}
    return render(request, "workspace/planning/form.html", context, status=422 if form.errors else 200)
