"""The feed of changes and the page of news: stable ids, right order, nothing sensitive, empty answers when unchanged."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from tragnetz.core.clock import now, today
from tragnetz.directory.models import Office, Revision, Service

FEED = "/de/feeds/angebote.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def history(herne):
    """A known history: one new, one changed, one ended, one of which nothing visible changed, one sensitive."""
    Revision.objects.all().delete()
    Service.objects.filter(valid_until__isnull=False).update(valid_until=None)
    rows = [
        ("wohngeld", [], None, {}),
        ("kinderzuschlag", ["contact", "hours"], {}, {"hours": []}),
        ("moebelhof", ["status"], {"status": "active"}, {"status": "defunct"}),
        ("pflegegeld", ["keywords"], {}, {}),
        ("frauenhaus-herne", ["contact"], {}, {}),
    ]
    for number, (key, fields, before, after) in enumerate(rows):
        Revision.objects.create(
            network=herne, service=Service.objects.get(key=key), key=key, number=number + 100, origin="editor",
            at=now() - timedelta(days=number + 1), fields=fields, before=before, after=after,
        )  # fmt: skip
    return herne


def entries(response):
    return ET.fromstring(response.content).findall("a:entry", ATOM)  # noqa: S314 -- our own answer


def titles(response) -> list[str]:
    return [entry.find("a:title", ATOM).text for entry in entries(response)]


def test_feed_tells_what_is_new_newest_first_and_nothing_sensitive(history, client):
    response = client.get(FEED)

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert [title.split(":")[0] for title in titles(response)] == ["Neu", "Geändert", "Beendet"]
    assert "Wohngeld" in titles(response)[0]
    assert "Geändert: Kontakt, Öffnungszeiten." in entries(response)[1].find("a:summary", ATOM).text


def test_what_readers_cannot_see_is_no_news_but_the_rest_of_it_would_be(history, client):
    assert not any("Pflegegeld" in title for title in titles(client.get(FEED)))
    Revision.objects.filter(key="pflegegeld").update(fields=["keywords", "cost"])

    assert any("Pflegegeld" in title for title in titles(client.get(f"{FEED}?neu=1")))


def test_what_an_office_changed_is_news_of_each_service_for_which_it_decides(history, client):
    Revision.objects.all().delete()
    office = Office.objects.select_related("authority").get(authority__key="wohngeldstelle")
    Revision.objects.create(
        network=history, subject="office", key=office.key, number=100, origin="editor", fields=["phone", "url", "hours"],
        before={}, after={},
    )  # fmt: skip

    found = entries(client.get(FEED))

    own = Service.objects.filter(authority=office.authority, sensitive=False).exclude(status="defunct")
    assert len(found) == own.count() > 0
    assert {one.find("a:summary", ATOM).text.split(".")[0] for one in found} == {"Geändert: Kontakt, Öffnungszeiten"}
    assert len({one.find("a:id", ATOM).text for one in found}) == len(found)


def test_ids_stay_and_differ(history, client):
    first = [entry.find("a:id", ATOM).text for entry in entries(client.get(FEED))]
    again = [entry.find("a:id", ATOM).text for entry in entries(client.get("/en/feeds/angebote.atom"))]

    assert first == again
    assert len(set(first)) == len(first)
    assert all(one.startswith("urn:uuid:") for one in first)


def test_updated_is_the_instant_of_the_newest_change(history, client):
    response = client.get(FEED)
    newest = Revision.objects.get(key="wohngeld").at
    feed = ET.fromstring(response.content)  # noqa: S314 -- our own answer

    assert feed.find("a:updated", ATOM).text == newest.isoformat()
    assert entries(response)[0].find("a:updated", ATOM).text == newest.isoformat()


def test_who_has_the_newest_state_gets_an_empty_answer(history, client):
    response = client.get(FEED)
    by_tag = client.get(FEED, headers={"If-None-Match": response.headers["ETag"]})
    by_time = client.get(FEED, headers={"If-Modified-Since": response.headers["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_time.status_code == 304


def test_an_end_is_told_before_and_after(history, client):
    day = today(history.zone)
    Service.objects.filter(key="wohngeld").update(valid_until=day + timedelta(days=5))
    Service.objects.filter(key="pflegegeld").update(valid_until=day - timedelta(days=5))
    Service.objects.filter(key="frauenhaus-herne").update(valid_until=day + timedelta(days=5))

    found = titles(client.get(FEED))

    assert [title.split(":")[0] for title in found].count("Endet bald") == 1
    assert next(title for title in found if "Pflegegeld" in title).startswith("Beendet")


def test_feed_of_a_topic_has_only_that_topic(history, client):
    found = titles(client.get(f"{FEED}?thema=housing"))

    assert any("Wohngeld" in title for title in found)
    assert not any("Kinderzuschlag" in title for title in found)


def test_feed_speaks_the_language_of_its_address(history, client):
    english = ET.fromstring(client.get("/en/feeds/angebote.atom").content)  # noqa: S314 -- our own answer

    assert english.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert "Housing benefit" in english.find("a:entry/a:title", ATOM).text


def test_people_read_the_same_news(history, client):
    page = client.get("/de/neu/").content.decode()

    assert page.index("Wohngeld") < page.index("Kinderzuschlag") < page.index("Kleidung und Haushaltssachen")
    assert "Geändert: Kontakt, Öffnungszeiten." in page
    assert "frauenhaus" not in page
    assert 'rel="alternate" type="application/atom+xml"' in client.get("/de/angebote/").content.decode()


def test_a_feed_without_news_is_still_a_feed(history, client):
    Revision.objects.all().delete()

    assert entries(client.get(FEED)) == []
    assert "nichts Neues" in client.get("/de/neu/").content.decode()
