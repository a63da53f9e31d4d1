"""A new counsellor finds in an empty day what to set up; it goes away by itself when work comes."""

from tests.factories import make_actor, make_roster
from tests.personas import booked_enquiry, client_of
from tragnetz.appointments.calendars.commands import make_feed
from tragnetz.core.clock import now
from tragnetz.workspace.guide.first_steps import first_steps


def open_ones(actor) -> list[str]:
    return [step.page for step in first_steps(actor) if not step.done]


def test_steps_are_done_when_they_are_done(network):
    ada = make_actor(network, "alpha", "counsellor")
    assert open_ones(ada) == ["mfa_index", "workspace:planning", "workspace:calendar"]

    make_roster(ada.membership_id)
    make_feed(actor=ada, now=now())

    assert open_ones(ada) == ["mfa_index"]
    assert len(first_steps(ada)) == 3


def test_who_does_not_counsel_has_no_such_steps(network):
    assert first_steps(make_actor(network, "alpha", "intake")) == []


def test_the_day_shows_them_until_somebody_booked(herne):
    client = client_of("counsellor")
    page = client.get("/de/arbeit/").content.decode()
    assert "Ihre erste Stunde" in page
    for word in ("Die Anmeldung mit einem zweiten Faktor sichern", "noch offen", "#ihre-erste-stunde"):
        assert word in page

    booked_enquiry(herne)

    assert "Ihre erste Stunde" not in client.get("/de/arbeit/").content.decode()
