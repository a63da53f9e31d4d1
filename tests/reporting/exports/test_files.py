"""Files for the funder: what is in them, and who is not."""

import csv
import hashlib
import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.reporting.conftest import make_case, take_in
from tests.reporting.snapshots.conftest import FIRST, LAST, invented
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import CaseContact
from tragnetz.core.spreadsheets import harmless
from tragnetz.reporting.exports.files import KINDS, Origin, name_of
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import answer, leave
from tragnetz.reporting.snapshots.chain import sha_of_rows
from tragnetz.reporting.snapshots.report import report_of
from tragnetz.reporting.snapshots.rows import live

pytestmark = pytest.mark.django_db
ORIGIN = Origin("Beratungsnetz", date(2026, 11, 29), 3, "abc")


def text_of(kind, rows):
    """Return all words of a file."""
    made = KINDS[kind].make(rows, ORIGIN)
    if kind == "teilnahmen":
        book = load_workbook(io.BytesIO(made))
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if kind == "sachbericht":
        document = Document(io.BytesIO(made))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in document.paragraphs), *cells])
    if kind == "zahlen-pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return made


@pytest.fixture
def rows(owner, programme):
    case = make_case(owner, name="Geheimrat Quitte")
    row = take_in(owner, case, programme, born=date(1988, 5, 4), age=None, children=2)
    leave(actor=owner, participation=row, left_on=date(2026, 6, 1), leaving="early_job")
    answer(actor=owner, participation=row, moment="exit", told={"exit_employment": "yes"}, told_on=date(2026, 6, 9))
    return live(programme, FIRST, LAST)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_file_names_anybody(rows, kind):
    text = text_of(kind, rows)
    row = Participation.objects.select_related("person", "case").get()

    assert row.person.name == "Geheimrat Quitte"
    assert len(text) > 20
    secrets = ("Geheimrat", "Quitte", "1988", "04.05.", str(row.case_id), str(row.person_id), row.twin)
    assert [one for one in secrets if one and one in text] == []


def test_one_row_for_each_participation_with_its_answers(rows):
    (found,) = csv.DictReader(io.StringIO(text_of("teilnahmen-csv", rows).removeprefix("\ufeff")), delimiter=";")
    assert found["teilnahme"] == Participation.objects.get().pseudonym
    assert (found["eintritt"], found["austritt"], found["austritt_art"]) == ("2026-02-01", "2026-06-01", "early_job")
    assert (found["gender"], found["employment"], found["exit_exit_employment"]) == ("w", "unemployed", "yes")
    assert "EECR04" in found["indikatoren"].split()


def test_days_and_large_numbers_of_files_are_german(rows):
    book = load_workbook(io.BytesIO(KINDS["teilnahmen"].make(rows, ORIGIN)))
    day = next(cell for cell in book["Teilnahmen"][2] if str(cell.value).startswith("2026-02-01"))
    assert (day.is_date, day.number_format) == (True, "DD.MM.YYYY")
    row = Participation.objects.get()
    for number in range(60):
        CaseContact.objects.create(
            network=row.network, case=row.case, kind="phone", held_on=date(2026, 3, 1), author=row.author,
            compartment=compartment_of(row.case), minutes=1234, idempotency_key=f"long-{number}",
        )  # fmt: skip

    assert "\n1.234\n" in text_of("sachbericht", rows)
    assert "1.234" in text_of("zahlen-pdf", rows)
    assert ";1234" in text_of("zahlen", rows)  # for programs


def test_the_list_is_in_words(rows):
    text = text_of("teilnehmendenliste", rows)
    assert "arbeitslos gemeldet" in text
    assert "früher beendet: Arbeit oder Ausbildung" in text


def test_each_column_of_the_workbook_is_explained(rows):
    book = load_workbook(io.BytesIO(KINDS["teilnahmen"].make(rows, ORIGIN)))
    columns = [cell.value for cell in next(book["Teilnahmen"].iter_rows())]
    assert [row[0] for row in book["Spalten"].iter_rows(min_row=2, values_only=True)] == columns


def test_the_figures_of_the_file_are_those_of_the_report(owner, programme):
    invented(owner, programme, 6)
    rows = live(programme, FIRST, LAST)
    found = csv.DictReader(io.StringIO(text_of("zahlen", rows).removeprefix("\ufeff")), delimiter=";")
    total = {row["code"]: int(row["zahl"]) for row in found if row["spalte"] == "gesamt" and row["code"]}
    assert total == {code: report_of(rows).of("code", code) for code in total}
    assert total["EECO01"] == report_of(rows).of("persons") > 0


def test_the_hash_of_a_snapshot_is_that_of_the_file_of_rows(rows):
    assert hashlib.sha256(text_of("ereignisse", rows).encode()).hexdigest() == sha_of_rows(rows.read())[1]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+49 2323 16-9167", "Rat = Hilfe", "-5", "", "a@b.example"])
def test_other_texts_stay(text):
    assert harmless(text) == text


def test_a_formula_in_an_organisations_name_is_defused_in_every_table(rows):
    row = Participation.objects.get()
    type(row.organisation).objects.filter(pk=row.organisation_id).update(key="=cmd()")
    for kind in ("teilnahmen-csv", "teilnehmendenliste", "teilnahmen"):
        assert "'=cmd()" in text_of(kind, rows)


def test_a_file_says_of_what_day_it_is(rows):
    assert name_of(rows, "sachbericht") == "filou-2028-12-31-sachbericht.docx"
    assert "Nr. 3, Prüfsumme abc" in text_of("sachbericht", rows)
