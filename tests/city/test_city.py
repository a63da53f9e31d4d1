"""A city's folder: each fault is named with file, line and field; loading twice changes nothing."""

import shutil
from datetime import date, datetime

import pytest

from tests.conftest import CITIES
from tragnetz.appointments.models import TalkLength, Travel
from tragnetz.city.check import check_city
from tragnetz.city.load import CityError, load_city
from tragnetz.city.read import read_folder
from tragnetz.config.cli import main
from tragnetz.core.clock import today
from tragnetz.demo.load import DemoRefusedError, load_demo
from tragnetz.directory.changes import changes
from tragnetz.directory.errors import CannotUndoError
from tragnetz.directory.history import removed, revisions_of, taking_back
from tragnetz.directory.hsds.history import metadata_of
from tragnetz.directory.models import ExampleHousehold, Origin, Service, Situation
from tragnetz.directory.truth.words import name_of_removed
from tragnetz.network.models import Hotline, Network, Organisation, StreetRange
from tragnetz.network.queries import days_off_between, find_places, hotline_status
from tragnetz.network.scope import scope


@pytest.fixture
def auental(tmp_path):
    shutil.copytree(CITIES / "catalogue", tmp_path / "catalogue")
    return shutil.copytree(CITIES / "auental", tmp_path / "auental")


