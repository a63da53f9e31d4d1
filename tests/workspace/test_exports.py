"""Figures at a cut-off date, as their manager walks through them."""

import pytest

from tests.personas import actor_of, client_of
from tragnetz.audit.models import Event
from tragnetz.reporting.models import Snapshot

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
    assert manager.get(f"{first['Location']}liste/XX99/").status_code == 404


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
        manager.get(f"{snapshot_page}{name}").status_code for name in ("seither/", "liste/all/", "datei/zahlen/")
    ] == [404] * 3
