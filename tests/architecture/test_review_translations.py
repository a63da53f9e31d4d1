"""The table for speakers: what goes out comes back unchanged, and nothing that would break a page is taken in."""

import csv
import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def tool():
    sys.path.insert(0, str(TOOLS))
    try:
        spec = importlib.util.spec_from_file_location("review_translations", TOOLS / "review_translations.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOOLS))
    module.collect = cache(module.collect)  # it reads all sources, for each table anew
    return module


@pytest.fixture
def copy(tool, tmp_path, monkeypatch):
    """The tool at work on a copy of a catalogue."""
    file = tmp_path / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(tool.path_of("pl").read_bytes())
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    return file


def edit(path: Path, german: str, text: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    found = [row for row in rows if row[0] == german]
    assert found
    found[0][1] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


@pytest.mark.parametrize("end", ["csv", "xlsx"])
def test_what_goes_out_comes_back_unchanged(tool, copy, tmp_path, end):
    table, before = tmp_path / f"pl.{end}", copy.read_bytes()

    assert tool.main(["export", "pl", str(table)]) == 0
    assert tool.main(["import", "pl", str(table), "--write"]) == 0
    assert copy.read_bytes() == before


def test_a_dry_run_writes_nothing_and_says_what_would_change(tool, copy, tmp_path, capsys):
    table, before = tmp_path / "pl.csv", copy.read_bytes()
    tool.main(["export", "pl", str(table)])
    edit(table, "Fehler melden", "Zgłoś pomyłkę")

    assert tool.main(["import", "pl", str(table)]) == 0

    assert "+ Zgłoś pomyłkę" in capsys.readouterr().out
    assert copy.read_bytes() == before


def test_a_corrected_text_is_written(tool, copy, tmp_path):
    table = tmp_path / "pl.csv"
    tool.main(["export", "pl", str(table)])
    edit(table, "Fehler melden", "  Zgłoś pomyłkę ")

    assert tool.main(["import", "pl", str(table), "--write"]) == 0

    with copy.open("rb") as file:
        assert read_po(file).get("Fehler melden").string == "Zgłoś pomyłkę"


@pytest.mark.parametrize(
    ("german", "text", "why"),
    [
        ("Geprüft von %(who)s am %(on)s.", "Sprawdzone.", "something that is filled in is lost"),
        ("Fehler melden", "Zgłoś <b>błąd</b>", "something that is filled in is lost or new"),
        ("Fehler melden", " ", "empty"),
    ],
)
def test_what_would_break_a_page_is_refused(tool, copy, tmp_path, capsys, german, text, why):
    table, before = tmp_path / "pl.csv", copy.read_bytes()
    tool.main(["export", "pl", str(table)])
    edit(table, german, text)

    assert tool.main(["import", "pl", str(table), "--write"]) == 1

    assert why in capsys.readouterr().err
    assert copy.read_bytes() == before


def test_a_text_that_is_not_there_any_more_is_told(tool, copy, tmp_path, capsys):
    table = tmp_path / "pl.csv"
    table.write_text("Deutsch;Übersetzung;Steht in;Form\nGab es einmal;Było kiedyś;;\n", encoding="utf-8-sig")

    assert tool.main(["import", "pl", str(table), "--write"]) == 1
    assert "not there any more" in capsys.readouterr().err


def test_another_table_is_refused(tool, copy, tmp_path):
    table = tmp_path / "pl.csv"
    table.write_text("A;B\n1;2\n", encoding="utf-8-sig")

    with pytest.raises(ValueError, match="first row"):
        tool.main(["import", "pl", str(table)])
