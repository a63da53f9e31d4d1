"""The page of waiting times: for lead and programme, split by its address, without a name; what the public is told."""

import re
from datetime import timedelta

import pytest

from tests.personas import EMAILS, client_of
from tragnetz.appointments.models import Booking
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.models import District, Membership

PAGE = "/de/arbeit/wartezeiten/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def history(herne):
    """Fifty people had their talk after four days, five did not come; by two districts."""
    members = list(Membership.objects.filter(roles__contains=["counsellor"]))
    districts = list(District.objects.all()[:2])
    for number in range(55):
        at = now() - timedelta(days=40) + timedelta(hours=number // len(members))
        booking = Booking(
            network=herne, membership=members[number % len(members)], starts_at=at + timedelta(days=4),
            ends_at=at + timedelta(days=4, hours=1), kind="phone", state="missed" if number > 49 else "attended",
            code_hash=new_id().hex, idempotency_key=new_id().hex, created_at=at,
        )  # fmt: skip
        booking.save()
        Enquiry(
            network=herne, organisation_id=booking.membership.organisation_id, channel="phone", outcome="appointment",
            booking=booking, district=districts[number % 2], idempotency_key=new_id().hex, created_at=at,
        ).save()  # fmt: skip
    return herne


@pytest.mark.parametrize("persona", ["counsellor", "programme"])
def test_lead_and_programme_see_figures_of_the_whole_network(history, persona):
    page = text_of(client_of(persona).get(PAGE))

    assert "4 Tage die Hälfte von 55 Menschen; neun von zehn nach 4 Tagen" in page
    assert "9 % 5 nicht gekommen, 50 gekommen" in page
    assert "Herne-Mitte 4 offen 25" in page


@pytest.mark.parametrize("split", ["bezirk", "thema", "sprache", "organisation", "monat", "unsinn"])
def test_page_is_split_as_the_address_says(history, split):
    response = client_of("programme").get(PAGE, {"tage": "90", "nach": split})

    assert response.status_code == 200
    assert f'value="{split}" selected' in response.content.decode() or split == "unsinn"


def test_what_if_is_computed_on_request_and_says_what_it_assumes(history):
    client = client_of("programme")
    assert "Was dabei angenommen ist" not in text_of(client.get(PAGE))
    page = text_of(client.get(PAGE, {"tage": "90", "anfragen": "200"}))

    assert "12 (heute)" in page
    assert all(f" {number} " in page for number in (10, 11, 13, 14))
    assert "200 erfundene Verläufe" in page
    assert page == text_of(client.get(PAGE, {"tage": "90", "anfragen": "200"}))


def test_without_history_the_page_says_so(herne):
    page = text_of(client_of("programme").get(PAGE, {"anfragen": "100"}))

    assert "zu wenige Menschen für eine Zahl" in page
    assert "In dieser Zeit haben zu wenige Menschen nach einem Termin gefragt" in page
    assert "Wählen Sie einen längeren" in page


@pytest.mark.parametrize("path", ["termin/", "ueber/"])
def test_the_public_reads_one_sentence_when_enough_have_asked(client, history, path):
    assert "die Hälfte der Menschen nach 4 Tagen ihr erstes Gespräch. Gezählt sind mindestens 55 Menschen." in text_of(
        client.get(f"/de/{path}")
    )


def test_the_public_reads_nothing_of_few(client, herne):
    assert "die Hälfte der Menschen" not in text_of(client.get("/de/termin/"))


def test_menu_leads_there(herne):
    for persona in EMAILS:
        page = client_of(persona).get("/de/arbeit/start/", follow=True).content.decode()
        assert (PAGE in page) == (persona in {"counsellor", "foreign", "programme"}), persona
