"""What Tesseract was seen to make of official letters, and what of it is put right; what is unsure stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.letterreading.mending import mended


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("zum\n3112.2026. Bitte", "zum\n31.12.2026. Bitte"),
        ("Datum: 1711.2026", "Datum: 17.11.2026"),
        ("Datum: 20.11 2026", "Datum: 20.11.2026"),
        ("Datum: 18:11.2026", "Datum: 18.11.2026"),
        ("Neustadt, 19112026", "Neustadt, 19.11.2026"),
        ("bis zum 4..Dezember 2026", "bis zum 4. Dezember 2026"),
        ("nach 88 60, 66 SGB | ganz", "nach § 60, 66 SGB I ganz"),
        ("versagt werden ($ 66 SGB\n\nN).", "versagt werden (§ 66 SGB I)."),
        ("nach 8 59 SGB Il mit 8 309 SGB\nIN.", "nach § 59 SGB II mit § 309 SGB III."),
        ("BG-Nr. 34102/ /0055443", "BG-Nr. 34102//0055443"),
        ("reichen Sie diese bis\n\nzum 30.11.2026 ein", "reichen Sie diese bis\nzum 30.11.2026 ein"),
    ],
)
def test_what_was_certainly_misread_is_put_right(seen, meant):
    assert mended(seen) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Kundennummer 23112026", "Vertragskonto: 2000345678", "am 03.11.2026", "Datum 09.1.2026", "Version 1.2.2026.5",
        "8 Euro nach § 20 SGB II", "Raum 8 und 9", "Absatz\n\nNeuer Absatz", "412,50 Euro", "08 12 34 56",
    ],
)  # fmt: skip
def test_what_is_unsure_stays(text):
    assert mended(text) == text


@pytest.mark.parametrize("blank", ["\n", " \n", "\n\n ", "\t\n\r"])
def test_a_page_of_blank_lines_costs_no_more_than_any_other(blank):
    """Looked for at each line anew, 200,000 of them took minutes."""
    assert mended(f"Absatz{blank * 70_000}Neu") == f"Absatz{blank * 70_000}Neu"
    assert mended(f"bis{blank * 70_000}\nzum") == "bis\nzum"


@given(st.text(alphabet="0123456789.,:/ \n§8$SGBIlN|bis zum", max_size=80))
def test_mending_twice_changes_nothing_more(text):
    once = mended(text)

    assert mended(once).replace("\n", "") == once.replace("\n", "")
