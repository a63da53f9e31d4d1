"""A file as an answer: its type from its name, never kept by a browser unless a page says so."""

import json
from datetime import date

import pytest
from django.utils.translation import gettext_lazy

from tragnetz.core.downloads import file_answer, json_answer
from tragnetz.core.spreadsheets import harmless


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("brief.pdf", "application/pdf", "inline"), ("zahlen.csv", "text/csv; charset=utf-8", "attachment"),
        ("termin.ics", "text/calendar; charset=utf-8", "attachment"), ("alles.zip", "application/zip", "attachment"),
    ],
)  # fmt: skip
def test_a_file_has_the_type_of_its_ending(name, kind, shown):
    answer = file_answer(b"x", name)

    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'{shown}; filename="{name}"'


def test_a_name_that_somebody_gave_neither_chooses_the_type_nor_breaks_the_header():
    answer = file_answer(b"x", 'Größe "1"\r\n.html', kind="text/plain", opens=False)

    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe")


def test_an_unknown_ending_is_refused():
    with pytest.raises(KeyError):
        file_answer(b"x", "seite.html")


def test_plain_data_are_readable_with_lazy_texts_and_days():
    answer = json_answer({"name": gettext_lazy("Größe"), "on": date(2026, 11, 29)}, "daten.json")

    assert json.loads(answer.content) == {"name": "Größe", "on": "2026-11-29"}
    assert "Größe" in answer.content.decode()


def test_files_of_staff_are_kept_by_no_browser(client, network):
    assert client.get("/de/arbeit/datenschutz/protokoll.csv")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["\n=1+1", "＝1+1", "＠SUM(A1)", "+1+cmd()", "-2+3"])
def test_no_text_of_a_table_is_computed(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+49 2323 16-9167", "+49 (2323) 16/9167", "-5"])
def test_numbers_of_telephones_stay_readable(text):
    assert harmless(text) == text
