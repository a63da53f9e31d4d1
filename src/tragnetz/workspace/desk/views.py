"""The desk: take a call."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calls.queries import promised_until, told
from tragnetz.appointments.claims import audience_of
from tragnetz.appointments.enums import Kind, Urgency
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.groups.access import can_see_groups
from tragnetz.appointments.models import Callback
from tragnetz.appointments.queries import booking_by_code
from tragnetz.appointments.suggestions import SlotWish, alternatives, best_slots
from tragnetz.appointments.waiting.queries import can_be_offered, place_of
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_take_calls, visible_enquiries
from tragnetz.casework.commands import Asked, Taken, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.casework.queries import concern_of, visible_callback
from tragnetz.casework.rules import Fit, fits
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.commands import open_takeaway
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
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
from tragnetz.workspace.desk.sheet import BACK, reach_of, sheet_back
from tragnetz.workspace.entry import staff
from tragnetz.workspace.lines.presence import presence_context


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: NetworkRequest) -> HttpResponse:
    """Take a call: each send shows what is known so far; the last one books, promises a call, or just counts."""
    language = get_language() or "de"
    offered = [(topic.key, choose(topic.name, language).text) for topic in topics()]
    if request.method != "POST":
        return _page(request, CallForm(initial=_first(request), topics=offered), {})
    form = CallForm(_sent(request), topics=offered)
    valid = form.is_valid()
    facts: dict[str, Any] = dict(form.facts())
    released = _released(request, form)
    facts = clean_facts(released.get("facts", {})) | facts
    wanted = form.cleaned_data.get("slot")
    doing = next((name for name in ("book", "callback", "waiting", "information") if name in request.POST), "")
    if doing == "book" and wanted is None:
        form.add_error(None, _("Bitte wählen Sie einen der Termine."))
    form.check_reach(doing)
    if not doing or not valid or form.errors:
        return _page(request, form, facts, status=422 if form.errors else 200)
    promise = _callback(request, form.cleaned_data["promise"])
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=_asked(form, facts, released, today(request.network.zone)),
            details=form.details() if doing != "information" or promise else None,
            wanted=wanted if doing == "book" else None,
            callback=doing == "callback",
            waiting=_wishes(form) if doing == "waiting" else None,
            purpose=form.purpose,
            promise=promise,
            known=_contact(request, form.cleaned_data["contact"]) if doing != "information" else None,
            idempotency_key=form.cleaned_data["key"],
            now=now(),
        )
    except SlotTakenError as error:
        form.add_error(None, str(error))
        return _page(request, form, facts, status=HTTPStatus.CONFLICT)
    except TragnetzError as error:
        form.add_error(None, str(error))
        return _page(request, form, facts, status=422)
    return _done(request, taken, calling=promise is not None)


def _first(request: NetworkRequest) -> dict[str, Any]:
    """Return how the sheet begins: empty, or with what is known of somebody whom we call back."""
    first: dict[str, Any] = {"key": uuid.uuid4().hex}
    known = _contact(request, request.GET.get("kontakt", ""))
    if known is not None:
        record(request.actor, "contact:read", known)
        return first | reach_of(known)
    callback = _callback(request, request.GET.get("rueckruf", ""))
    if callback is None or callback.contact is None:
        return first
    return first | reach_of(callback.contact) | {
        "contact": "", "promise": callback.pk, "topic": callback.topic, "urgency": callback.urgency,
        "address": callback.district.name if callback.district else "", "concern": concern_of(request.actor, callback),
    }  # fmt: skip


def _sent(request: NetworkRequest) -> Mapping[str, Any]:
    """Return the sheet as it was sent; with whom somebody recognised in it (`adopt`), reached as we know it."""
    sheet = sheet_back(request.POST) if BACK in request.POST else request.POST.dict()
    known = _contact(request, request.POST.get("adopt", ""))
    if known is None:
        return sheet
    record(request.actor, "contact:read", known)
    return {name: value for name, value in (sheet | reach_of(known)).items() if value is not False}


def _contact(request: NetworkRequest, typed: str) -> Contact | None:
    try:
        return visible_contacts(request.actor).filter(pk=uuid.UUID(typed)).first()
    except ValueError:
        return None


def _callback(request: NetworkRequest, typed: str) -> Callback | None:
    try:
        return visible_callback(request.actor, uuid.UUID(typed))
    except ValueError:
        return None


def _wishes(form: CallForm) -> Wishes:
    data = form.cleaned_data
    return Wishes(
        kind=data["kind"],
        purpose=form.purpose,
        topic=data["topic"],
        language=data["language"] or "de",
        interpreter=data["interpreter"],
        district_id=form.place.district.pk if form.place else None,
    )


def _released(request: NetworkRequest, form: CallForm) -> dict[str, Any]:
    code = form.cleaned_data.get("code")
    if not code:
        return {}
    answers = open_takeaway(actor=request.actor, code=code, now=now())
    form.known = None if answers is not None else booking_by_code(code)
    if answers is None and form.known is None:
        form.add_error("code", _("Diesen Code gibt es nicht oder nicht mehr."))
    return answers or {}


def _asked(form: CallForm, facts: Facts, released: dict[str, Any], day: date) -> Asked:
    data = form.cleaned_data
    known = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
    return Asked(
        channel=Channel.PHONE,
        topic=data["topic"],
        urgency=data["urgency"] or "normal",
        language=data["language"] or "de",
        district=form.place.district if form.place else None,
        locality=form.place.locality if form.place and "locality" in facts else None,
        programme=_programme(facts, day),
        concern=data["concern"],
        released={"facts": known, "services": released.get("services", [])} if known else {},
    )


def _programme(facts: Facts, day: date) -> Programme | None:
    running = {row.key: row for row in programmes(day)}
    found = _fits(running, facts)
    return running[found[0].programme] if found and found[0].verdict.truth is Truth.YES else None


def _fits(running: dict[str, Programme], facts: Facts) -> list[Fit]:
    return fits([(key, row.target_group) for key, row in running.items()], facts)


def _page(request: NetworkRequest, form: CallForm, facts: Facts, *, status: int = 200) -> HttpResponse:
    running = {row.key: row for row in programmes(today(request.network.zone))}
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
    ways = alternatives(**asked) if form.is_bound else None
    others = ways.times if ways is not None else []
    groups = ways.groups if ways is not None and can_see_groups(request.actor) else []
    tokens = [one.slot.token for one in [*found, *(other.suggestion for other in others)]]
    chosen = str(form["slot"].value() or "")
    context = {
        "form": form,
        "suggestions": [(one, one.slot.starts_at.astimezone(zone)) for one in found],
        "alternatives": [(one, one.suggestion.slot.starts_at.astimezone(zone)) for one in others],
        "groups": [(view, [one.starts_at.astimezone(zone) for one in view.coming]) for view in groups],
        "chosen": chosen if chosen in tokens else (tokens[0] if tokens else ""),
        "fits": [
            (running[fit.programme], fit.verdict.truth.value, [question(one) for one in fit.verdict.missing])
            for fit in _fits(running, facts)
        ],
        "urgent": data.get("urgency") == "today",
        "promised": _promised(request, data.get("urgency") or Urgency.NORMAL) if form.is_bound else None,
        "today": today(zone),
        **presence_context(request),
    }
    return render(request, "workspace/desk.html", context, status=status)


def _promised(request: NetworkRequest, urgency: str) -> tuple[datetime, datetime] | None:
    """Return from when to when a call would be promised that is asked for now; nothing if nobody is there for weeks."""
    if request.actor.organisation_id is None:
        return None
    found = promised_until(request.network, request.actor.organisation_id, urgency, now())
    zone = request.network.zone
    return (found.window.begins.astimezone(zone), found.window.ends.astimezone(zone)) if found else None


def _done(request: NetworkRequest, taken: Taken, *, calling: bool) -> HttpResponse:
    zone = request.network.zone
    booking = taken.booked.booking if taken.booked else None
    contact = taken.enquiry.contact
    by_phone = booking is not None and booking.kind == Kind.PHONE
    context = {
        "calling": calling,
        "unreachable": by_phone and contact is not None and not contact.may_call,
        "seen": visible_enquiries(request.actor).filter(pk=taken.enquiry.pk).exists(),
        "taken": taken,
        "code": taken.booked.code if taken.booked else (taken.waiting.code if taken.waiting else ""),
        "starts": booking.starts_at.astimezone(zone) if booking else None,
        "promised": [at.astimezone(zone) for at in told(request.network, taken.callback)] if taken.callback else [],
        "waiting": taken.waiting,
        "reachable": taken.waiting is not None and can_be_offered(taken.waiting.entry),
        "place": place_of(taken.waiting.entry) if taken.waiting else None,
    }
    return render(request, "workspace/desk_done.html", context)
