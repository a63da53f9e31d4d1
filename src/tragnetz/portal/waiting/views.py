"""Join the waiting list; see one's place and leave by code. Codes travel in the body alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.enums import WaitingState
from tragnetz.appointments.links import secret_of
from tragnetz.appointments.models import WaitingEntry
from tragnetz.appointments.waiting.commands import leave_list
from tragnetz.appointments.waiting.queries import entry_by_code, live_offer, place_of
from tragnetz.appointments.waiting.words import wishes_in_words
from tragnetz.audit.commands import record
from tragnetz.casework.commands import Asked, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import clean_code, format_code
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.portal.reach import first_answers, not_told, spoken_in, writes_too_often
from tragnetz.portal.resaid import as_typed, only_reads_on
from tragnetz.portal.waiting.forms import WaitingForm


@private
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: NetworkRequest) -> HttpResponse:
    """Take a place on the list; whatever goes wrong, what was typed stays."""
    languages = spoken_in(request.network)
    if request.method != "POST":
        return _page(request, WaitingForm(initial=first_answers(languages), languages=languages))
    form = WaitingForm(request.POST, languages=languages)
    if only_reads_on(request):
        return _page(request, as_typed(form))
    if not form.is_valid():
        return _page(request, form, status=422)
    data, details = form.cleaned_data, form.details()
    if writes_too_often(form, details):
        return _page(request, form, status=422)
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=Asked(
                channel=Channel.WEB, language=data["language"] or "de", district=form.place, concern=data["concern"]
            ),
            details=details,
            wanted=None,
            callback=False,
            waiting=form.wishes(),
            idempotency_key=data["key"],
            now=now(),
        )
    except TragnetzError as error:
        not_told(details)
        form.add_error(None, str(error))
        return _page(request, form, status=422)
    assert taken.waiting is not None  # noqa: S101 -- a place was asked for
    context = _place(request, taken.waiting.entry) | {"code": taken.waiting.code, "fresh": True}
    return render(request, "portal/waiting/place.html", context)


def _page(request: NetworkRequest, form: WaitingForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "lines": lines_now(request.network)}
    return render(request, "portal/waiting/join.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Show the place behind a code, or leave the list, after one question (`ask`)."""
    if request.method != "POST":
        return render(request, "portal/waiting/code.html", {"lines": lines_now(request.network)})
    typed = request.POST.get("code", "")[:40]
    entry = entry_by_code(typed)
    if entry is None:
        context = {"typed": typed, "unknown": True, "lines": lines_now(request.network)}
        return render(request, "portal/waiting/code.html", context, status=422)
    record(request.actor, "waiting:read", entry)
    if "leave" in request.POST:
        leave_list(actor=request.actor, entry=entry, now=now())
        entry.refresh_from_db(fields=["state"])
    context = _place(request, entry) | {"code": format_code(clean_code(typed)), "asks": "ask" in request.POST}
    return render(request, "portal/waiting/place.html", context)


def _place(request: NetworkRequest, entry: WaitingEntry) -> dict[str, Any]:
    zone = request.network.zone
    offer = live_offer(entry, now())
    return {
        "entry": entry,
        "place": place_of(entry),
        "wishes": wishes_in_words(entry),
        "booked": entry.state == WaitingState.BOOKED,
        "offer": offer,
        "secret": secret_of(offer) if offer else "",
        "starts": offer.starts_at.astimezone(zone) if offer else None,
        "until": offer.held_until.astimezone(zone) if offer and offer.held_until else None,
        "lines": lines_now(request.network),
    }
