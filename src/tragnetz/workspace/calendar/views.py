"""The page "Mein Kalender": make the address, show it once, renew it, end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calendars.access import can_have_feed
from tragnetz.appointments.calendars.commands import end_feed, make_feed
from tragnetz.appointments.calendars.queries import feed_of
from tragnetz.core.clock import now
from tragnetz.core.links import page_address
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.qr import qr_image
from tragnetz.workspace.entry import staff


@staff(can_have_feed)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: NetworkRequest) -> HttpResponse:
    """Show whether there is an address; a new one is on the page that follows its making, and never again."""
    if request.method == "POST" and "end" in request.POST:
        end_feed(actor=request.actor, now=now())
        messages.success(request, _("Der Kalender ist beendet. Die alte Adresse geht nicht mehr."))
        return redirect("workspace:calendar")
    context: dict[str, object] = {}
    if request.method == "POST":
        _feed, secret = make_feed(actor=request.actor, now=now())
        address = page_address(request, "calendar_feed", secret)
        context = {"address": address, "qr": mark_safe(qr_image(address))}  # noqa: S308 -- made of squares by us, holds no text
    context["feed"] = feed_of(request.actor)
    return render(request, "workspace/calendar.html", context)
