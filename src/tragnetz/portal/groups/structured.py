"""The dates of a group for search engines (schema.org/Event)."""

from typing import Any

from django.utils.safestring import SafeString

from tragnetz.appointments.groups.queries import GroupView, is_off
from tragnetz.appointments.models import Session
from tragnetz.core.texts import choose
from tragnetz.network.models import Network
from tragnetz.portal.structured import data_block, place


def structured(view: GroupView, network: Network, language: str, url: str) -> SafeString:
    """Return the JSON of the dates to come, and of those called off among them."""
    coming = [session for session in view.sessions if session.ends_at > view.now]
    events = [_event(session, view, network, language, url) for session in coming]
    return data_block({"@context": "https://schema.org", "@graph": events})


def _event(session: Session, view: GroupView, network: Network, language: str, url: str) -> dict[str, Any]:
    group = view.group
    found = {
        "@type": "Event",
        "name": choose(group.title, language).text,
        "description": choose(group.description, language).text,
        "startDate": session.starts_at.astimezone(network.zone).isoformat(),
        "endDate": session.ends_at.astimezone(network.zone).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_off(session) else 'EventScheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode" if session.site else None,
        "location": place(session.site, []) if session.site else None,
        "organizer": {"@type": "Organization", "name": group.organisation.name},
        "inLanguage": group.language,
        "maximumAttendeeCapacity": group.places,
        "remainingAttendeeCapacity": view.free,
        "url": url,
    }
    # A full group has 0 places left: that is something to say, unlike what is empty.
    return {name: value for name, value in found.items() if value or value == 0}
