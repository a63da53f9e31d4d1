"""A small network with a leader, and groups made by hand."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor
from tragnetz.appointments.groups.planning import GroupDetails, Meeting, add_dates, make_group, open_group
from tragnetz.appointments.groups.registering import register
from tragnetz.appointments.groups.rules import span_on
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.actors import resident

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)  # a Monday, 8 h in Testtal
BERLIN = ZoneInfo("Europe/Berlin")


def span(day, starts=10, ends=12, month=12):
    return span_on(datetime(2026, month, day, tzinfo=BERLIN).date(), time(starts), time(ends), BERLIN)


def details(**given):
    return GroupDetails(**{"title": {"de": "Bewerbung leicht gemacht"}, "places": 2, "topic": "work", **given})


def made(actor, *spans, opened=True, **given):
    """Return a group of the actor with dates (1 and 8 December), open for people."""
    group = make_group(actor=actor, details=details(**given), now=NOW)
    spans = spans or (span(1), span(8))
    add_dates(actor=actor, group=group, spans=spans, meeting=Meeting(actor.membership_id), now=NOW)
    return open_group(actor=actor, group=group, now=NOW) if opened else group


def person(name="Frau Y.", **fields):
    return ContactDetails(**{"name": name, "phone": "0170 1234567", "may_text": True, **fields})


def come(network, group, key="1", now=NOW, actor=None, **fields):
    return register(
        actor=actor or resident(network), group=group, details=person(**fields), idempotency_key=key, now=now
    )


@pytest.fixture
def leader(network):
    return make_actor(network, "alpha", "counsellor")
