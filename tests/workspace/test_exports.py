"""Figures at a cut-off date, as their manager walks through them."""

import re
from datetime import date, timedelta

import pytest

from tests.personas import actor_of, client_of
from tests.reporting.conftest import make_case, take_in
from tragnetz.audit.models import Event
from tragnetz.network.models import Programme
from tragnetz.reporting.models import Snapshot
from tragnetz.workspace.exports.forms import usual_periods

pytestmark = pytest.mark.django_db
LIST, REPORT = "/de/arbeit/zahlen/stichtage/", "/de/arbeit/zahlen/stichtage/bericht/"
PERIOD = {"projekt": "filou", "von": "2026-01-01", "bis": "2026-06-30"}


@pytest.fixture
def manager(herne):
    return client_of("programme")


def test_figures_are_seen_then_fixed_then_taken_along(herne, manager):
    seen = manager.get(REPORT, PERIOD)
    assert seen.status_code == 200
    assert "Zahlen festhalten" in seen.content.decode()
    assert not Snapshot.objects.exists()

    sent = PERIOD | {"key": "0123456789abcdef0123456789abcdef"}
    first, again = manager.post(REPORT, sent), manager.post(REPORT, sent)
    snapshot = Snapshot.objects.get()
    assert first["Location"] == again["Location"] == f"{LIST}{snapshot.pk}/"
    assert snapshot.author_id == actor_of(herne, "programme").membership_id

    page = manager.get(first["Location"]).content.decode()
    assert snapshot.chain in page
    assert "so, wie sie festgehalten" in manager.get(f"{first['Location']}pruefen/").content.decode()
    assert "Heute gezählt" in manager.get(f"{first['Location']}seither/").content.decode()
    file = manager.get(f"{first['Location']}datei/zahlen/")
    assert file["Content-Disposition"] == 'attachment; filename="filou-2026-06-30-zahlen.csv"'
    assert Event.objects.get(verb="snapshot:export").details == {"kind": "zahlen"}
    assert manager.get(f"{first['Location']}datei/namen/").status_code == 404


def test_each_number_of_the_page_leads_to_its_rows(herne, manager):
    Programme.objects.filter(key="filou").update(starts=date(2026, 1, 1))
    owner = actor_of(herne, "counsellor")
    case = make_case(owner, ("Rosa Linde", "self", 1988), ("Ida Linde", "child", 2019))
    alone = make_case(owner, name="Kim Ulm")
    rows = [take_in(owner, one, Programme.objects.get(key="filou")) for one in (case, alone)]
    where = manager.post(REPORT, PERIOD | {"key": "0123456789abcdef0123456789abcdef"})["Location"]
    links = re.findall(r'href="([^"]+/liste/[^"]+)">(\d+)<', manager.get(where).content.decode())

    assert len(links) > 10
    for address, number in links:
        page = manager.get(address.replace("&amp;", "&"))
        assert page.status_code == 200
        assert f"<strong>{number}</strong>" in page.content.decode()
    families = manager.get(f"{where}liste/familien/").content.decode()
    assert (rows[0].pseudonym in families, rows[1].pseudonym in families) == (True, False)
    assert "Rosa" not in families
    for unknown in (
        "liste/familien/?geschlecht=w",
        "liste/indikator/?code=XX01",
        "liste/nichts/",
        "liste/kinder/?jahr=x",
    ):
        assert manager.get(f"{where}{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"bis": "2025-06-30"}, "vor dem Beginn"), ({"bis": "2099-06-30"}, "in der Zukunft"),
        ({"bis": ""}, "Bitte wählen Sie ein Datum"), ({"projekt": "fremd"}, "2026-01-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_told_and_nothing_typed_is_lost(manager, given, message):
    response = manager.get(REPORT, PERIOD | given)
    text = response.content.decode()
    assert response.status_code == 422
    assert message in text
    assert 'value="2026-01-01"' in text


def test_figures_whose_time_is_over_are_deleted_from_their_page(herne, manager):
    snapshot_page = manager.post(REPORT, PERIOD | {"key": "0123456789abcdef0123456789abcdef"})["Location"]
    assert "bleiben mindestens bis zum" in manager.get(snapshot_page).content.decode()
    assert "bleiben mindestens bis zum" in manager.post(f"{snapshot_page}loeschen/", follow=True).content.decode()
    programme = Snapshot.objects.get().programme
    programme.terms = programme.terms | {"last_payment_on": "2010-01-01"}
    programme.save()
    assert "Zeilen endgültig löschen" in manager.get(snapshot_page).content.decode()

    page = manager.post(f"{snapshot_page}loeschen/", follow=True).content.decode()

    assert "Die Zeit der Aufbewahrung ist vorbei." in page
    assert Snapshot.objects.get().chain in page
    assert "Kopf und Kette sind so" in manager.get(f"{snapshot_page}pruefen/").content.decode()
    assert [
        manager.get(f"{snapshot_page}{name}").status_code for name in ("seither/", "liste/teilnahmen/", "datei/zahlen/")
    ] == [404] * 3


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (
            date(2026, 12, 31),
            [("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31"), ("2024-09-01", "2026-12-31")],
        ),
        (date(2027, 1, 4), [("2027-01-01", "2027-01-04"), ("2026-01-01", "2026-12-31"), ("2024-09-01", "2027-01-04")]),
        (date(2024, 10, 1), [("2024-09-01", "2024-10-01"), ("2024-09-01", "2024-10-01")]),
        (date(2028, 1, 2), [("2027-01-01", "2027-08-31"), ("2024-09-01", "2027-08-31")]),
        (date(2029, 1, 2), []),
        (date(2024, 8, 31), []),
    ],
)
def test_what_funders_ask_for_mostly_is_one_click(day, spans):
    found = usual_periods(date(2024, 9, 1), date(2027, 8, 31), day)

    assert [(first.isoformat(), last.isoformat()) for _words, first, last in found] == spans


def test_each_usual_period_leads_to_figures(herne, manager):
    links = re.findall(
        r'href="([^"]+)">(?:\d{4} bis heute|ganz \d{4}|von Anfang an)<', manager.get(LIST).content.decode()
    )

    assert links
    assert {manager.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_entries_out_of_time_are_one_click_from_the_check_that_fails(herne, manager):
    owner = actor_of(herne, "counsellor")
    row = take_in(owner, make_case(owner, name="Kim Ulm"), Programme.objects.get(key="filou"))
    Programme.objects.filter(key="filou").update(ends=row.entered_on - timedelta(days=1))
    period = {"von": row.entered_on - timedelta(days=60), "bis": row.entered_on}
    page = manager.get(REPORT, {"projekt": "filou", **{name: day.isoformat() for name, day in period.items()}})
    where = re.search(r'href="([^"]+)">Diese Teilnahmen ansehen', page.content.decode())

    assert where is not None
    assert row.pseudonym in manager.get(where[1]).content.decode()
