"""The calendar file of an offer, and of one's own appointment."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragnetz.appointments.calendars.queries import own_entry
from tragnetz.appointments.calendars.writing import calendar_file
from tragnetz.appointments.queries import booking_by_code
from tragnetz.audit.commands import record
from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.directory.opening import opening_service, openings_of
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import cached, private
from tragnetz.portal.calendar.feed import calendar_of
from tragnetz.portal.lines import lines_now


@cached
def calendar(request: NetworkRequest, key: str) -> HttpResponse:
    """Give the hours of an offer as iCalendar; not for a sensitive one, which a calendar would show to others."""
    day = today(request.network.zone)
    found = opening_service(key, day)
    if found is None or not openings_of(found):
        raise Http404
    url = request.build_absolute_uri(reverse("portal:offer", args=[key]))
    return file_answer(calendar_of(found, request.network, get_language() or "de", url, day), f"{key}.ics")


@private
@require_POST
def own(request: NetworkRequest) -> HttpResponse:
    """Give the appointment behind a code as a file for one's own calendar; the code travels in the body alone."""
    typed = request.POST.get("code", "")[:40]
    booking = booking_by_code(typed)
    if booking is None:
        context = {"typed": typed, "unknown": True, "lines": lines_now(request.network)}
        return render(request, "portal/booking/code.html", context, status=422)
    record(request.actor, "booking:read", booking)
    entries = [own_entry(booking, request.network)]
    return file_answer(calendar_file(entries, zone=request.network.zone, name=_("Termin")), "termin.ics")
