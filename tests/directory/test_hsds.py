"""In and out: what was exported comes back identical; what a foreign record has is not lost; faults name row and field."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.directory.hsds.documents import Documents
from tragnetz.directory.hsds.files import KINDS, read_file, write_file
from tragnetz.directory.hsds.importing import bundle_of, import_bundle
from tragnetz.directory.hsds.keeping import left_over, merged
from tragnetz.directory.hsds.queries import service_rows
from tragnetz.directory.hsds.reading import ReadingError, read_schedules
from tragnetz.directory.hsds.sheets import read_hours, rows_of, write_csv
from tragnetz.directory.models import Authority, Paper, Service, ServiceAtLocation
from tragnetz.network.actors import system
from tragnetz.network.models import Membership, Organisation, Site

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "3.1" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the specification's examples lie beside the project")


@pytest.fixture
def city(herne):
    """Herne without the demo's staff, who hold its organisations and sites."""
    Membership.objects.all().delete()
    return herne


def forget(city) -> None:
    """Remove all services, and the organisations and sites that nothing else needs."""
    Service.objects.all().delete()
    Site.objects.filter(offices=None).delete()
    Organisation.objects.filter(sites=None, offices=None, programmes=None).delete()


def take(city, name: str, packed: bytes, **options):
    return import_bundle(actor=system(city), bundle=read_file(city, name, packed), source="Test", **options)


def a_dozen(city) -> dict:
    """Return the export with twelve of its services: enough where the whole directory says nothing more."""
    data = json.loads(write_file(city, "all.json"))
    return data | {"services": data["services"][:12]}


