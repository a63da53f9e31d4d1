"""Files that mean no good, or only look like what they say: each is refused in words, at once, and fills no memory."""

import copy
import io
import json
import random
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from tests.personas import client_of
from tragnetz.directory.hsds import sheets
from tragnetz.directory.hsds.files import read_file, write_file
from tragnetz.directory.hsds.importing import bundle_of, import_bundle
from tragnetz.directory.hsds.reading import ReadingError
from tragnetz.directory.hsds.sheets import read_rows
from tragnetz.directory.hsds.tabular import read_package
from tragnetz.network.actors import system

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 12)
) + b"]>"  # fmt: skip


def packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return content.getvalue()


def workbook() -> dict[str, bytes]:
    content, book = io.BytesIO(), Workbook()
    book.active.append(["Name", "Text", "Träger"])
    book.save(content)
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_sheet(rows: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return packed(workbook() | {SHEET: head + rows + b"</sheetData></worksheet>"})


def locked(content: bytes) -> bytes:
    """Mark all files of an archive as sealed by a password."""
    found = bytearray(content)
    found[6] |= 1
    found[content.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def unknown_method(content: bytes) -> bytes:
    found = bytearray(content)
    found[8] = found[content.rfind(b"PK\x01\x02") + 10] = 99
    return bytes(found)


TABLE = packed({"services.csv": b"id,name\n1,Tee"})
REFUSED = {
    "deep.json": lambda: b"[" * 200_000,
    "deeper.json": lambda: b'{"a":' * 100_000,
    "brackets.json": lambda: b"[" * 3000 + b"]" * 3000,
    "number.json": lambda: b"9" * 5000,
    "types.json": lambda: b'{"services": 5, "organizations": {"name": [], "services": 7}}',
    "deep.ndjson": lambda: b"[" * 200_000,
    "long.csv": lambda: b"name,text\n" + b"x" * 200_000,
    "cell.csv": lambda: b"name,text,tr\xc3\xa4ger,mail\nTee,Trinken,Haus,a@" + b"." * 40_000 + b"@",
    "cell.xlsx": lambda: with_sheet(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a@" + b"." * 5_000_000 + b"@</t></is></c></row>"
    ),
    "nothing.xlsx": lambda: packed({"a": b""}),
    "cut.xlsx": lambda: packed(workbook() | {SHEET: workbook()[SHEET][:-30]}),
    "junk.xlsx": lambda: packed(workbook() | {SHEET: b"nothing"}),
    "laughs.xlsx": lambda: packed(workbook() | {SHEET: LAUGHS + b"<worksheet>&a11;</worksheet>"}),
    "latin.zip": lambda: packed({"services.csv": "id,name\n1,ä".encode("latin-1")}),
    "long.zip": lambda: packed({"services.csv": b"id,name\n1," + b"x" * 200_000}),
    "endless.zip": lambda: packed({"services.csv": b"id,minimum_age\n1,1e400"}),
    "none.zip": lambda: packed({"services.csv": b"id,minimum_age\n1,nan"}),
    "bomb.zip": lambda: packed({"services.csv": b"id,name\n" + b"1,x\n" * 2_000_000}),
    "parts.zip": lambda: packed({f"{number}/languages.csv": b"id\n" + b"1\n" * 500_000 for number in range(8)}),
    "cut.zip": lambda: TABLE[:-8],
    "locked.zip": lambda: locked(TABLE),
    "method.zip": lambda: unknown_method(TABLE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_words_and_fills_no_memory(herne, name):
    content = REFUSED[name]()
    tracemalloc.start()
    with pytest.raises(ReadingError) as told:
        read_file(herne, name, content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert all(problem.reason for problem in told.value.problems)
    assert most < 120_000_000


def test_a_list_that_would_fill_the_memory_is_not_unpacked(monkeypatch):
    content = packed(workbook() | {"xl/media/image1.png": b" " * 1_000_000})
    assert read_rows(content, "x.xlsx") == [["Name", "Text", "Träger"]]
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1_000_000)

    with pytest.raises(ReadingError, match="zu groß"):
        read_rows(content, "x.xlsx")


@pytest.mark.parametrize("name", ["cell.csv", "cell.xlsx"])
def test_a_cell_that_no_program_for_tables_made_is_named(herne, name):
    """Before it meets a pattern, of which some divide a text in many ways."""
    with pytest.raises(ReadingError, match=r"Zeile \d.*mehr als 32767 Zeichen"):
        read_file(herne, name, REFUSED[name]())


def test_a_list_reads_no_file_of_ours():
    asks = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    body = b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'

    with pytest.raises(ReadingError):
        read_rows(packed(workbook() | {SHEET: asks + body}), "x.xlsx")


def test_what_is_wrong_is_said_as_it_is(herne):
    with pytest.raises(ReadingError, match="kein Angebot und keine Organisation"):
        read_file(herne, "types.json", REFUSED["types.json"]())


def test_a_cell_that_says_it_stands_far_away_makes_no_table_of_gigabytes():
    far = b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>' % (1_048_576, 1_048_576)
    near = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'

    tracemalloc.start()
    rows = read_rows(with_sheet(near + far), "far.xlsx")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert rows == [["Name"]]
    assert most < 20_000_000


def test_more_rows_than_people_keep_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    row = b'<row r="%d"><c r="B%d" t="inlineStr"><is><t>x</t></is></c></row>'

    assert read_rows(with_sheet(b"".join(row % (number, number) for number in (1, 2, 3))), "x.xlsx") == [["", "x"]] * 3
    with pytest.raises(ReadingError, match="mehr als 3 Zeilen"):
        read_rows(with_sheet(b"".join(row % (number, number) for number in (1, 2, 3, 4))), "x.xlsx")


def test_a_package_as_large_as_a_city_is_read():
    """The negative control: a table that is packed well is no bomb."""
    lines = "".join(
        f"{number:036x},Angebot {number * 7919 % 10007},Text {number * 104729}\n" for number in range(60_000)
    )

    assert len(read_package(packed({"services.csv": f"id,name,description\n{lines}".encode()})).services) == 60_000


ODD = (
    None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), "", "\x00", "\ud800", "x" * 5000, "javascript:alert(1)",
    "9999-99-99", [], {}, [[]], [None], [{}], {"de": None}, {"id": "x"}, [{"id": []}], ["x", 5], {"x": {"x": {}}},
)  # fmt: skip


def places_of(value, path=()):
    """Yield the way to each part of a document."""
    yield path
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in rows:
        yield from places_of(inner, (*path, name))


def changed(document, path, value):
    found = copy.deepcopy(document)
    if not path:
        return value
    inner = found
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return found


@pytest.mark.parametrize("plainly", [False, True])
def test_a_document_with_anything_anywhere_is_taken_or_refused_in_words(herne, plainly):
    dice = random.Random(5)  # noqa: S311 -- repeatable on purpose
    data = json.loads(write_file(herne, "all.json"))
    service = max(data["services"], key=lambda one: len(json.dumps(one)))
    organisation = next(one for one in data["organizations"] if one["id"] == service["organization"]["id"])
    if plainly:  # as others write it, without our own extension
        service, organisation = (
            json.loads(json.dumps(one).replace("x_tragnetz", "x_other")) for one in (service, organisation)
        )
    valid = {"services": [service], "organizations": [organisation]}
    ways = list(places_of(valid))

    told = []
    for number in range(150):
        document = changed(valid, dice.choice(ways), ODD[number % len(ODD)])
        try:
            report = import_bundle(actor=system(herne), bundle=bundle_of(document), source="Test", dry_run=True)
        except ReadingError as error:
            told.append(error.problems)
        else:
            assert not report.written
            told.append(report.problems)

    assert len(told) == 150
    assert 10 < sum(bool(problems) for problems in told) < 150


@pytest.mark.parametrize("carried", ["ü", "!!", "====", "AAA"])
def test_a_file_that_comes_back_damaged_is_told(herne, carried):
    sent = {"source": "Liste", "name": "x.json", "packed": carried}

    answer = client_of("catalogue").post("/de/arbeit/verzeichnis/einlesen/", sent)

    assert answer.status_code == 422
