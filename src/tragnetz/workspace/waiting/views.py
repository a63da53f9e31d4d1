"""The waiting list of one's organisation: who is next, what they wish, what they were offered."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.enums import Urgency
from tragnetz.appointments.models import Booking, WaitingEntry
from tragnetz.appointments.waiting.commands import change_entry, leave_list
from tragnetz.appointments.waiting.queries import can_be_offered, live_offers, queue
from tragnetz.appointments.waiting.rules import MOST_MISSED
from tragnetz.appointments.waiting.words import wishes_in_words
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_take_calls, visible_waiting
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.waiting.forms import WishesForm, typed_of


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the list as the page shows them."""

    entry: WaitingEntry
    number: int
    days: int
    wishes: list[str]
    topic: str
    offer: Booking | None
    silent: bool
    reachable: bool


@staff(can_take_calls)
@require_safe
def waiting(request: NetworkRequest) -> HttpResponse:
    """List who waits, in the order in which freed times are offered."""
    at = now()
    places = queue(visible_waiting(request.actor))
    offers = live_offers([one.entry for one in places], at)
    names = dict(_topics())
    rows = [_row(one.entry, one.number, offers.get(one.entry.pk), names, at) for one in places]
    record(request.actor, "waiting:list", None, rows=len(rows))
    urgent = sum(row.entry.urgency == Urgency.TODAY for row in rows)
    return render(request, "workspace/waiting/list.html", {"rows": rows, "urgent": urgent, "offered": len(offers)})


def _row(entry: WaitingEntry, number: int, offer: Booking | None, names: dict[str, str], at: datetime) -> Row:
    return Row(
        entry=entry,
        number=number,
        days=(at - entry.created_at).days,
        wishes=wishes_in_words(entry),
        topic=names.get(entry.topic, ""),
        offer=offer,
        silent=entry.missed >= MOST_MISSED,
        reachable=can_be_offered(entry),
    )


def _topics() -> list[tuple[str, str]]:
    language = get_language() or "de"
    return [(topic.key, choose(topic.name, language).text) for topic in topics()]


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Change what somebody wishes."""
    entry = _entry(request, entry_id)
    form = WishesForm(
        request.POST if request.method == "POST" else None, initial=typed_of(entry),
        organisation_id=request.actor.organisation_id, topics=_topics(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_entry(
                actor=request.actor, entry=entry, wishes=form.wishes(entry.purpose),
                urgency=form.cleaned_data["urgency"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Wünsche sind gespeichert."))
            return redirect("workspace:waiting")
    if request.method != "POST":
        record(request.actor, "waiting:read", entry)
    context = {"form": form, "entry": entry}
    return render(request, "workspace/waiting/edit.html", context, status=422 if form.errors else 200)


@staff(can_take_calls)
@require_POST
def end(request: NetworkRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Take somebody off the list."""
    leave_list(actor=request.actor, entry=_entry(request, entry_id), now=now())
    messages.success(request, _("Nicht mehr auf der Warteliste."))
    return redirect("workspace:waiting")


def _entry(request: NetworkRequest, entry_id: uuid.UUID) -> WaitingEntry:
    rows = visible_waiting(request.actor).select_related("contact", "district", "membership__user", "network")
    entry = rows.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    return entry
