"""Reading letters: invented ones, with what must be found, and a floor for how often it is."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tragnetz.deadlines.book import rules
from tragnetz.deadlines.reading.dates import dates_in, periods_in
from tragnetz.deadlines.reading.kinds import KINDS
from tragnetz.deadlines.reading.read import pieces, read, tidy

TODAY = date(2026, 11, 29)
LETTERS = yaml.safe_load(Path(__file__).with_name("letters.yaml").read_text(encoding="utf-8"))
FLOOR = 0.95
FIELDS = ("kind", "rule", "letter_on", "day", "end", "reference")


def found(letter):
    reading = read(letter["text"], TODAY)
    return {
        "kind": reading.kind.key if reading.kind else None, "rule": reading.rule, "letter_on": reading.letter_on,
        "day": reading.day, "end": reading.end, "reference": reading.reference,
    }  # fmt: skip


def test_there_are_enough_letters_of_each_kind():
    assert len(LETTERS) >= 30
    assert {letter["expect"]["kind"] for letter in LETTERS} == {kind.key for kind in KINDS} | {None}


def test_what_is_read_is_right_nearly_always():
    """Prints the accuracy; a wrong one is named."""
    asked = [(letter, name) for letter in LETTERS for name in FIELDS if name in letter["expect"]]
    wrong = [
        f"{letter['name']}: {name} is {found(letter)[name]!r}, not {letter['expect'][name]!r}"
        for letter, name in asked
        if found(letter)[name] != letter["expect"][name]
    ]
    right = 1 - len(wrong) / len(asked)
    print(f"{right:.1%} of {len(asked)} findings in {len(LETTERS)} letters")

    assert right >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize("letter", LETTERS, ids=[letter["name"] for letter in LETTERS])
def test_a_wrong_kind_is_never_told_as_if_it_were_sure(letter):
    reading = read(letter["text"], TODAY)
    kind = reading.kind.key if reading.kind else None

    assert kind == letter["expect"]["kind"] or any("nicht sicher" in one for one in reading.doubts)


@pytest.mark.parametrize(
    "letter", [one for one in LETTERS if "doubt" in one["expect"]], ids=lambda letter: letter["name"]
)
def test_what_is_not_sure_is_said(letter):
    reading = read(letter["text"], TODAY)

    assert any(letter["expect"]["doubt"] in one for one in reading.doubts), reading.doubts


@pytest.mark.parametrize(
    "letter", [one for one in LETTERS if one["expect"].get("unsure")], ids=lambda letter: letter["name"]
)
def test_whoever_reads_an_unclear_letter_is_warned(letter):
    assert read(letter["text"], TODAY).doubts


def test_kinds_start_rules_that_there_are():
    assert {kind.rule for kind in KINDS} <= set(rules())


def test_the_words_found_are_marked_in_the_letter():
    reading = read(LETTERS[0]["text"], TODAY)
    marked = [(what, text) for text, what in pieces(reading) if what]

    assert ("Datum des Briefs", "16.11.2026") in marked
    assert ("Zeichen", "34102//0012345") in marked
    assert "".join(text for text, _what in pieces(reading)) == reading.text


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("am 3.1.26 in", date(2026, 1, 3)),
        ("am 03. 01. 2026 in", date(2026, 1, 3)),
        ("am 3. März 2026", date(2026, 3, 3)),
        ("am 3. Sept. 2026", date(2026, 9, 3)),
        ("2026-01-03", date(2026, 1, 3)),
        ("am 31.02.2026", None),
        ("Version 1.2.34.5", None),
        ("Tel. 02323 12.34", None),
    ],
)
def test_dates_are_found_as_people_write_them(text, on):
    assert [one.on for one in dates_in(text)] == ([on] if on else [])


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("innerhalb von 14 Tagen", date(2026, 12, 13)),
        ("binnen zwei Wochen", date(2026, 12, 13)),
        ("innerhalb eines Monats", date(2026, 12, 29)),
    ],
)
def test_lengths_of_time_are_found_in_words_and_figures(text, on):
    assert [one.after(TODAY) for one in periods_in(text)] == [on]


def test_words_divided_by_the_end_of_a_line_are_joined():
    assert tidy("Wider-\nspruch  im\xa0Jahr\r\nGut- und Hof") == "Widerspruch im Jahr\nGut- und Hof"


@given(st.text(max_size=400))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_without_breaking(text):
    reading = read(text, TODAY)

    assert "".join(piece for piece, _what in pieces(reading)) == reading.text
