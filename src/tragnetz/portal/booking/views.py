"""Pages of the appointment. Nothing personal ever stands in an address; codes travel in the body alone."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.claims import earliest_for
from tragnetz.appointments.commands import cancel, move
from tragnetz.appointments.enums import BookingState, Kind, Purpose
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.policy import terms_of
from tragnetz.appointments.queries import booking_by_code, times_by_day
from tragnetz.appointments.rules import Slot, length_seconds, read_token
from tragnetz.audit.commands import record
from tragnetz.casework.commands import Asked, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.clients.commands import open_takeaway
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import clean_code, format_code
from tragnetz.core.texts import content_language
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import lines
from tragnetz.portal.booking.forms import PUBLIC_KINDS, BookingForm
from tragnetz.portal.caching import private
from tragnetz.portal.waits import told_wait

CONFLICT = 409


@private
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: NetworkRequest) -> HttpResponse:
    """Offer times and take the booking; whatever goes wrong, what was typed stays."""
    languages = [code for code in request.network.languages if code != "simple"]
    kind = _kind(request.POST.get("art") or request.POST.get("kind") or request.GET.get("art", ""))
    if request.method != "POST" or "vorbereiten" in request.POST:
        return _page(request, BookingForm(initial=_first(request, languages), languages=languages), kind)
    if "art" in request.POST:
        return _page(request, BookingForm(initial=request.POST.dict(), languages=languages), kind)
    form = BookingForm(request.POST, languages=languages)
    released = _released(request, form) if form.is_valid() else {}
    if form.errors:
        return _page(request, form, kind, status=422)
    return _take(request, form, kind, released)


def _first(request: NetworkRequest, languages: list[str]) -> dict[str, Any]:
    spoken = content_language(get_language() or "de")
    return {
        "key": uuid.uuid4().hex,
        "language": spoken if spoken in languages else "de",
        "code": request.POST.get("code", "")[:20],
    }


def _released(request: NetworkRequest, form: BookingForm) -> dict[str, Any]:
    """Return the answers that the person hands over with their code; an unknown code is said."""
    code = form.cleaned_data["code"]
    if not code:
        return {}
    released = open_takeaway(actor=request.actor, code=code, now=now())
    if released is None:
        form.add_error("code", _("Diesen Code gibt es nicht oder nicht mehr. Sie können das Feld auch leer lassen."))
    return released or {}


def _take(request: NetworkRequest, form: BookingForm, kind: str, released: dict[str, Any]) -> HttpResponse:
    data = form.cleaned_data
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=Asked(
                channel=Channel.WEB, language=data["language"] or "de", concern=data["concern"], released=released
            ),
            details=form.details(),
            wanted=data["slot"],
            callback=False,
            idempotency_key=data["key"],
            now=now(),
        )
    except SlotTakenError as error:
        return _page(request, form, kind, status=CONFLICT, others=error.next_slots)
    except TragnetzError as error:
        form.add_error(None, str(error))
        return _page(request, form, kind, status=422)
    assert taken.booked is not None  # noqa: S101 -- a time was wanted, so it was booked or refused
    context = _booking_context(request, taken.booked.booking) | {"code": taken.booked.code, "fresh": True}
    return render(request, "portal/booking/done.html", context)


def _kind(typed: str) -> str:
    return typed if typed in {value for value, _label in PUBLIC_KINDS} else Kind.PHONE.value


def _page(
    request: NetworkRequest, form: BookingForm, kind: str, *, status: int = 200, others: list[Slot] | None = None
) -> HttpResponse:
    at = now()
    wants_interpreter = str(form["interpreter"].value()) in {"True", "on"}
    days = times_by_day(
        network=request.network,
        now=at,
        not_before=earliest_for(request.actor, at),
        kind=kind,
        interpreter=wants_interpreter,
    )
    zone = request.network.zone
    offered = {slot.token for slots in days.values() for slot in slots}
    context = {
        "form": form,
        "kind": kind,
        "kinds": PUBLIC_KINDS,
        "days": [(day, [(slot, slot.starts_at.astimezone(zone)) for slot in slots]) for day, slots in days.items()],
        "others": [(slot, slot.starts_at.astimezone(zone)) for slot in others or []],
        "chosen": form["slot"].value() if form["slot"].value() in offered else "",
        "minutes": length_seconds(terms_of(request.network), kind, Purpose.FIRST, interpreter=wants_interpreter) // 60,
        "lines": lines(request.network, at),
        "wait": told_wait(request.network),
    }
    return render(request, "portal/booking/book.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Show, move or cancel the booking behind a code."""
    if request.method != "POST":
        return render(request, "portal/booking/code.html", {"lines": lines(request.network, now())})
    typed = request.POST.get("code", "")[:40]
    booking = booking_by_code(typed)
    if booking is None:
        context = {"typed": typed, "unknown": True, "lines": lines(request.network, now())}
        return render(request, "portal/booking/code.html", context, status=422)
    record(request.actor, "booking:read", booking)
    context = {"code": format_code(clean_code(typed))}
    status = 200
    try:
        if "cancel" in request.POST:
            cancel(actor=request.actor, booking=booking, now=now())
            booking = booking_by_code(typed) or booking
            context["done"] = _("Ihr Termin ist abgesagt.")
        elif "slot" in request.POST:
            wanted = read_token(request.POST["slot"])
            if wanted is not None:
                move(actor=request.actor, booking=booking, wanted=wanted, now=now())
                booking = booking_by_code(typed) or booking
                context["done"] = _("Ihr Termin ist verschoben.")
    except (SlotTakenError, NotPossibleError) as error:
        context["problem"] = str(error)
        status = CONFLICT
    if "move" in request.POST or "problem" in context:
        context |= _times(request, booking)
    return render(request, "portal/booking/done.html", _booking_context(request, booking) | context, status=status)


def _times(request: NetworkRequest, booking: Booking) -> dict[str, Any]:
    at = now()
    days = times_by_day(
        network=request.network,
        now=at,
        not_before=earliest_for(request.actor, at),
        kind=booking.kind,
        interpreter=booking.interpreter,
    )
    zone = request.network.zone
    return {"days": [(day, [(slot, slot.starts_at.astimezone(zone)) for slot in slots]) for day, slots in days.items()]}


def _booking_context(request: NetworkRequest, booking: Booking) -> dict[str, Any]:
    zone = request.network.zone
    starts: datetime = booking.starts_at.astimezone(zone)
    return {
        "booking": booking,
        "starts": starts,
        "ends": booking.ends_at.astimezone(zone),
        "cancelled": booking.state == BookingState.CANCELLED,
        "changeable": booking.state == BookingState.BOOKED and booking.starts_at > now(),
        "lines": lines(request.network, now()),
    }
