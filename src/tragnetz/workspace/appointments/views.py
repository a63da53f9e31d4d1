"""Pages of one appointment: what it is, move it, call it off; and book further ones from a case."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.claims import audience_of
from tragnetz.appointments.commands import book_series, cancel, mark, move
from tragnetz.appointments.enums import BookingState, CancelledBy
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.interpreters.queries import askable, assignment_of
from tragnetz.appointments.models import Booking
from tragnetz.appointments.queries import organisation_bound
from tragnetz.appointments.rules import read_token
from tragnetz.appointments.series import series_slots
from tragnetz.appointments.suggestions import SlotWish, best_slots
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, can_take_calls, visible_bookings
from tragnetz.casework.models import Case
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.vault.sealing import code_for
from tragnetz.workspace.appointments.forms import FollowUpForm
from tragnetz.workspace.back import came_from
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff

DAYS = 28  # within so many days the first talk lies
SHOWN = 8


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: NetworkRequest, booking_id: uuid.UUID) -> HttpResponse:
    """Show an appointment; say whether somebody came, move it, call it off. Groups change their dates themselves."""
    rows = visible_bookings(request.actor).select_related("contact", "membership__user", "site", "session__group")
    found = rows.filter(pk=booking_id).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        record(request.actor, "booking:read", found)
        return _page(request, found)
    if found.session is not None:
        raise Http404
    try:
        _change(request, found)
    except SlotTakenError as error:
        messages.error(request, str(error))
        return _page(request, found, status=HTTPStatus.CONFLICT)
    except TragnetzError as error:
        messages.error(request, str(error))
    if "state" in request.POST:
        day = found.starts_at.astimezone(request.network.zone).date()
        return redirect(came_from(request, "workspace:day") or f"{reverse('workspace:day')}?tag={day.isoformat()}")
    return redirect("workspace:booking", booking_id)


def _change(request: NetworkRequest, found: Booking) -> None:
    asked = request.POST
    if asked.get("state") in {BookingState.ATTENDED, BookingState.MISSED, BookingState.BOOKED}:
        state = BookingState(asked["state"])
        mark(actor=request.actor, booking=found, state=state)
        name = found.contact.name if found.contact else _("ohne Namen")
        messages.success(request, _("%(name)s: %(state)s") % {"name": name, "state": state.label})
    elif asked.get("cancel") in {CancelledBy.PERSON, CancelledBy.NETWORK}:
        cancel(actor=request.actor, booking=found, now=now(), by=asked["cancel"])
        messages.success(request, _("Der Termin ist abgesagt."))
    elif (wanted := read_token(asked.get("slot", ""))) is not None:
        move(actor=request.actor, booking=found, wanted=wanted, now=now())
        messages.success(request, _("Der Termin ist verschoben."))
    else:
        raise Http404


def _page(request: NetworkRequest, found: Booking, *, status: int = 200) -> HttpResponse:
    zone, at = request.network.zone, now()
    changeable = found.state == BookingState.BOOKED and found.starts_at > at and found.session is None
    suggestions = []
    if changeable:
        wish = SlotWish(
            kind=found.kind, purpose=found.purpose, topic=found.topic, language=found.language,
            interpreter=found.interpreter, known_id=found.membership_id, organisation_id=organisation_bound(found),
        )  # fmt: skip
        suggestions = best_slots(
            network=request.network, now=at, not_before=at, wish=wish, audience=audience_of(request.actor), limit=6
        )
    context = {
        "booking": found,
        "starts": found.starts_at.astimezone(zone),
        "ends": found.ends_at.astimezone(zone),
        "past": found.starts_at <= at,
        "changeable": changeable,
        "code": code_for(found.idempotency_key) if found.contact else "",
        "suggestions": [(one, one.slot.starts_at.astimezone(zone)) for one in suggestions],
        "series": _series_of(request, found),
        **_interpreting(request, found, changeable=changeable),
    }
    return render(request, "workspace/appointments/booking.html", context, status=status)


def _interpreting(request: NetworkRequest, found: Booking, *, changeable: bool) -> dict[str, Any]:
    """Return who interprets, and who can be asked; nothing for a talk that needs nobody."""
    if not found.interpreter:
        return {}
    assignment = assignment_of(found)
    can_be_asked = changeable and assignment is None
    return {"assignment": assignment, "askable": askable(request.actor, found, now()) if can_be_asked else []}


def _series_of(request: NetworkRequest, found: Booking) -> list[Booking]:
    if found.series is None:
        return []
    return list(visible_bookings(request.actor).filter(series=found.series).order_by("starts_at"))


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Agree on further talks with somebody whom one accompanies: one, or a series at the same time of the week."""
    case = case_of(request, case_id).case
    if request.method != "POST":
        contact = case.contact
        first = {"kind": "on_site", "count": 1, "every": 2, "interpreter": bool(contact and contact.interpreter)}
        asked = {**first, **request.GET.dict()} if request.GET else first
        return _times(request, case, FollowUpForm(asked))
    form = FollowUpForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["slots"]:
        if form.is_valid():
            form.add_error(None, _("Bitte wählen Sie eine der Zeiten."))
        return _times(request, case, form, status=422)
    data = form.cleaned_data
    try:
        booked = book_series(
            actor=request.actor, wanted=data["slots"], contact=case.contact, topic=case.topic,
            language=case.contact.language if case.contact else "de", interpreter=data["interpreter"],
            idempotency_key=(data["key"] or uuid.uuid4()).hex, now=now(),
        )  # fmt: skip
    except SlotTakenError as error:
        form.add_error(None, str(error))
        return _times(request, case, form, status=HTTPStatus.CONFLICT)
    if len(booked) == 1:
        return redirect("workspace:booking", booked[0].booking.pk)
    messages.success(request, _("%s Termine sind vereinbart.") % len(booked))
    return redirect("workspace:case", case.pk)


def _times(request: NetworkRequest, case: Case, form: FollowUpForm, *, status: int = 200) -> HttpResponse:
    zone, at = request.network.zone, now()
    found: list[Any] = []
    if form.is_valid() or not {"kind", "count", "every"} & set(form.errors):
        data = form.cleaned_data
        series = series_slots(
            network=request.network, membership_id=case.counsellor_id, kind=data["kind"],
            interpreter=data["interpreter"], first=today(zone), days=DAYS, count=data["count"], every=data["every"],
            not_before=at,
        )  # fmt: skip
        days: set[Any] = set()
        for slots in series:
            local = [slot.starts_at.astimezone(zone) for slot in slots]
            # One time in the morning and one in the afternoon of a day are enough to choose from.
            half = (local[0].date(), local[0].hour < 12)  # noqa: PLR2004 -- noon
            if half not in days:
                days.add(half)
                found.append((" ".join(slot.token for slot in slots), local))
            if len(found) == SHOWN:
                break
    context = {"case": case, "form": form, "series": found, "key": uuid.uuid4()}
    return render(request, "workspace/appointments/follow_up.html", context, status=status)
