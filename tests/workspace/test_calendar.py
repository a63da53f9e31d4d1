"""Mein Kalender: made, shown once, renewed, ended; for those who counsel."""

import re

import pytest

from tests.personas import client_of
from tragnetz.appointments.models import CalendarFeed
from tragnetz.audit.models import Event

PAGE = "/de/arbeit/kalender/"


def address_on(response) -> str | None:
    found = re.search(r"http://testserver(/kalender/[\w-]+\.ics)", response.content.decode())
    return found[1] if found else None


def test_address_is_shown_once_and_opens_the_calendar(client, herne):
    counsellor = client_of("counsellor")
    made = counsellor.post(PAGE, {"make": "1"})

    assert client.get(address_on(made)).status_code == 200
    assert made["Cache-Control"] == "no-store"
    again = counsellor.get(PAGE)
    assert address_on(again) is None
    assert "Neue Adresse" in again.content.decode()


def test_a_new_address_ends_the_old_one_and_both_can_be_ended(client, herne):
    counsellor = client_of("counsellor")
    first = address_on(counsellor.post(PAGE, {"make": "1"}))
    second = address_on(counsellor.post(PAGE, {"make": "1"}))
    assert [client.get(one).status_code for one in (first, second)] == [404, 200]
    ended = counsellor.post(PAGE, {"end": "1"}, follow=True)

    assert "Die alte Adresse geht nicht mehr" in ended.content.decode()
    assert client.get(second).status_code == 404
    verbs = Event.objects.filter(verb__startswith="feed:").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["feed:make", "feed:make", "feed:end"]


@pytest.mark.parametrize("persona", ["intake", "programme", "catalogue", "dpo", "admin"])
def test_who_does_not_counsel_has_no_calendar(herne, persona):
    assert client_of(persona).post(PAGE, {"make": "1"}).status_code == 403
    assert not CalendarFeed.objects.exists()