def replace(folder, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_new_city_is_a_copy_to_fill_in_and_finds_its_catalogue_wherever_it_lies(tmp_path, capsys):
    folder = tmp_path / "meine-stadt"

    assert main(["city", "new", str(folder)]) == 0

    assert main(["city", "check", str(folder)]) == 0
    assert read_folder(folder).city.id == "meine-stadt"
    assert "still of the invented city: city.yaml, consent_texts.yaml, districts.geojson" in capsys.readouterr().err
    assert {file.name for file in folder.iterdir()} == {file.name for file in (CITIES / "auental").iterdir()}
    (folder / "city.yaml").write_text("id: meine-stadt\n")
    assert main(["city", "new", str(folder)]) == 1
    assert (folder / "city.yaml").read_text() == "id: meine-stadt\n"
    assert "must not be there yet" in capsys.readouterr().err


def test_a_file_that_was_filled_in_is_named_no_more(tmp_path, capsys):
    folder = tmp_path / "meine-stadt"
    main(["city", "new", str(folder)])
    for file in folder.rglob("*.*"):
        if file.name != "streets.csv":
            file.write_bytes(file.read_bytes() + b"\n")

    main(["city", "check", str(folder), str(CITIES / "auental")])

    assert capsys.readouterr().err == "Not filled in yet, still of the invented city: streets.csv\n"


def test_a_city_whose_name_is_no_key_is_not_begun(tmp_path):
    assert main(["city", "new", str(tmp_path / "Meine Stadt")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_who_is_responsible_is_not_told_of_a_city_with_faults(auental, capsys):
    replace(auental, "city.yaml", "city: Auental", "citty: Auental")

    assert main(["city", "responsibility", str(auental)]) == 1

    told = capsys.readouterr()
    assert "has faults" in told.err
    assert told.out == ""


@pytest.mark.parametrize("city", ["herne", "auental"])
def test_shipped_cities_are_without_fault(city):
    assert check_city(CITIES / city) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("city.yaml", "city: Auental", "citty: Auental", "city.yaml:3: auental.citty: is not a known field"),
        ("districts.yaml", "id: hafen", "id: Hafen", "districts.yaml:13: unterstadt.localities.0.id: has the wrong form"),
        ("streets.csv", ",all,schlossberg", ",all,schlosberg", "streets.csv:2: locality: there is no locality `schlosberg`"),
        ("streets.csv", "Lange Straße,100", "Lange Straße,90", "streets.csv:4: from: Lange Straße overlaps with line 3"),
        ("streets.csv", ",all,schlossberg", ",left,schlossberg", "streets.csv:2: side: is not one of the allowed values"),
        ("streets.csv", "street,from", "strasse,from", "streets.csv:1: the header must be"),
        ("hotlines.yaml", "[oberstadt, unterstadt]", "[oberstadt]", "districts.yaml:10: unterstadt: no hotline serves this district"),
        ("hotlines.yaml", "{web}", "{url}", "only {web} stands for something here, not {url}"),
        ("programmes.yaml", "ends: 2027-12-31", "ends: 2020-12-31", "programmes.yaml:1: anlauf.ends: ends before it starts"),
        ("programmes.yaml", "fact: employment", "fact: work", "anlauf.target_group: rule: the fact `work` does not exist"),
        ("offices.yaml", "site: rathaus", "site: burg", "offices.yaml:1: site: there is no site `burg`"),
        ("services/offers.yaml", "organisation: bruecke", "organisation: nobody", "there is no organisation `nobody`"),
        ("services/offers.yaml", "de: Rat in", "en: Rat in", "a German text (de) is needed"),
        ("../catalogue/nrw/papers.yaml", "authority: bank", "authority: banks", "papers.yaml:5: kontoauszuege.authority: there is no authority `banks`"),
        ("../catalogue/nrw/papers.yaml", "service: elterngeld", "service: eltern", "elterngeldbescheid.service: there is no service `eltern`"),
        ("../catalogue/nrw/papers.yaml", "authority: bank", "service: elterngeld, authority: bank", "an authority or a service, not both"),
        ("services/offers.yaml", "  topics:", "  gives: [kaltgeld]\n  topics:", "gives.0: rules know no benefit `kaltgeld`"),
        ("services/offers.yaml", "  topics:", "  prerequisites: {fact: papers, includes_any: [bescheid, wbs]}\n  topics:", "prerequisites: there is no paper `wbs`"),
        ("services/offers.yaml", "  topics:", "  prerequisites: {not: {fact: district, in: [wanne]}}\n  topics:", "prerequisites: there is no district `wanne`"),
        ("programmes.yaml", "target_group:", "target_group: {fact: locality, is: crange} #", "anlauf.target_group: there is no locality `crange`"),
        ("../catalogue/nrw/households.yaml", "papers: [bescheid,", "papers: [wbs,", "long-unemployed-52.facts.papers: there is no paper `wbs`"),
        ("../catalogue/nrw/households.yaml", "{age: 34,", "{old: 34,", "single-parent-part-time.facts"),
        ("city.yaml", "[rathaus, hafenamt]", "[rathaus, burg]", "city.yaml:1: booking.ways: there is no site `burg`"),
        ("city.yaml", "[rathaus, hafenamt]", "[rathaus, rathaus]", "city.yaml:1: booking.ways: rathaus and rathaus: stands twice"),
        ("city.yaml", "kind: phone,", "kind: fax,", "booking.talks.0.kind: is not one of the allowed values"),
        ("city.yaml", "follow: 45}", "follow: 45}, {kind: phone, first: 30, follow: 30}", "booking.talks.phone: this kind stands twice"),
        ("city.yaml", "subdivision: BY}", "subdivision: BY, closed: [{day: 02-30, name: Nie}]}", "city.yaml:5: auental.holidays.closed.0.day"),
        ("services/offers.yaml", "topics: [money]", "topics: [money", "services/offers.yaml:8: not readable as YAML"),
    ],
)  # fmt: skip
def test_check_names_file_line_and_field(auental, name, old, new, told):
    """Without these changes it has no fault: the test above."""
    replace(auental, name, old, new)

    assert told in "\n".join(map(str, check_city(auental)))


def test_all_faults_are_told_at_once(auental):
    (auental / "hotlines.yaml").unlink()
    replace(auental, "city.yaml", 'ags: "00000001"', 'ags: "1"')

    told = [fault.where + fault.reason for fault in check_city(auental)]

    assert "the file is missing" in told
    assert any("ags" in line for line in told)


def test_missing_folder_is_told(tmp_path):
    assert [fault.reason for fault in check_city(tmp_path / "nowhere")] == ["there is no such folder"]


def test_load_twice_changes_nothing(auental_city, auental):
    def rows():
        return (
            list(Service.objects.order_by("key").values("id", "key", "name")),
            list(Organisation.objects.order_by("key").values("id", "key")),
            StreetRange.objects.count(),
        )

    first = rows()
    assert load_city(auental) == auental_city

    assert rows() == first
    assert Network.objects.count() == 1


def test_the_city_is_closed_on_the_days_that_its_folder_names(auental_city, auental):
    line, noon = Hotline.objects.get(), datetime(2025, 12, 24, 10, tzinfo=auental_city.zone)  # a Wednesday
    assert hotline_status(auental_city, line, noon).is_open

    replace(auental, "city.yaml", "subdivision: BY}", 'subdivision: BY, closed: [{day: "12-24", name: Heiligabend}]}')
    network = load_city(auental)

    assert not hotline_status(network, line, noon).is_open
    assert days_off_between(network, date(2025, 12, 23), date(2025, 12, 25)) == {
        date(2025, 12, 24): "Heiligabend", date(2025, 12, 25): "Erster Weihnachtstag",
    }  # fmt: skip


def test_load_removes_what_left_the_folder(auental_city, auental):
    assert Service.objects.filter(key="bruecke-beratung").exists()
    (auental / "services" / "offers.yaml").write_text("[]")

    with scope(load_city(auental)):
        assert not Service.objects.filter(key="bruecke-beratung").exists()
        assert Service.objects.filter(key="wohngeld").exists()


def test_what_was_removed_is_told_with_all_that_stood_in_it_until_it_comes_back(auental_city, auental):
    offers = auental / "services" / "offers.yaml"
    before = offers.read_text()
    with scope(auental_city):
        name = Service.objects.get(key="bruecke-beratung").name["de"]
        assert not removed().exists()
    offers.write_text("[]")

    with scope(load_city(auental)):
        gone = removed().get(key="bruecke-beratung")
        assert (gone.number, gone.by, gone.origin) == (2, auental_city.key, Origin.CITY)
        assert gone.before["summary"]["de"]
        assert name_of_removed(gone) == name
        load_city(auental)
        assert removed().count() == removed().values("key").distinct().count()

    offers.write_text(before)
    with scope(load_city(auental)):
        again = Service.objects.get(key="bruecke-beratung")
        assert not removed().exists()
        assert [one.number for one in revisions_of(again)] == [3, 2, 1]
        assert [one.kind for one in changes(today(auental_city.zone), auental_city.zone) if one.service == again] == [
            "new"
        ]
        assert {one["last_action_type"] for one in metadata_of(again)} == {"create"}
        with pytest.raises(CannotUndoError):
            taking_back(gone, {})


def test_example_households_are_loaded_and_removed_with_the_folder(auental_city, auental):
    (auental / "households.yaml").write_text(
        "- {id: own, name: {de: Eigener}, story: {de: Lebt hier.}, facts: {district: oberstadt}}"
    )
    with scope(load_city(auental)):
        first = list(ExampleHousehold.objects.values_list("key", flat=True))
    (auental / "households.yaml").unlink()
    with scope(load_city(auental)):
        second = list(ExampleHousehold.objects.values_list("key", flat=True))

    assert first == [*second, "own"]
    assert len(second) >= 14


def test_load_with_faults_changes_nothing(db, auental):
    replace(auental, "streets.csv", ",all,schlossberg", ",all,nowhere")

    with pytest.raises(CityError, match="there is no locality"):
        load_city(auental)

    assert Network.objects.count() == 0


def test_house_numbers_and_sides_decide(auental_city):
    found = {
        typed: find_places(typed)[0].locality.key
        for typed in ("Lange Str. 99", "Lange Str. 100", "Mühlweg 7", "Mühlweg 8")
    }

    assert found == {
        "Lange Str. 99": "hafen", "Lange Str. 100": "muehlenviertel", "Mühlweg 7": "muehlenviertel", "Mühlweg 8": "hafen",
    }  # fmt: skip


def test_demo_is_refused_in_production_and_beside_a_real_city(auental_city, settings):
    with pytest.raises(DemoRefusedError, match="database of its own"):
        load_demo(CITIES / "herne")

    settings.PRODUCTION = True
    with pytest.raises(DemoRefusedError, match="production"):
        load_demo(CITIES / "herne")


@pytest.mark.parametrize("city", ["herne", "auental"])
def test_every_text_of_the_help_landscape_has_its_languages(city):
    read = read_folder(CITIES / city)
    spoken = set(read.city.languages)
    everywhere = {"de", "simple", "en", "tr", "ar", "uk"} & spoken  # offers have a state of translation
    rows = [*read.topics, *read.situations, *read.papers, *read.authorities]

    lacking = [(row.id, sorted(spoken - set(row.name))) for row in rows if spoken - set(row.name)]
    lacking += [(row.id, sorted(spoken - set(row.summary))) for row in read.situations if spoken - set(row.summary)]
    lacking += [(row.name["de"], sorted(spoken - set(row.name))) for row in read.offices if spoken - set(row.name)]
    lacking += [(row.id, sorted(spoken - set(row.funder))) for row in read.programmes if spoken - set(row.funder)]
    lacking += [
        (row.id, field, sorted(everywhere - set(getattr(row, field))))
        for row in read.services
        for field in ("name", "summary")
        if everywhere - set(getattr(row, field))
    ]
    lacking += [(row.id, ["description"]) for row in read.services if everywhere - set(row.description)]
    lacking += [
        (row.id, ["date_rule"]) for row in read.services if row.date_rule and everywhere - set(row.date_rule.text)
    ]
    lacking += [(row.id, ["cost"]) for row in read.services if row.cost and everywhere - {"simple"} - set(row.cost)]

    assert lacking == []


def test_offer_of_the_city_joins_the_situation_it_answers(auental_city, auental):
    replace(auental, "services/offers.yaml", "  topics:", "  situations: [power-cut]\n  topics:")
    first = read_folder(auental).services[-1].id
    with scope(load_city(auental)):
        services = Situation.objects.get(key="power-cut").services

    assert services[0] == "energieschulden"
    assert services[-1] == first


def test_what_people_set_for_appointments_stays_when_the_city_is_loaded_again(auental_city, auental):
    assert list(TalkLength.objects.values_list("kind", "first_minutes", "follow_minutes")) == [("phone", 60, 45)]
    assert Travel.objects.get().minutes == 20
    TalkLength.objects.update(first_minutes=75)
    load_city(auental)

    assert TalkLength.objects.get().first_minutes == 75
    assert Travel.objects.count() == 1


OWN_WORDS = """- {use: notice, purpose: counselling, organisation: bruecke, version: 1, valid_from: 2026-11-01,
   body: {de: Eigene Worte.}, source: {title: Rat, on: 2026-11-01}}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("use: notice", "use: letter", "consent_texts.yaml:1: use: is not one of the allowed values"),
        (
            "organisation: bruecke",
            "organisation: nobody",
            "consent_texts.yaml:1: organisation: there is no organisation `nobody`",
        ),
        ("use: notice", "use: release", "there is no release for the purpose counselling"),
        ("organisation:", "regime: kdg, organisation:", "is either for an organisation or for a regime"),
        ("de: Eigene", "tr: Eigene", "a German text (de) is needed"),
        ("version: 1", "version: 0", "consent_texts.yaml:1: version:"),
    ],
)
def test_a_fault_in_own_words_on_consent_is_named(auental, old, new, told):
    (auental / "consent_texts.yaml").write_text(OWN_WORDS.replace(old, new, 1))

    assert any(told in str(fault) for fault in check_city(auental)), check_city(auental)


def test_a_version_of_own_words_stands_once(auental):
    (auental / "consent_texts.yaml").write_text(OWN_WORDS * 2)

    assert "version 1 of this text stands twice" in str(check_city(auental)[0])


def test_own_words_on_consent_are_loaded_and_a_known_version_never_changes(auental_city, auental):
    from tragnetz.consent.models import CityText
    from tragnetz.core.errors import TragnetzError

    load_city(auental)
    assert CityText.objects.get().organisation.key == "bruecke"
    replace(auental, "consent_texts.yaml", "unser Büro", "unser altes Büro")
    with pytest.raises(TragnetzError, match="known with other words"):
        load_city(auental)
