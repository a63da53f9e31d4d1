"""The own page: a code opens it; steps, messages, own rating, withdrawal, appointments; and quickly away."""

import math
import uuid
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.appointments.claims import earliest_for
from tragnetz.appointments.commands import cancel, move
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.queries import organisation_bound, times_by_day
from tragnetz.appointments.rules import read_token
from tragnetz.casework.ownpage.commands import (
    close_own_page,
    mark_own_read,
    open_own_page,
    rate_own_life,
    tick_step,
    withdraw_on_own_page,
    write_to_counselling,
)
from tragnetz.casework.ownpage.queries import OwnPage, coming_bookings, own_page
from tragnetz.casework.ownpage.rules import MOST_WRITTEN
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.consent.queries import given_by
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.origin import is_from_here
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.portal.own.asked import open_moment
from tragnetz.portal.own.claims import in_words
from tragnetz.portal.own.entry import (
    code_page,
    hand_out,
    must_wait,
    opened,
    opened_by,
    take_away,
    was_no_guess,
)
from tragnetz.portal.own.files import with_state
from tragnetz.portal.own.forms import MessageForm, RateForm
from tragnetz.portal.own.projects import shown_projects
from tragnetz.portal.own.referrals import shown_referrals
from tragnetz.portal.resaid import ANOTHER_LANGUAGE, as_typed, only_reads_on
from tragnetz.referrals.asking import tell_on_own_page
from tragnetz.vault.keyring import using
from tragnetz.vault.turns import AGAIN_SECONDS, BusyError

AWAY = "https://www.wetter.de/"


@csrf_exempt  # checked by `is_from_here`: a token would be a cookie before a code is typed
@private
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: NetworkRequest) -> HttpResponse:
    """Show the own page, or ask for the code; a typed code opens it."""
    if request.method == "POST":
        return _open(request)
    found = opened_by(request)
    if found is None:
        return code_page(request)
    with using(found.ring):
        return own_view(request, found)


def _open(request: NetworkRequest) -> HttpResponse:
    typed, kept = request.POST.get("code", "")[:40], request.POST.get("kept", "")[: 2 * MOST_WRITTEN]
    if not is_from_here(request):
        return code_page(request, status=403, unknown=True, typed="", kept=kept)
    wait = must_wait(request)
    if wait:
        response = code_page(request, status=HTTPStatus.TOO_MANY_REQUESTS, slowed=True, typed=typed, kept=kept)
        response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response
    try:
        done = open_own_page(network=request.network, typed=typed, now=now())
    except BusyError:
        was_no_guess(request)
        response = code_page(request, status=HTTPStatus.SERVICE_UNAVAILABLE, busy=True, typed=typed, kept=kept)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response
    if done is None:
        return code_page(request, status=422, unknown=True, typed=typed, kept=kept)
    was_no_guess(request)
    found, cookie = done
    if kept:
        with using(found.ring):
            response = own_view(request, found, form=MessageForm(initial={"key": uuid.uuid4().hex, "text": kept}))
    else:
        response = redirect("portal:own")
    hand_out(response, cookie)
    return response


def own_view(
    request: NetworkRequest, found: Opened, *, form: MessageForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, with a form as it was typed."""
    at = now()
    shown = own_page(found, at)
    context = page_context(request, shown) | {
        "form": form or MessageForm(initial={"key": uuid.uuid4().hex}),
        "problem": problem,
        "done": done_words().get(request.GET.get("ok", ""), ""),
        "lines": lines_now(request.network),
        "referrals": shown_referrals(request, found),
        "projects": shown_projects(found),
        "asks": open_moment(found.access.person_id, at),
    }
    response = render(request, "portal/own/page.html", context, status=status)
    mark_own_read(opened=found, now=at)
    return response


def page_context(request: NetworkRequest, shown: OwnPage) -> dict[str, Any]:
    """Return what the page shows, times in the city's zone."""
    zone = request.network.zone
    return {
        "shown": shown,
        "claims": in_words(shown.claims),
        "bookings": [(row, row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)) for row in shown.bookings],
        "files": with_state(shown.files),
        "unread": any(row.author_id and row.read_at is None for row in shown.messages),
    }


def done_words() -> dict[str, str]:
    """Return what is said after something was done, by the code in the address."""
    return {
        "step": _("Gespeichert. Gut gemacht!"),
        "again": _("Der Schritt ist wieder offen."),
        "message": _("Ihre Nachricht ist bei der Beratung."),
        "told": _("Danke. Ihre Beratung sieht die Antwort."),
        "rated": _("Danke. Ihre Einschätzung ist gespeichert."),
        "withdrawn": _("Widerrufen. Es gilt ab sofort nicht mehr."),
        "moved": _("Ihr Termin ist verschoben."),
        "cancelled": _("Ihr Termin ist abgesagt."),
    }


def _back(ok: str) -> HttpResponse:
    return redirect(f"{reverse('portal:own')}?ok={ok}")


