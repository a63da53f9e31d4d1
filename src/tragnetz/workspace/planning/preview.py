"""What a change would break, and what each affected person is offered instead. Only then it is made."""

import uuid
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.access import can_see_plan
from tragnetz.appointments.planning.changes import Change, pack, unpack
from tragnetz.appointments.planning.commands import Done, carry_out, preview
from tragnetz.appointments.planning.errors import NotAllowedError, OutdatedPreviewError, PlanError
from tragnetz.appointments.planning.proposals import Offer
from tragnetz.appointments.rules import Slot, Wanted, read_token
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership, Site
from tragnetz.workspace.entry import staff
from tragnetz.workspace.planning.words import REASONS, describe

CALL = "anrufen"


class Choice(NamedTuple):
    """A time in the list of a person."""

    slot: Slot
    starts: datetime
    person: str
    place: str


class Affected(NamedTuple):
    """A person whose talk cannot take place, with the times instead."""

    booking: Booking
    reasons: str
    choices: list[Choice]
    chosen: str


def show(request: NetworkRequest, change: Change, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Show what a change would do."""
    try:
        found = preview(actor=request.actor, change=change, now=now())
    except NotAllowedError as error:
        raise Http404 from error
    except PlanError as error:
        messages.error(request, str(error))
        return redirect("workspace:planning")
    reasons = {row.talk.id: row.reasons for row in found.impact.broken}
    names = {row.pk: str(row.user) for row in Membership.objects.filter(ended_on=None).select_related("user")}
    places = dict(Site.objects.values_list("pk", "name"))
    zone = request.network.zone
    context = {
        "change": pack(change),
        "words": describe(change, zone),
        "impact": found.impact,
        "hours_before": found.impact.minutes_before / 60,
        "hours_after": found.impact.minutes_after / 60,
        "hours_a_week": found.impact.minutes_a_week / 60,
        "affected": [
            Affected(
                offer.booking, ", ".join(str(REASONS[one]) for one in sorted(reasons[offer.booking.pk])),
                _choices(request, offer, names, places), offer.chosen.token if offer.chosen else CALL,
            )
            for offer in found.offers
        ],
        "elsewhere": found.elsewhere,
        "groups": found.groups,
        "call": CALL,
        "problem": problem,
    }  # fmt: skip
    return render(request, "workspace/planning/preview.html", context, status=status)


def _choices(
    request: NetworkRequest, offer: Offer, names: dict[uuid.UUID, str], places: dict[uuid.UUID, str]
) -> list[Choice]:
    return [
        Choice(
            slot, slot.starts_at.astimezone(request.network.zone), names.get(slot.membership_id, ""),
            places.get(slot.site_id, "") if slot.site_id else "",
        )
        for slot in offer.slots
    ]  # fmt: skip


@staff(can_see_plan)
@require_POST
def apply(request: NetworkRequest) -> HttpResponse:
    """Make a change that was shown; if something changed meanwhile, nothing is done and it is shown anew."""
    change = unpack(request.POST.get("change", ""))
    if change is None:
        raise Http404
    try:
        done = carry_out(actor=request.actor, change=change, answers=_answers(request), now=now())
    except NotAllowedError as error:
        raise Http404 from error
    except SlotTakenError:
        told = _("Eine der Zeiten ist gerade vergeben worden. Nichts ist gespeichert. Bitte sehen Sie noch einmal.")
        return show(request, change, problem=told, status=HTTPStatus.CONFLICT)
    except (OutdatedPreviewError, PlanError) as error:
        return show(request, change, problem=str(error), status=HTTPStatus.CONFLICT)
    messages.success(request, _told(done))
    response = redirect("workspace:planning")
    response["Location"] += f"?woche={change.first_day(request.network.zone).isoformat()}"
    return response


def _answers(request: NetworkRequest) -> dict[uuid.UUID, Wanted | None]:
    """Return the chosen time of each affected person; nothing: they are called."""
    found: dict[uuid.UUID, Wanted | None] = {}
    for name, value in request.POST.items():
        if name.startswith("zeit-"):
            try:
                found[uuid.UUID(name.removeprefix("zeit-"))] = read_token(str(value))
            except ValueError:
                raise Http404 from None
    return found


def _told(done: Done) -> str:
    told = [_("Die Planung ist geändert.")]
    if done.proposed:
        number = len(done.proposed)
        told.append(
            ngettext(
                "%(number)s Person bekommt einen neuen Vorschlag.",
                "%(number)s Personen bekommen einen neuen Vorschlag.",
                number,
            )
            % {"number": number}
        )
    if done.to_call:
        number = len(done.to_call)
        told.append(
            ngettext("%(number)s Person rufen Sie bitte an.", "%(number)s Personen rufen Sie bitte an.", number)
            % {"number": number}
        )
    return " ".join(told)
