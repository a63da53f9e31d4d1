"""The opening hours of an offer as a calendar file."""

import uuid
from datetime import date, timedelta

from icalendar import Calendar, Event, vText

from tragnetz.core.clock import now
from tragnetz.core.texts import choose
from tragnetz.directory.models import Service
from tragnetz.directory.opening import Opening, openings_of
from tragnetz.network.calendar import hour_events
from tragnetz.network.models import Network

DAYS_AHEAD = 400
_MINUTE = 60


def calendar_of(service: Service, network: Network, language: str, url: str, today: date) -> bytes:
    """Return the hours of a service at all its places, from the first of this month for more than a year.

    The ids of its events stay the same, so that a newer file replaces an older one in the calendar.
    """
    first, last = today.replace(day=1), today + timedelta(days=DAYS_AHEAD)
    first = max(first, service.valid_from) if service.valid_from else first
    last = min(last, service.valid_until) if service.valid_until else last
    calendar = Calendar()
    calendar.add("prodid", "-//Tragnetz//Opening hours//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(choose(service.name, language).text))  # as text: else its signs are not escaped
    for opening in openings_of(service):
        hours = hour_events(opening.hours, first, last, network.zone, network.days_off)
        for number, event in hours:
            _describe(event, opening, number, language, url)
            calendar.add_component(event)
    calendar.add_missing_timezones(first, last + timedelta(days=1))
    return bytes(calendar.to_ical())


def _describe(event: Event, opening: Opening, number: int, language: str, url: str) -> None:
    service, row = opening.service, opening.rows[number]
    place = opening.site.key if opening.site else ""
    event.add("uid", str(uuid.uuid5(service.pk, f"{place}/{row.get('id') or number}")))
    event.add("dtstamp", now())
    event.add("last-modified", service.modified_at)
    event.add("sequence", int(service.modified_at.timestamp()) // _MINUTE)  # minutes, so that it fits 32 bits
    event.add("summary", choose(service.name, language).text)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")  # an open office keeps nobody busy
    if opening.site is not None:
        event.add("location", f"{opening.site.name}, {opening.site.address}")
    note = choose(row.get("note"), language).text
    if note:
        event.add("description", note)
