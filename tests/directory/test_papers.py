"""The papers of a service stand in an order, the most important first: in folder, export, record and pages."""

import re

import pytest

from tests.conftest import CITIES
from tests.personas import actor_of, client_of
from tragnetz.city.read import read_folder
from tragnetz.directory.editing import record_now, revise
from tragnetz.directory.history import version_of
from tragnetz.directory.hsds.files import read_file, write_file
from tragnetz.directory.hsds.importing import import_bundle
from tragnetz.directory.models import Paper, Revision, Service
from tragnetz.directory.papers import in_order
from tragnetz.network.actors import system

OTHER = ["mahnungen", "kontoauszuege", "personalausweis"]


@pytest.fixture
def wohngeld(herne):
    return Service.objects.select_related("network").get(key="wohngeld")


def keys(service) -> list[str]:
    return [paper.key for paper in in_order(Service.objects.get(pk=service.pk))]


def put(service, papers) -> None:
    """Write an order as an editor or an import does."""
    revise(
        actor=actor_of(service.network, "catalogue"), service=service, changes={"papers": papers},
        expected=version_of(service),
    )  # fmt: skip


def test_the_order_is_that_of_the_folder(wohngeld):
    folder = read_folder(CITIES / "herne")

    assert keys(wohngeld) == next(one.papers for one in folder.services if one.id == "wohngeld")
    assert keys(wohngeld) != sorted(keys(wohngeld))


def test_pages_show_the_most_important_first(client, wohngeld):
    put(wohngeld, OTHER)
    page = client.get("/de/angebote/wohngeld/").content.decode()
    names = {row.key: row.name["de"] for row in Paper.objects.filter(key__in=OTHER)}
    list_of_papers = page.split("Diese Papiere brauchen Sie")[1].split("</section>")[0]

    assert sorted(OTHER, key=lambda key: list_of_papers.index(names[key])) == OTHER
    assert record_now(wohngeld)["papers"] == OTHER


@pytest.mark.parametrize("name", ["all.json", "all.zip"])
def test_an_export_keeps_the_order_when_it_comes_back(wohngeld, name):
    put(wohngeld, OTHER)
    packed = write_file(wohngeld.network, name)
    put(wohngeld, OTHER[::-1])

    report = import_bundle(
        actor=system(wohngeld.network), bundle=read_file(wohngeld.network, name, packed), source="Test"
    )

    assert report.problems == []
    assert keys(wohngeld) == OTHER


def test_what_is_taken_away_or_known_to_nobody_breaks_no_order(wohngeld):
    put(wohngeld, OTHER)
    wohngeld.papers.remove(Paper.objects.get(key="kontoauszuege"))
    wohngeld.papers.add(Paper.objects.get(key="bescheid"))

    assert keys(wohngeld) == ["mahnungen", "personalausweis", "bescheid"]


def test_to_say_an_order_for_the_first_time_is_no_news(wohngeld):
    known = keys(wohngeld)
    Service.objects.filter(pk=wohngeld.pk).update(paper_order=[])
    wohngeld.refresh_from_db()
    before = Revision.objects.count()

    put(wohngeld, known)

    assert keys(wohngeld) == known
    assert Revision.objects.count() == before


def test_an_editor_says_what_comes_first(herne, wohngeld, watched_templates):
    client, path = client_of("catalogue"), f"/de/arbeit/verzeichnis/{wohngeld.pk}/bearbeiten/"
    form = client.get(path).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items() if value is not False}
    sent["version"] = version_of(wohngeld)
    first, second, *rest = keys(wohngeld)
    assert [sent[f"paper_{number}"] for number in (1, 2)] == [first, second]

    client.post(path, sent | {"paper_1": second, "paper_2": "mutterpass"})
    assert keys(wohngeld) == [second, "mutterpass", rest[0], first, *rest[1:]]  # the third place is said, too

    gone = sent | {
        "version": version_of(Service.objects.get(pk=wohngeld.pk)), "papers": [first, *rest], "paper_1": second,
        "paper_2": "mutterpass",
    }  # fmt: skip
    client.post(path, gone)
    assert set(keys(wohngeld)) == {first, *rest}
    assert re.search(r"Papiere", client.get(f"/de/arbeit/verzeichnis/{wohngeld.pk}/").content.decode())
