"""Pages of the appointment. Nothing personal ever stands in an address; codes travel in the body alone."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from babel.dates import format_date
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calls.queries import is_call_spared
from tragnetz.appointments.claims import earliest_for
from tragnetz.appointments.commands import cancel, hold_for_public, move, release_hold
from tragnetz.appointments.enums import BookingState, Kind, Purpose
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.links import secret_of
from tragnetz.appointments.models import Booking
from tragnetz.appointments.policy import terms_of
from tragnetz.appointments.queries import (
    booking_by_code,
    organisation_bound,
    proposal_for,
    public_hold,
    speakers,
    times_by_day,
)
from tragnetz.appointments.rules import Slot, length_seconds, read_token
from tragnetz.audit.commands import record
from tragnetz.casework.commands import Asked, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.clients.commands import open_takeaway
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import clean_code, format_code
from tragnetz.core.links import page_address
from tragnetz.core.texts import SOURCE_LANGUAGE, spoken_language
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.booking.forms import PUBLIC_KINDS, BookingForm
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.portal.reach import first_answers, not_told, spoken_in, told_too_often, writes_too_often
from tragnetz.portal.resaid import as_typed, only_reads_on
from tragnetz.portal.waits import told_wait
from tragnetz.printing.qr import qr_image


@private
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: NetworkRequest) -> HttpResponse:
    """First a time, which is held while the person says who they are; whatever goes wrong, what was typed stays."""
    languages = spoken_in(request.network)
    kind = _kind(request.POST.get("art") or request.POST.get("kind") or request.GET.get("art", ""))
    if request.method != "POST" or "vorbereiten" in request.POST:
        return _times_page(request, BookingForm(initial=_first(request, languages), languages=languages), kind)
    if only_reads_on(request):
        return _read_on(request, as_typed(BookingForm(request.POST, languages=languages)), kind)
    if "art" in request.POST:
        return _times_page(request, BookingForm(initial=_another(request), languages=languages), kind)
    form = BookingForm(request.POST, languages=languages)
    if "name" not in request.POST:
        return _hold(request, form, kind)
    released = _released(request, form) if form.is_valid() else {}
    if form.errors:
        return _details_page(request, form, kind, status=422)
    return _take(request, form, kind, released)


def _read_on(request: NetworkRequest, form: BookingForm, kind: str) -> HttpResponse:
    """Show the step in which somebody is, in another language."""
    if "name" in request.POST:
        return _details_page(request, form, kind)
    return _times_page(request, form, kind)


def _first(request: NetworkRequest, languages: list[str]) -> dict[str, Any]:
    return first_answers(languages) | {"code": request.POST.get("code", "")[:20]}


def _another(request: NetworkRequest) -> dict[str, Any]:
    """Return what was typed, to choose another time with; the one held so far is given back under its key."""
    typed: dict[str, Any] = request.POST.dict()
    held = public_hold(typed.get("key", ""))
    if held is not None:
        release_hold(actor=request.actor, booking=held, now=now())
        typed["key"] = uuid.uuid4().hex
    return typed


def _hold(request: NetworkRequest, form: BookingForm, kind: str) -> HttpResponse:
    """Hold the chosen time and ask for the rest; without a hold (too many at once) the booking itself decides."""
    form.is_valid()
    data, wanted = form.cleaned_data, form.cleaned_data.get("slot")
    if wanted is None:
        form.errors.clear()
        form.add_error("slot", _("Bitte wählen Sie einen Termin."))
        return _times_page(request, form, kind, status=422)
    asked = BookingForm(initial=request.POST.dict() | {"key": data["key"]}, languages=[data["language"] or "de"])
    at = now()
    try:
        held = hold_for_public(
            actor=request.actor, wanted=wanted, interpreter=data["interpreter"], language=data["language"] or "de",
            idempotency_key=data["key"], now=at,
        )  # fmt: skip
    except SlotTakenError as error:
        return _times_page(request, _again(form), kind, status=HTTPStatus.CONFLICT, others=error.next_slots)
    except NotPossibleError as error:
        asked.initial["key"] = uuid.uuid4().hex
        return _times_page(request, asked, kind, status=HTTPStatus.CONFLICT, problem=str(error))
    return _details_page(request, asked, kind, held=held)


def _again(form: BookingForm) -> BookingForm:
    """Return a form with what was chosen so far and without its faults: nothing was asked that could be wrong."""
    return BookingForm(initial=dict(form.data.items()), languages=[str(form["language"].value() or "de")])


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
    data, details = form.cleaned_data, form.details()
    if writes_too_often(form, details):
        return _details_page(request, form, kind, status=422)
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=Asked(
                channel=Channel.WEB, language=data["language"] or "de", concern=data["concern"], released=released
            ),
            details=details,
            wanted=data["slot"],
            callback=False,
            idempotency_key=data["key"],
            now=now(),
        )
    except SlotTakenError as error:
        not_told(details)
        return _details_page(request, form, kind, status=HTTPStatus.CONFLICT, others=error.next_slots)
    except TragnetzError as error:
        not_told(details)
        form.add_error(None, str(error))
        return _details_page(request, form, kind, status=422)
    assert taken.booked is not None  # noqa: S101 -- a time was wanted, so it was booked or refused
    booking = booking_by_code(taken.booked.code) or taken.booked.booking
    context = _booking_context(request, booking) | _code(request, taken.booked.code)
    context |= {"fresh": True, "answers_code": data["code"]}
    return render(request, "portal/booking/done.html", context)


def _kind(typed: str) -> str:
    return typed if typed in {value for value, _label in PUBLIC_KINDS} else Kind.PHONE.value


def _times_page(
    request: NetworkRequest,
    form: BookingForm,
    kind: str,
    *,
    status: int = 200,
    others: list[Slot] | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show the free times by day."""
    at = now()
    wants_interpreter = str(form["interpreter"].value()) in {"True", "on"}
    language = str(form["language"].value() or "de")
    days = times_by_day(
        network=request.network, now=at, not_before=earliest_for(request.actor, at), kind=kind,
        interpreter=wants_interpreter, language=language,
    )  # fmt: skip
    context = {
        "form": form,
        "kind": kind,
        "kinds": PUBLIC_KINDS,
        "days": _local_days(request, days),
        "others": _local(request, others or []),
        "problem": problem,
        "minutes": length_seconds(terms_of(request.network), kind, Purpose.FIRST, interpreter=wants_interpreter) // 60,
        "speaks": language != "de" and bool(speakers(language)),
        "lines": lines_now(request.network),
        "wait": told_wait(request.network),
    }
    return render(request, "portal/booking/book.html", context, status=status)


