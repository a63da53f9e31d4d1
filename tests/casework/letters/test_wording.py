"""Placeholders: what is wrong is said, what is not known shows, and nothing typed becomes a placeholder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.letters.drafts import amount_of
from tragnetz.casework.letters.wording import Block, Wording, faults, fill, fill_line

KNOWN = {"name": "Name", "grund": "Warum?", "bescheid_vom": "Datum des Bescheids"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hallo {nam}", "Meinten Sie {name}?"),
        ("Hallo {wasanderes}", "{wasanderes} gibt es hier nicht"),
        ("Hallo {name", "Klammer"),
        ("Hallo }", "Klammer"),
        ("[mit grnd] Weil {grund}", "Meinten Sie [mit grund]?"),
        ("[mit grund]", "fehlt der Absatz"),
        ("Weil [mit grund] {grund}", "am Anfang eines Absatzes"),
        ("[mit] Weil", "braucht einen Platzhalter"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(text, told):
    assert told in " ".join(faults(Wording("Betreff", text), KNOWN))


def test_right_words_have_no_faults_and_a_subject_has_no_condition():
    assert faults(Wording("{name}", "An {name}.\n\n[ohne grund] Später.\n\n[mit grund] {grund}"), KNOWN) == []
    assert faults(Wording("[mit grund] Betreff", "Text"), KNOWN) == ["Im Betreff geht kein [mit …] oder [ohne …]."]


def test_paragraphs_depend_on_what_is_known():
    text = "Anfang\n\n[mit grund] Weil {grund}\n\n[ohne grund] Später"

    assert fill(text, {"grund": "krank"}, KNOWN) == [Block(("Anfang",)), Block(("Weil krank",))]
    assert fill(text, {}, KNOWN) == [Block(("Anfang",)), Block(("Später",))]


def test_lists_and_typed_paragraphs_are_kept_apart():
    found = fill("{grund}", {"grund": "Erstens\nzweite Zeile\n\n- eins\n- zwei"}, KNOWN)

    assert found == [Block(("Erstens", "zweite Zeile")), Block(("eins", "zwei"), is_list=True)]


def test_what_is_missing_shows_its_label():
    assert fill_line("vom {bescheid_vom}", {}, KNOWN) == "vom [Datum des Bescheids]"


@given(st.text())
def test_what_somebody_types_is_never_filled_again(typed):
    assert fill_line("{grund}", {"grund": typed, "name": "Rosa"}, KNOWN) in {typed, "[Warum?]"}


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_words_are_judged_and_filled_without_an_error(text, subject):
    wording = Wording(subject, text)

    if not faults(wording, KNOWN):
        assert all("{" not in line for block in fill(text, {"name": "A", "grund": "B"}, KNOWN) for line in block.lines)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("412,50", "412.50"), ("1.200", "1200.0"), ("65 €", "65.0"), ("412.5", "412.5"), ("1.234,5 Euro", "1234.5")],
)
def test_amounts_are_read_as_people_write_them(typed, amount):
    assert str(amount_of(typed)) == amount


@pytest.mark.parametrize("typed", ["", "viel", "-5", "0", "12,34,56", "99999999999", "nan", "inf"])
def test_what_is_no_amount_is_none(typed):
    assert amount_of(typed) is None