@private
@require_POST
def leave(request: NetworkRequest) -> HttpResponse:
    """End the page: to the start page, or (`away`) at once to a page that says nothing.

    The way to another site is a header of an answer of our own: a form may not lead there (content policy).
    """
    found = opened_by(request)
    if found is not None:
        close_own_page(opened=found)
    if "away" in request.POST:
        response = render(request, "portal/own/away.html", {"away": AWAY})
        response.headers["Refresh"] = f"0; url={AWAY}"
        response.headers["Referrer-Policy"] = "no-referrer"
    else:
        response = redirect("portal:start")
    take_away(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
@opened
def step(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Tick an own step, or take the tick back."""
    done = "again" not in request.POST
    try:
        tick_step(opened=found, step_id=request.POST.get("step", ""), done=done)
    except TragnetzError as error:
        return own_view(request, found, problem=str(error), status=422)
    return _back("step" if done else "again")


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def message(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Write to the counselling. Who loads the answer to a form anew comes back to their page."""
    if request.method != "POST":
        return redirect("portal:own")
    form = MessageForm(request.POST)
    if only_reads_on(request):
        return own_view(request, found, form=as_typed(form))
    if not form.is_valid():
        return own_view(request, found, form=form, status=422)
    data = form.cleaned_data
    try:
        write_to_counselling(opened=found, text=data["text"], request_key=data["key"], step_id=data["step"], now=now())
    except TragnetzError as error:
        form.add_error("text", str(error))
        return own_view(request, found, form=form, status=422)
    return _back("message")


@require_POST
@opened
def told(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Say whether the help of another body helped."""
    try:
        tell_on_own_page(
            opened=found, referral_id=request.POST.get("referral", ""), told=request.POST.get("told", ""), now=now()
        )
    except TragnetzError as error:
        return own_view(request, found, problem=str(error), status=422)
    return _back("told")


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def rate(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Say how things are."""
    form = RateForm(request.POST) if request.method == "POST" else RateForm(initial={"key": uuid.uuid4().hex})
    if only_reads_on(request):
        form = as_typed(form)
    elif request.method == "POST" and form.is_valid():
        try:
            rate_own_life(opened=found, levels=form.levels(), request_key=form.cleaned_data["key"])
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            return _back("rated")
    return render(request, "portal/own/rate.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def withdraw(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Withdraw in two clicks: the first one leads here and shows what it is, the second one does it."""
    given_id = (request.POST if request.method == "POST" else request.GET).get("was", "")
    at = now()
    entries = given_by(found.access.person, at, request.network.zone)
    entry = next((one for one in entries if str(one.row.pk) == given_id), None)
    if entry is None or not entry.holds:
        return own_view(request, found, problem=_("Das gilt schon nicht mehr."), status=422)
    if request.method == "POST":
        try:
            withdraw_on_own_page(opened=found, given_id=given_id, now=at)
        except TragnetzError as error:
            return own_view(request, found, problem=str(error), status=422)
        return _back("withdrawn")
    return render(request, "portal/own/withdraw.html", {"entry": entry})


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def booking(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Move or cancel an appointment, as with the code of the booking itself; before it is cancelled it asks (`ask`)."""
    asked = request.POST if request.method == "POST" else request.GET
    row = next((one for one in coming_bookings(found, now()) if str(one.pk) == asked.get("termin", "")), None)
    if row is None:
        return own_view(request, found, problem=_("Diesen Termin gibt es nicht mehr."), status=422)
    if request.method != "POST" or request.POST.keys() & {"ask", "keep", ANOTHER_LANGUAGE}:
        return _booking_page(request, row, asks="ask" in request.POST)
    try:
        if "cancel" in request.POST:
            cancel(actor=request.actor, booking=row, now=now())
            return _back("cancelled")
        wanted = read_token(request.POST.get("slot", ""))
        if wanted is None:
            return _booking_page(request, row, problem=_("Bitte wählen Sie einen Termin."), status=422)
        move(actor=request.actor, booking=row, wanted=wanted, now=now())
    except (SlotTakenError, NotPossibleError) as error:
        return _booking_page(request, row, problem=str(error), status=HTTPStatus.CONFLICT)
    return _back("moved")


def _booking_page(
    request: NetworkRequest, row: Booking, *, problem: str = "", asks: bool = False, status: int = 200
) -> HttpResponse:
    at, zone = now(), request.network.zone
    days = times_by_day(
        network=request.network, now=at, not_before=earliest_for(request.actor, at), kind=row.kind,
        interpreter=row.interpreter, purpose=row.purpose, language=row.language,
        organisation_id=organisation_bound(row),
    )  # fmt: skip
    local: list[tuple[object, list[tuple[object, datetime]]]] = [
        (day, [(slot, slot.starts_at.astimezone(zone)) for slot in slots]) for day, slots in days.items()
    ]
    context = {
        "booking": row, "starts": row.starts_at.astimezone(zone), "days": local, "problem": problem,
        "asks": asks, "changeable": row.starts_at > at, "lines": lines_now(request.network),
    }  # fmt: skip
    return render(request, "portal/own/booking.html", context, status=status)