def _details_page(
    request: NetworkRequest,
    form: BookingForm,
    kind: str,
    *,
    status: int = 200,
    others: list[Slot] | None = None,
    held: Booking | None = None,
) -> HttpResponse:
    """Ask who comes, for the time chosen before; if it is gone, for one of those that are free instead."""
    if held is None and not others:  # whose time is gone holds none
        held = public_hold(str(form["key"].value() or ""))
    wanted = read_token(str(form["slot"].value() or ""))
    zone = request.network.zone
    context = {
        "form": form,
        "kind": kind,
        "kind_label": dict(PUBLIC_KINDS)[kind],
        "starts": datetime.fromtimestamp(wanted.start, zone) if wanted and not others else None,
        "ends": datetime.fromtimestamp(wanted.start + wanted.length, zone) if wanted else None,
        "held_until": held.held_until.astimezone(zone) if held and held.held_until else None,
        "others": _local(request, others or []),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/booking/details.html", context, status=status)


def _local(request: NetworkRequest, slots: Iterable[Slot]) -> list[tuple[Slot, datetime]]:
    return [(slot, slot.starts_at.astimezone(request.network.zone)) for slot in slots]


def _local_days(
    request: NetworkRequest, days: dict[date, list[Slot]]
) -> list[tuple[date, list[tuple[Slot, datetime]]]]:
    return [(day, _local(request, slots)) for day, slots in days.items()]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Show, move or cancel the booking behind a code; before it is cancelled the page asks once (`ask`)."""
    if request.method != "POST":
        return render(request, "portal/booking/code.html", {"lines": lines_now(request.network)})
    typed = request.POST.get("code", "")[:40]
    booking = booking_by_code(typed)
    if booking is None:
        unknown = {"typed": typed, "unknown": True, "lines": lines_now(request.network)}
        return render(request, "portal/booking/code.html", unknown, status=422)
    record(request.actor, "booking:read", booking)
    context = _code(request, format_code(clean_code(typed)))
    status = 200
    try:
        if "cancel" in request.POST:
            cancel(actor=request.actor, booking=booking, now=now())
            booking = booking_by_code(typed) or booking
            context["done"] = _("Ihr Termin ist abgesagt.")
        elif "slot" in request.POST:
            wanted = read_token(request.POST["slot"])
            if wanted is not None:
                _must_not_be_tired(booking)
                move(actor=request.actor, booking=booking, wanted=wanted, now=now())
                booking = booking_by_code(typed) or booking
                context["done"] = _("Ihr Termin ist verschoben.")
    except (SlotTakenError, NotPossibleError) as error:
        context["problem"] = str(error)
        status = HTTPStatus.CONFLICT
    if "move" in request.POST or "problem" in context:
        context |= _times(request, booking)
    context = {
        **_booking_context(request, booking), **_proposed(request, booking), "spared": is_call_spared(booking),
        "asks": "ask" in request.POST, **context,
    }  # fmt: skip
    return render(request, "portal/booking/done.html", context, status=status)


def _must_not_be_tired(booking: Booking) -> None:
    """Raise NotPossibleError for an appointment that is moved again and again, with a message each time."""
    if booking.contact is not None and told_too_often(booking.contact):
        raise NotPossibleError(_("Dieser Termin ist zuletzt schon oft verschoben worden. Bitte rufen Sie uns an."))


def _proposed(request: NetworkRequest, booking: Booking) -> dict[str, Any]:
    """Return the time that we hold for the person because this one cannot take place."""
    held = proposal_for(booking, now())
    if held is None or held.held_until is None:
        return {}
    zone = request.network.zone
    return {
        "proposed": held.starts_at.astimezone(zone),
        "until": held.held_until.astimezone(zone),
        "secret": secret_of(held),
    }


def _times(request: NetworkRequest, booking: Booking) -> dict[str, Any]:
    at = now()
    days = times_by_day(
        network=request.network, now=at, not_before=earliest_for(request.actor, at), kind=booking.kind,
        interpreter=booking.interpreter, purpose=booking.purpose, language=booking.language,
        organisation_id=organisation_bound(booking),
    )  # fmt: skip
    return {"days": _local_days(request, days)}


def _code(request: NetworkRequest, code: str) -> dict[str, Any]:
    """Return the code, and its picture for paper: behind the `#` it reaches no server and no log."""
    link = page_address(request, "portal:my_booking")
    qr = mark_safe(qr_image(f"{link}#{code}"))  # noqa: S308 -- made of squares by us, holds no text
    return {"code": code, "qr": qr}


def german_line(booking: Booking, starts: datetime) -> str:
    """Return when and where in German, for whoever is asked for the way; nothing on a page that is German."""
    if spoken_language(get_language() or SOURCE_LANGUAGE) == SOURCE_LANGUAGE:
        return ""
    with override(SOURCE_LANGUAGE):
        day = format_date(starts, "EEEE, d. MMMM y", locale=SOURCE_LANGUAGE)
        place = f"{booking.site.name}, {booking.site.address}" if booking.site is not None else ""
        return ", ".join(filter(None, (f"{day}, {starts:%H:%M} Uhr", str(booking.get_kind_display()), place)))


def _booking_context(request: NetworkRequest, booking: Booking) -> dict[str, Any]:
    zone = request.network.zone
    starts: datetime = booking.starts_at.astimezone(zone)
    return {
        "booking": booking,
        "starts": starts,
        "ends": booking.ends_at.astimezone(zone),
        "german": german_line(booking, starts),
        "cancelled": booking.state == BookingState.CANCELLED,
        "changeable": booking.state == BookingState.BOOKED and booking.starts_at > now(),
        "lines": lines_now(request.network),
    }
