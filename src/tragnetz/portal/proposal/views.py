"""The page behind the link of a held time. To look changes nothing: programs that try out links accept nothing."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calls.queries import is_call_spared
from tragnetz.appointments.commands import Booked
from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.links import booking_of
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.answers import accept, ask_for_call, choose, is_open, other_times
from tragnetz.appointments.rules import read_token
from tragnetz.audit.commands import record
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.vault.sealing import code_for


@private
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: NetworkRequest, secret: str) -> HttpResponse:
    """Show a held time; accept it, take another one, or ask for a call."""
    booking = booking_of(secret)
    if booking is None or not (is_open(booking, now()) or booking.state == BookingState.BOOKED):
        return _gone(request)
    record(request.actor, "booking:read", booking)
    if booking.state == BookingState.BOOKED:
        return _done(request, booking, code_for(booking.idempotency_key))
    if request.method != "POST":
        return _page(request, booking, secret, {"times": "andere" in request.GET})
    try:
        return _answer(request, booking, secret)
    except (SlotTakenError, NotPossibleError) as error:
        return _page(request, booking, secret, {"problem": str(error), "times": True}, status=HTTPStatus.CONFLICT)


def _answer(request: NetworkRequest, booking: Booking, secret: str) -> HttpResponse:
    actor = request.actor
    if "call" in request.POST:
        ask_for_call(actor=actor, booking=booking, now=now())
        return render(request, "portal/proposal/call.html", {"lines": lines_now(request.network)})
    if "accept" in request.POST:
        return _booked(request, accept(actor=actor, booking=booking, now=now()))
    wanted = read_token(request.POST.get("slot", ""))
    if wanted is None:
        problem = _("Bitte wählen Sie eine Zeit.")
        return _page(request, booking, secret, {"problem": problem, "times": True}, status=422)
    return _booked(request, choose(actor=actor, booking=booking, wanted=wanted, now=now()))


def _booked(request: NetworkRequest, booked: Booked) -> HttpResponse:
    booking = Booking.objects.select_related("site__network", "membership__organisation").get(pk=booked.booking.pk)
    return _done(request, booking, booked.code)


def _done(request: NetworkRequest, booking: Booking, code: str) -> HttpResponse:
    zone = request.network.zone
    context = {
        "booking": booking, "starts": booking.starts_at.astimezone(zone), "ends": booking.ends_at.astimezone(zone),
        "code": code, "lines": lines_now(request.network), "spared": is_call_spared(booking),
    }  # fmt: skip
    return render(request, "portal/proposal/done.html", context)


def _page(
    request: NetworkRequest, booking: Booking, secret: str, shown: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    zone = request.network.zone
    assert booking.held_until is not None  # noqa: S101 -- an open one is held
    context: dict[str, Any] = shown | {
        "secret": secret,
        "booking": booking,
        "starts": booking.starts_at.astimezone(zone),
        "ends": booking.ends_at.astimezone(zone),
        "until": booking.held_until.astimezone(zone),
        "old": booking.replaces,
        "old_starts": booking.replaces.starts_at.astimezone(zone) if booking.replaces else None,
        "lines": lines_now(request.network),
    }
    if shown["times"]:
        days = other_times(request.actor, booking, now())
        context["days"] = [
            (day, [(slot, slot.starts_at.astimezone(zone)) for slot in slots]) for day, slots in days.items()
        ]
    return render(request, "portal/proposal/proposal.html", context, status=status)


def _gone(request: NetworkRequest) -> HttpResponse:
    return render(request, "portal/proposal/gone.html", {"lines": lines_now(request.network)}, status=404)
