"""Dates of groups as a calendar file (RFC 5545): ids stay, numbers grow, what was called off is said so."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from icalendar import Calendar, Event, vText

from tragnetz.appointments.groups.queries import GroupView, is_off
from tragnetz.appointments.models import Session
from tragnetz.core.clock import now
from tragnetz.core.texts import choose
from tragnetz.network.models import Network


def calendar_of(
    views: Sequence[GroupView], network: Network, language: str, name: str, address: Callable[[str], str]
) -> bytes:
    """Return the dates of groups; `address` makes the full address of a group's page from its key."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tragnetz//Groups//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))  # as text: else its signs are not escaped
    sessions = [(session, view) for view in views for session in view.sessions]
    for session, view in sessions:
        calendar.add_component(_event(session, view, network, language, address))
    if sessions:
        days = [session.starts_at.date() for session, _view in sessions]
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    return bytes(calendar.to_ical())


def _event(session: Session, view: GroupView, network: Network, language: str, address: Callable[[str], str]) -> Event:
    group = view.group
    event = Event()
    event.add("uid", str(session.pk))
    event.add("dtstamp", now())
    event.add("last-modified", session.booking.changed_at)
    event.add("sequence", session.booking.sequence)
    event.add("status", "CANCELLED" if is_off(session) else "CONFIRMED")
    event.add("dtstart", session.starts_at.astimezone(network.zone))
    event.add("dtend", session.ends_at.astimezone(network.zone))
    event.add("summary", choose(group.title, language).text)
    event.add("url", address(group.key))
    description = choose(group.description, language).text
    if description:
        event.add("description", description)
    if session.site is not None:
        event.add("location", ", ".join(filter(None, (session.site.name, session.room, session.site.address))))
    return event
