"""The calendar file of an offer."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from tragnetz.core.clock import today
from tragnetz.directory.opening import opening_service, openings_of
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import cached
from tragnetz.portal.calendar.feed import calendar_of


@cached
def calendar(request: NetworkRequest, key: str) -> HttpResponse:
    """Give the hours of an offer as iCalendar; not for a sensitive one, which a calendar would show to others."""
    day = today(request.network.zone)
    found = opening_service(key, day)
    if found is None or not openings_of(found):
        raise Http404
    url = request.build_absolute_uri(reverse("portal:offer", args=[key]))
    return HttpResponse(
        calendar_of(found, request.network, get_language() or "de", url, day),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{key}.ics") or ""},
    )
