"""The page of an office for its editors: changed, confirmed, taken back; and what its organisation sees of it."""

import re

import pytest

from tests.personas import client_of
from tests.workspace.test_catalogue import filled
from tragnetz.core.clock import now
from tragnetz.directory.history import version_of
from tragnetz.directory.models import Office, WebAddress
from tragnetz.network.models import Organisation

BASE = "/de/arbeit/verzeichnis/"


@pytest.fixture
def office(herne):
    return Office.objects.select_related("organisation").get(authority__key="wohngeldstelle")


@pytest.fixture
def client(herne, watched_templates):
    return client_of("catalogue")


def page_of(office) -> str:
    return f"{BASE}stellen/{office.pk}/"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_editor_changes_confirms_and_takes_back(client, office):
    page = page_of(office)
    sent = filled(client, page) | {"phone": "02323 161234", "hours": "Mo-Fr 8-12", "comment": "Anruf"}

    answer = client.post(page, sent, follow=True)

    assert "Die Angaben zur Stelle sind gespeichert." in words(answer)
    office.refresh_from_db()
    assert (office.phone, office.name["tr"]) == (
        "02323 161234",
        "Rathaus Wanne’deki Kira Yardımı Dairesi (Wohngeldstelle)",
    )
    assert "Mo-Fr 8-12" in words(answer)
    assert "02323 161234" in words(client_of(None).get("/de/angebote/wohngeld/"))
    client.post(f"{page}bestaetigen/", {"field": "site"})
    assert "noch nie" in words(client.get(page))
    client.post(f"{page}bestaetigen/")
    assert "noch nie" not in words(client.get(page))
    assert "ist zurückgenommen" in words(client.post(f"{page}zurueck/2/", follow=True))
    office.refresh_from_db()
    assert office.phone == ""


def test_a_form_sent_back_untouched_changes_nothing(client, office):
    client.post(page_of(office), filled(client, page_of(office)))

    office.refresh_from_db()
    assert not office.edited


def test_what_is_typed_wrong_is_said_and_kept(client, office):
    answer = client.post(page_of(office), filled(client, page_of(office)) | {"phone": "12"})

    assert answer.status_code == 422
    assert "Diese Nummer gibt es so nicht" in words(answer)
    assert 'value="12"' in answer.content.decode()


def test_somebody_elses_change_is_not_overwritten_unseen(client, office):
    page = page_of(office)
    seen = filled(client, page) | {"version": version_of(office)}
    client.post(page, seen | {"phone": "02323 161234"})

    answer = client.post(page, seen | {"phone": "02323 165678"})

    assert answer.status_code == 422
    assert "Telefon" in words(answer)
    office.refresh_from_db()
    assert office.phone == "02323 161234"


def test_the_list_and_the_organisation_lead_to_the_page(client, office, herne):
    Office.objects.filter(pk=office.pk).update(url="https://www.example.org/amt")
    WebAddress.objects.create(
        network=herne, url="https://www.example.org/amt", failures=9, fault="gone", checked_at=now()
    )

    for path in ("?grund=address", f"organisationen/{office.organisation_id}/"):
        assert page_of(office) in client.get(BASE + path).content.decode(), path
    assert page_of(office) in client.get("/de/arbeit/zustaendig/").content.decode()
    assert "die Seite gibt es nicht mehr" in words(client.get(page_of(office)))


def test_an_organisation_with_offices_alone_confirms_them_by_link(client):
    organisation = Organisation.objects.get(key="agentur-fuer-arbeit")
    shown = client.post(f"{BASE}organisationen/{organisation.pk}/link/", {"show": "1"}).content.decode()
    address = re.search(r"/de/pruefen/[^/<]+/", shown)[0]
    visitor = client_of(None)
    page = words(visitor.get(address))
    assert "Ihre Organisation, Ihre Orte und Stellen" in page
    assert "Zuständig für: Ganze Stadt" in page

    visitor.post(address, {"entry": "details"})

    own = Office.objects.filter(organisation=organisation)
    assert {one["by"] for row in own for one in row.truth.values()} == {organisation.name}
    assert not Office.objects.exclude(organisation=organisation).exclude(truth={}).exists()
