"""The page of the search by name."""

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today


def test_the_owner_finds_a_case_from_the_list_of_cases(herne):
    taken = booked_enquiry(herne)
    case = open_case(actor=actor_of(herne, "counsellor"), enquiry=taken.enquiry, today=today(herne.zone))
    browser = client_of("counsellor")

    assert 'action="/de/arbeit/suche/"' in browser.get("/de/arbeit/faelle/").content.decode()
    page = browser.post("/de/arbeit/suche/", {"name": "Rosa Geheimrath"})

    assert page.status_code == 200
    assert f"/de/arbeit/faelle/{case.pk}/" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_a_foreign_organisation_finds_nobody(herne):
    booked_enquiry(herne)

    assert "Rosa Geheimrat" in client_of("counsellor").post("/de/arbeit/suche/", {"name": "Geheimrat"}).content.decode()
    assert "Rosa" not in client_of("foreign").post("/de/arbeit/suche/", {"name": "Geheimrat"}).content.decode()


def test_what_cannot_be_searched_is_said_and_kept(herne):
    page = client_of("intake").post("/de/arbeit/suche/", {"name": "R"})

    assert page.status_code == 422
    assert "mindestens zwei Buchstaben" in page.content.decode()
    assert 'value="R"' in page.content.decode()


def test_a_namesake_is_shown_before_a_case_is_opened(herne):
    taken = booked_enquiry(herne)
    open_case(actor=actor_of(herne, "counsellor"), enquiry=taken.enquiry, today=today(herne.zone))
    again = booked_enquiry(herne, key="3" * 32)

    page = client_of("counsellor").get(f"/de/arbeit/anfragen/{again.enquiry.pk}/").content.decode()

    assert "Vielleicht schon bekannt" in page
