"""The desk: take a call, keep promises to call back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.claims import audience_of
from tragnetz.appointments.commands import settle_callback
from tragnetz.appointments.enums import CallbackState
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.queries import booking_by_code
from tragnetz.appointments.suggestions import SlotWish, alternatives, best_slots
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_take_calls, visible_callbacks
from tragnetz.casework.commands import Asked, Taken, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.casework.queries import visible_callback
from tragnetz.casework.rules import Fit, fits
from tragnetz.clients.commands import open_takeaway
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.directory.sentences import question
from tragnetz.eligibility.facts import Facts, clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Programme
from tragnetz.network.queries import programmes
from tragnetz.workspace.desk.forms import CallForm
from tragnetz.workspace.entry import staff

CONFLICT = 409


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: NetworkRequest) -> HttpResponse:
    """Take a call: each send shows what is known so far; the last one books, promises a call, or just counts."""
    language = get_language() or "de"
    offered = [(topic.key, choose(topic.name, language).text) for topic in topics()]
    if request.method != "POST":
        return _page(request, CallForm(initial={"key": uuid.uuid4().hex}, topics=offered), {})
    form = CallForm(request.POST, topics=offered)
    valid = form.is_valid()
    facts: dict[str, Any] = dict(form.facts())
    released = _released(request, form)
    facts = clean_facts(released.get("facts", {})) | facts
    wanted = form.cleaned_data.get("slot")
    doing = next((name for name in ("book", "callback", "information") if name in request.POST), "")
    if doing == "book" and wanted is None:
        form.add_error(None, _("Bitte wählen Sie einen der Termine."))
    if doing in {"book", "callback"} and not form.cleaned_data.get("name"):
        form.add_error("name", _("Wie dürfen wir die Person nennen?"))
    if not doing or not valid or form.errors:
        return _page(request, form, facts, status=422 if form.errors else 200)
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=_asked(form, facts, released),
            details=form.details() if doing != "information" else None,
            wanted=wanted if doing == "book" else None,
            callback=doing == "callback",
            purpose=form.purpose,
            idempotency_key=form.cleaned_data["key"],
            now=now(),
        )
    except SlotTakenError as error:
        form.add_error(None, str(error))
        return _page(request, form, facts, status=CONFLICT)
    except TragnetzError as error:
        form.add_error(None, str(error))
        return _page(request, form, facts, status=422)
    return _done(request, taken)


def _released(request: NetworkRequest, form: CallForm) -> dict[str, Any]:
    code = form.cleaned_data.get("code")
    if not code:
        return {}
    answers = open_takeaway(actor=request.actor, code=code, now=now())
    form.known = None if answers is not None else booking_by_code(code)
    if answers is None and form.known is None:
        form.add_error("code", _("Diesen Code gibt es nicht oder nicht mehr."))
    return answers or {}


def _asked(form: CallForm, facts: Facts, released: dict[str, Any]) -> Asked:
    data = form.cleaned_data
    known = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
    return Asked(
        channel=Channel.PHONE,
        topic=data["topic"],
        urgency=data["urgency"] or "normal",
        language=data["language"] or "de",
        district=form.place.district if form.place else None,
        locality=form.place.locality if form.place and "locality" in facts else None,
        programme=_programme(facts),
        concern=data["concern"],
        released={"facts": known, "services": released.get("services", [])} if known else {},
    )


def _programme(facts: Facts) -> Programme | None:
    running = {row.key: row for row in programmes(now())}
    found = _fits(running, facts)
    return running[found[0].programme] if found and found[0].verdict.truth is Truth.YES else None


def _fits(running: dict[str, Programme], facts: Facts) -> list[Fit]:
    return fits([(key, row.target_group) for key, row in running.items()], facts)


def _page(request: NetworkRequest, form: CallForm, facts: Facts, *, status: int = 200) -> HttpResponse:
    running = {row.key: row for row in programmes(now())}
    data = form.cleaned_data if form.is_bound else {}
    wish = SlotWish(
        kind=data.get("kind", ""),
        topic=data.get("topic", ""),
        language=data.get("language") or "de",
        interpreter=bool(data.get("interpreter")),
        gender=data.get("gender", ""),
        district=form.place.district.key if form.place else "",
        purpose=form.purpose,
        known_id=form.known.membership_id if form.known else None,
    )
    zone = request.network.zone
    asked: dict[str, Any] = {
        "network": request.network, "now": now(), "not_before": now(), "wish": wish,
        "audience": audience_of(request.actor),
    }  # fmt: skip
    found = best_slots(**asked) if form.is_bound else []
    others = alternatives(**asked) if form.is_bound else []
    tokens = [one.slot.token for one in [*found, *(other.suggestion for other in others)]]
    chosen = str(form["slot"].value() or "")
    context = {
        "form": form,
        "suggestions": [(one, one.slot.starts_at.astimezone(zone)) for one in found],
        "alternatives": [(one, one.suggestion.slot.starts_at.astimezone(zone)) for one in others],
        "chosen": chosen if chosen in tokens else (tokens[0] if tokens else ""),
        "fits": [
            (running[fit.programme], fit.verdict.truth.value, [question(one) for one in fit.verdict.missing])
            for fit in _fits(running, facts)
        ],
        "urgent": data.get("urgency") == "today",
    }
    return render(request, "workspace/desk.html", context, status=status)


def _done(request: NetworkRequest, taken: Taken) -> HttpResponse:
    zone = request.network.zone
    booking = taken.booked.booking if taken.booked else None
    context = {
        "taken": taken,
        "code": taken.booked.code if taken.booked else "",
        "starts": booking.starts_at.astimezone(zone) if booking else None,
        "until": taken.callback.promised_until.astimezone(zone) if taken.callback else None,
    }
    return render(request, "workspace/desk_done.html", context)


@staff(can_take_calls)
@require_safe
def callbacks(request: NetworkRequest) -> HttpResponse:
    """List the promises to call back."""
    rows = list(visible_callbacks(request.actor)[:200])
    record(request.actor, "callbacks:read", None, rows=len(rows))
    return render(request, "workspace/callbacks.html", {"callbacks": rows, "now": now()})


@staff(can_take_calls)
@require_POST
def settle(request: NetworkRequest, callback_id: uuid.UUID) -> HttpResponse:
    """Say what became of a promised call."""
    found = visible_callback(request.actor, callback_id)
    if found is None:
        raise Http404
    wanted = request.POST.get("state", "")
    if wanted not in CallbackState.values:
        raise Http404
    try:
        settle_callback(actor=request.actor, callback=found, state=CallbackState(wanted))
        messages.success(request, _("Gespeichert."))
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:callbacks")