def comparable(city) -> dict:
    """Return the whole directory, without the moments at which it was written."""

    def timeless(value):
        if isinstance(value, dict):
            return {name: timeless(one) for name, one in value.items() if name != "last_modified"}
        if isinstance(value, list):
            return sorted((timeless(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
        return value

    return timeless(json.loads(write_file(city, "all.json")))


@pytest.mark.parametrize("name", ["all.json", "all.zip"])
def test_export_import_export_is_identical(city, name):
    service = Service.objects.get(key="moebelhof")
    service.cost_options = [{"option": "Möbel", "amount": 20.5, "currency": "EUR", "description": "", "id": ""}]
    service.capacities = [{"unit": "Plätze", "available": 0, "maximum": 9, "updated": "2026-11-01T08:00:00Z", "id": ""}]
    service.hours = [
        {"days": ["mo", "tu"], "opens": "08:00:00", "closes": "12:30:00", "every": 2, "nth": [], "from": "2026-01-05"},
        {"days": ["fr"], "opens": "09:00:00", "closes": "10:00:00", "nth": [1, -1], "on_holidays": True},
        {"days": [], "from": "2026-12-24", "until": "2027-01-01", "note": {"de": "Betriebsferien", "en": "holidays"}},
    ]
    service.save()
    packed, before = write_file(city, name), comparable(city)
    forget(city)
    assert len(comparable(city)["services"]) == 0

    report = take(city, name, packed)

    assert report.problems == []
    assert report.written
    assert len(report.created) == len(before["services"]) > 60
    found, wanted = leaves(comparable(city)), leaves(before)
    assert {
        path: (found.get(path), wanted.get(path)) for path in {*found, *wanted} if found.get(path) != wanted.get(path)
    } == {}


def documents_of(city, key: str) -> dict[str, dict]:
    row = service_rows(Service.objects.filter(key=key)).get()
    return {one["x_tragnetz"]["key"]: one for one in Documents(city).service(row)["required_documents"]}


def test_a_required_document_says_who_gives_it_out(city):
    pass_service = Service.objects.get(key="schwerbehindertenausweis-antrag")
    jugendamt = Authority.objects.get(key="jugendamt")

    help_with_living = documents_of(city, "eingliederungshilfe")
    advance = documents_of(city, "unterhaltsvorschuss")

    assert help_with_living["schwerbehindertenausweis"]["x_tragnetz"]["issued_by"] == {
        "service": "schwerbehindertenausweis-antrag", "service_id": str(pass_service.pk),
    }  # fmt: skip
    assert advance["unterhaltstitel"]["document"] == "Unterhaltstitel oder Vereinbarung"
    assert advance["unterhaltstitel"]["x_tragnetz"]["issued_by"] == {
        "authority": "jugendamt", "organization_id": str(Documents(city).stands_for(jugendamt.pk)),
    }  # fmt: skip
    assert "issued_by" not in advance["geburtsurkunde"]["x_tragnetz"]
    assert advance["geburtsurkunde"]["x_tragnetz"]["where"]["en"] == "Registry office at the place of birth"


def test_an_import_takes_over_who_gives_a_paper_out_where_nobody_is_known(city):
    packed = write_file(city, "all.json")
    Paper.objects.filter(key__in=["schwerbehindertenausweis", "kontoauszuege"]).update(authority=None, service=None)
    other = Authority.objects.get(key="jugendamt")
    Paper.objects.filter(key="krankenversicherung").update(authority=other)

    take(city, "all.json", packed)
    rows = {row.key: row for row in Paper.objects.select_related("authority", "service")}

    assert rows["schwerbehindertenausweis"].service.key == "schwerbehindertenausweis-antrag"
    assert rows["kontoauszuege"].authority.key == "bank"
    assert rows["krankenversicherung"].authority == other
    assert not any("required_documents" in row.kept for row in Service.objects.all())


def test_importing_twice_changes_nothing(city):
    packed = write_file(city, "all.json")

    report = take(city, "all.json", packed)

    assert (report.created, report.changed) == ([], [])
    assert len(report.unchanged) == Service.objects.count()


def leaves(value, path="") -> dict[str, object]:
    if isinstance(value, dict):
        return {key: one for name, inner in value.items() for key, one in leaves(inner, f"{path}.{name}").items()}
    if isinstance(value, list):
        named = [(one.get("id", number) if isinstance(one, dict) else number, one) for number, one in enumerate(value)]
        return {key: one for name, inner in named for key, one in leaves(inner, f"{path}[{name}]").items()}
    return {path: value}


@needs_examples
def test_the_official_example_loses_nothing(city):
    given = json.loads((EXAMPLES / "service_full.json").read_text())
    report = take(city, "service.json", json.dumps(given).encode(), topic="money")
    assert report.problems == []

    row = service_rows(Service.objects.filter(pk=given["id"])).get()
    shown = Documents(city).service(row)

    found, wanted = leaves(shown), leaves(given)
    lost = {path for path in wanted if path not in found}
    changed = {path for path in wanted if path in found and found[path] != wanted[path]}
    # Places get an id of ours; texts are split into summary and description; moments and currencies are normalised.
    assert {
        path for path in lost if not path.startswith((".service_at_locations", ".metadata", ".organization."))
    } == set()
    assert {path.rsplit(".", 1)[-1] for path in changed} <= {
        "description", "last_modified", "currency", "updated", "eligibility_description", "id", "alternate_name",
        "opens_at", "closes_at", "organization_id",
    }  # fmt: skip


@needs_examples
def test_the_official_tables_are_read_and_come_back(city):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((EXAMPLES / "csv").glob("*.csv")):
            archive.write(file, file.name)
    report = take(city, "example.zip", packed.getvalue(), topic="money")
    assert report.problems == []
    assert report.created == ["Community Counselling"]
    # The example gives one phone to several owners: as a table that is one row, so its parts come to all of them.
    again = write_file(city, "all.zip")
    forget(city)
    assert take(city, "all.zip", again).problems == []
    before, again = comparable(city), write_file(city, "all.zip")
    forget(city)

    assert take(city, "all.zip", again).problems == []
    found, wanted = leaves(comparable(city)), leaves(before)
    assert {
        path: (found.get(path), wanted.get(path)) for path in {*found, *wanted} if found.get(path) != wanted.get(path)
    } == {}


def test_dry_run_tells_and_writes_nothing(city):
    packed = json.dumps(a_dozen(city)).encode()
    forget(city)

    report = take(city, "all.json", packed, dry_run=True)

    assert len(report.created) == 12
    assert not report.written
    assert Service.objects.count() == ServiceAtLocation.objects.count() == 0


def test_one_fault_holds_all_back_and_is_named(city):
    data = a_dozen(city)
    data["services"][3]["x_tragnetz"]["topics"] = ["fishing"]
    data["services"][4]["status"] = "asleep"
    data["services"][5]["id"] = "5"
    forget(city)

    report = take(city, "all.json", json.dumps(data).encode())

    assert not report.written
    assert Service.objects.count() == 0
    assert [(problem.item, problem.field) for problem in report.problems] == [
        (data["services"][3]["name"], "topics"), (data["services"][4]["name"], "status"), (data["services"][5]["name"], "id"),
    ]  # fmt: skip


def test_an_address_that_would_do_something_else_is_no_website(city):
    data = a_dozen(city)
    organisation = next(one for one in data["organizations"] if one.get("locations") and one.get("website"))
    organisation["website"] = "java\tscript:alert(1)"
    data["services"][3]["url"] = "data:text/html,<script>"
    forget(city)

    report = take(city, "all.json", json.dumps(data).encode())

    assert not report.written
    assert {(problem.item, problem.field) for problem in report.problems} == {
        (organisation["name"], "organization.website"), (data["services"][3]["name"], "contact.url"),
    }  # fmt: skip


def test_ids_of_another_network_are_refused(city, other_network):
    from tragnetz.network.scope import scope

    packed = json.dumps(a_dozen(city)).encode()

    with scope(other_network):
        report = take(other_network, "all.json", packed)

    assert {problem.field for problem in report.problems} >= {"id"}
    assert not report.written


HEAD = "Angebot;Beschreibung;Träger;Straße;PLZ;Telefon;Thema;Sprachen;Öffnungszeiten;Alter ab"


def sheet(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_a_list_becomes_offers(city):
    row = "Nähkurs;Wir nähen. Kommen Sie vorbei.;Nadel und Faden e. V.;Testweg 5;44623;02323 1;Bildung;Deutsch, Türkisch;Mo-Mi 9-12:30;16"
    topic = next(iter(read_topics()))

    report = take(city, "liste.csv", sheet(row.replace("Bildung", topic)))

    assert report.problems == []
    found = Service.objects.get(search_name="Nähkurs")
    place = found.places.get()
    assert (found.summary["de"], found.description["de"]) == ("Wir nähen.", "Kommen Sie vorbei.")
    assert (found.organisation.name, place.site.address) == ("Nadel und Faden e. V.", "Testweg 5, 44623 Herne")
    assert found.languages == ["de", "tr"]
    assert [(row["days"], row["opens"], row["closes"]) for row in found.hours] == [
        (["mo", "tu", "we"], "09:00:00", "12:30:00")
    ]
    assert found.prerequisites == {"all": [{"fact": "age", "at_least": 16}]}
    assert found.to_check
    assert take(city, "liste.csv", sheet(row.replace("Bildung", topic))).unchanged == ["Nähkurs"]


def read_topics() -> list[str]:
    from tragnetz.directory.models import Topic

    return [row.name["de"] for row in Topic.objects.all()]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (";Text;Verein;;;;;;;", "Angebot"), ("Kurs;Text;;;;;;;;", "Träger"), ("Kurs;Text;Verein;;;;Angeln;;;", "Thema"),
        ("Kurs;Text;Verein;;;;;;immer;", "Öffnungszeiten"), ("Kurs;Text;Verein;;;;;;;alt", "Alter ab"),
    ],
)  # fmt: skip
def test_faults_of_a_list_name_row_and_column(city, row, field):
    with pytest.raises(ReadingError) as caught:
        take(city, "liste.csv", sheet("Gut;Text;Verein;;;;;;;", row))

    assert [(problem.item, problem.field) for problem in caught.value.problems] == [("Zeile 3", field)]


def test_a_list_without_needed_columns_is_refused(city):
    with pytest.raises(ReadingError, match="Zeile 1: Organisation: Keine Spalte heißt so: organisation"):
        take(city, "liste.csv", b"Name;Beschreibung\nA;B")


def test_columns_can_be_mapped(city):
    bundle = read_file(
        city, "l.csv", b"Was;Wozu;Wer\nA;B;C", {"Was": "name", "Wozu": "description", "Wer": "organisation"}
    )

    assert [one["name"] for one in bundle.services] == ["A"]


def test_columns_are_mapped_by_any_name_that_we_have_for_them(city):
    words = {"Was": "Name", "Wozu": "TEXT", "Wer": "Träger", "Wann": "Öffnungszeiten", "Ruf": "phone"}

    bundle = read_file(city, "l.csv", b"Was;Wozu;Wer;Wann;Ruf\nA;B;C;Mo 8-15;02323 1", words)

    (found,) = bundle.services
    assert (found["name"], found["schedules"][0]["byday"], found["phones"][0]["number"]) == ("A", "MO", "02323 1")
    assert bundle.notes == []
    with pytest.raises(ReadingError, match=r"wann: ist kein Feld\. Es gibt: ID, Name, Kurztext"):
        read_file(city, "l.csv", b"Name;Beschreibung;Organisation;Z\nA;B;C;D", {"Z": "wann"})


def test_what_of_a_list_gets_lost_is_told_before_it_is_written(city):
    rows = "Name;Beschreibung;Organisation;Stadtbezirk;Unterlagen;Wann\nA;B;C;Wane, Eickel;Mietvertrag, Perso;Mo 8-15"

    report = take(city, "liste.csv", rows.encode(), topic="money", dry_run=True)

    assert [str(note) for note in report.notes] == [
        "Zeile 1: Wann: Diese Spalte wird nicht gelesen.",
        "Zeile 2: Stadtbezirk: „Wane“ ist kein Stadtbezirk. Ohne einen gilt ein Angebot für die ganze Stadt.",
        "Zeile 2: Unterlagen: „Perso“ ist kein Papier aus unserer Liste. Auf den Seiten steht es dann nicht.",
    ]
    assert (report.problems, report.created) == ([], ["A"])


def test_wrong_topics_without_a_default_are_told(city):
    report = take(city, "liste.csv", sheet("Kurs;Text;Verein;;;;;;;"))

    assert [(problem.item, problem.field) for problem in report.problems] == [("Zeile 2", "topics")]
    assert take(city, "liste.csv", sheet("Kurs;Text;Verein;;;;;;;"), topic="money").written


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_a_list_that_was_written_is_read_again(city, kind):
    bundle = read_file(city, f"liste{kind}", write_file(city, f"liste{kind}"))

    assert len(bundle.services) == Service.objects.count()
    assert {one["id"] for one in bundle.services} == {str(key) for key in Service.objects.values_list("pk", flat=True)}


def test_a_list_starts_no_formula():
    rows = rows_of([{"id": "1", "name": "=HYPERLINK(1)", "phones": [{"number": "+49 1"}]}], {})

    cells = next(csv.reader(io.StringIO(write_csv(rows[1:]).decode("utf-8-sig")), delimiter=";"))
    assert "'=HYPERLINK(1)" in cells
    assert "+49 1" in cells


@pytest.mark.parametrize("name", ["x.pdf", "x.json", "x.zip", "x.xlsx", "x.csv"])
def test_unreadable_files_are_refused(city, name):
    with pytest.raises(ReadingError):
        read_file(city, name, b"" if name == "x.csv" else b"\x00nonsense")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Fr 8-15", [("MO,TU,WE,TH,FR", "08:00", "15:00")]),
        ("Montag bis Mittwoch 08:30 – 12 Uhr; Do 14.00-18.00 Uhr", [("MO,TU,WE", "08:30", "12:00"), ("TH", "14:00", "18:00")]),
        ("Di, Do 9-12 und 14-16", [("TU,TH", "09:00", "12:00"), ("TU,TH", "14:00", "16:00")]),
        ("nach Vereinbarung", []), ("Mo 15-8", []), ("Mo 25-26", []),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(text, expected):
    assert [(row["byday"], row["opens_at"], row["closes_at"]) for row in read_hours(text)] == expected


VALUES = st.recursive(
    st.text(min_size=1, max_size=4) | st.integers(0, 9),
    lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.sampled_from("uvwxyz"), VALUES, max_size=4)
PARTS = st.lists(st.integers(0, 3), unique=True, max_size=4).flatmap(
    lambda ids: st.tuples(*(DOCUMENTS.map(lambda one, key=key: {**one, "id": str(key)}) for key in ids)).map(list)
)
RECORDS = st.builds(lambda plain, parts: plain | {"parts": parts}, DOCUMENTS, PARTS)


@given(given_one=RECORDS, shown=RECORDS)
def test_kept_and_shown_together_have_all_that_was_given(given_one, shown):
    together = leaves(merged(left_over(given_one, shown), shown))

    for path, value in leaves(shown).items():
        assert together[path] == value
    for path in leaves(given_one):
        assert any(other == path or path.startswith(other) or other.startswith(path) for other in together), path


def test_every_kind_of_file_can_be_written(city):
    for kind in KINDS:
        assert len(write_file(city, f"x{kind}")) > 1000


def test_bundle_needs_something():
    with pytest.raises(ReadingError):
        bundle_of({"contents": []})


def test_what_was_imported_stays_when_the_folder_is_loaded_again(city):
    from tragnetz.city.load import load_city

    take(city, "liste.csv", sheet("Kurs;Text;Neuer Verein;Testweg 5;;;;;;"), topic="money")
    Service.objects.filter(search_name="Kurs").update(summary={"de": "bleibt"})

    load_city(CITIES / "herne")

    assert Service.objects.get(search_name="Kurs").summary == {"de": "bleibt"}
    assert Organisation.objects.filter(name="Neuer Verein", is_member=False).exists()
    assert search_finds("Kurs", "Kurs")


def search_finds(typed: str, name: str) -> bool:
    from datetime import date

    from tragnetz.directory.search import search

    return name in [row.search_name for row in search(typed, date(2026, 11, 24))]


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_a_list_that_was_only_written_and_read_changes_nothing(city, kind):
    before = comparable(city)

    report = take(city, f"liste{kind}", write_file(city, f"liste{kind}"))

    assert (report.problems, report.created, report.changed) == ([], [], [])
    assert comparable(city) == before


def test_a_changed_cell_changes_nothing_else(city):
    rows = list(csv.reader(io.StringIO(write_file(city, "liste.csv").decode("utf-8-sig")), delimiter=";"))
    head, row = rows[0], next(row for row in rows if "Wohngeld" in row)
    row[head.index("Beschreibung")] = "Neu beschrieben."
    row[head.index("Kosten")] = "nichts"
    before = Service.objects.get(key="wohngeld")

    report = take(city, "liste.csv", write_csv(rows))

    after = Service.objects.get(key="wohngeld")
    assert report.changed == ["Wohngeld"]
    assert after.description == before.description | {"de": "Neu beschrieben."}
    assert (after.cost["de"], after.cost["tr"]) == ("nichts", before.cost["tr"])
    assert (after.prerequisites, after.authority, after.keywords) == (
        before.prerequisites,
        before.authority,
        before.keywords,
    )
    assert after.source["title"] == "Test"
    assert after.to_check


def test_holidays_exceptions_and_waits_are_told_to_who_knows_no_extension(city):
    service = Service.objects.get(key="moebelhof")
    service.hours = [
        {"days": ["mo"], "opens": "08:00", "closes": "12:30"},
        {"days": ["tu"], "opens": "08:00", "closes": "10:00", "on_holidays": True, "note": {"de": "Nur Annahme."}},
        {"days": ["mo"], "opens": "09:00", "closes": "10:00", "from": "2026-12-01", "until": "2026-12-20",
         "instead": True, "note": {"de": "Umbau."}},
        {"from": "2026-12-24", "until": "2027-01-01"},
    ]  # fmt: skip
    service.contact, service.valid_until = {"by_appointment": True}, date(2027, 3, 31)
    service.waiting = {"weeks": 6, "on": "2026-11-01", "note": {"de": "Im Notfall sofort."}}
    service.save()

    document = Documents(city).service(service_rows(Service.objects.filter(pk=service.pk)).get())

    assert [one["description"] for one in document["schedules"]] == [
        "Nicht an Feiertagen.",
        "Nur Annahme.",
        "Umbau. Gilt in dieser Zeit statt der anderen Zeiten. Nicht an Feiertagen.",
        "geschlossen",
    ]
    assert document["application_process"].endswith(
        "Nur mit Termin. Wartezeit zurzeit 6 Wochen (Stand 1.11.2026). Im Notfall sofort."
    )
    assert document["alert"] == "Befristet bis 31.3.2027."
    rows = read_schedules(document["schedules"])
    assert [one["note"] for one in rows] == [None, {"de": "Nur Annahme."}, {"de": "Umbau."}, None]
    bare = read_schedules([{**one, "x_tragnetz": {}} for one in document["schedules"][:3]])
    assert [one["note"] for one in bare] == [None, {"de": "Nur Annahme."}, {"de": "Umbau."}]
