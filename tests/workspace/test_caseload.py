"""Pages of a team's work."""

import re

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.caseload.models import Capacity
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today
from tragnetz.network.models import Membership


def opened(herne):
    return open_case(
        actor=actor_of(herne, "counsellor"), enquiry=booked_enquiry(herne).enquiry, today=today(herne.zone)
    )


def test_the_lead_sees_the_team_by_name(herne):
    opened(herne)
    page = client_of("counsellor").get("/de/arbeit/auslastung/").content.decode()

    names = re.findall(r'scope="row">([^<]+, [^<]+)</th>', page)
    assert len(names) > 2
    assert names == sorted(names)
    assert "nicht vereinbart" in page


def test_what_is_asked_wrongly_shows_all(herne):
    opened(herne)

    page = client_of("counsellor").get("/de/arbeit/auslastung/?tage=x&thema=%3C&bezirk=y&zeige=rang")

    assert page.status_code == 200
    assert "Lange ohne Kontakt" in page.content.decode()


def test_a_capacity_is_kept_and_a_wrong_one_given_back(herne):
    browser, me = client_of("counsellor"), actor_of(herne, "counsellor")
    name = f"cases_{me.membership_id.hex}"

    wrong = browser.post("/de/arbeit/auslastung/kapazitaet/", {name: "500"})
    right = browser.post("/de/arbeit/auslastung/kapazitaet/", {name: "25"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Bitte eine Zahl von 1 bis 200." in wrong.content.decode()
    assert 'value="500"' in wrong.content.decode()
    assert Capacity.objects.get().membership == Membership.objects.get(pk=me.membership_id)


def test_a_discussion_shows_no_name(herne):
    case = opened(herne)
    browser = client_of("counsellor")

    assert "Geheimrat" in browser.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    page = browser.get(f"/de/arbeit/faelle/{case.pk}/besprechung/").content.decode()

    assert "Besprechung" in page
    assert not [word for word in ("Geheimrat", "Rosa", "Zitronenfalter") if word in page]
