"""From paper to deadline: invented letters as pictures, read by the real program; skipped, loudly, where it is missing."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.casework.letterreading.pages import Light, lying, page, scan
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.letterreading.extract import can_read_photos, letter_of, read_letter

TODAY = date(2026, 11, 29)
FILE = Path(__file__).resolve().parents[2] / "deadlines" / "letters.yaml"
NAMES = (
    "Jobcenter, Änderungsbescheid", "Anhörung Überzahlung", "Kündigung der Arbeit", "Widerspruchsbescheid Jobcenter",
    "Mitwirkung Familienkasse",
)  # fmt: skip
LIGHTS = {
    "scanned at 300 dpi": Light(300, turned=0.8, noise=0.06, shadow=0.1),
    "scanned at 150 dpi": Light(150, turned=-1, noise=0.06, shadow=0.1),
    "photographed in a shadow": Light(200, turned=1.5, noise=0.06, shadow=0.5),
}


@pytest.fixture(autouse=True)
def _program():
    if not can_read_photos():
        pytest.skip("NO TESSERACT: LETTERS AS PICTURES ARE NOT TESTED (apt install tesseract-ocr-deu)")


@cache
def letters():
    return {one["name"]: one for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))}


def found(content):
    reading = read_letter(content, TODAY)
    return {
        "kind": reading.kind.key if reading.kind else None, "rule": reading.rule, "letter_on": reading.letter_on,
        "day": reading.day, "end": reading.end, "reference": reading.reference,
    }  # fmt: skip


@pytest.mark.parametrize("light", LIGHTS.values(), ids=LIGHTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_paper_is_read_like_the_typed_one(tmp_path, name, light):
    letter = letters()[name]

    read_off = found(page(tmp_path, letter["text"], light))

    assert {key: read_off[key] for key in letter["expect"] if key in read_off} == {
        key: value for key, value in letter["expect"].items() if key in read_off
    }


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_photo_that_lies_on_its_side_or_head_is_turned(tmp_path, degrees):
    letter = letters()[NAMES[0]]
    picture = page(tmp_path, letter["text"], LIGHTS["scanned at 150 dpi"])

    read_off = found(lying(tmp_path, picture, degrees))

    assert (read_off["kind"], read_off["letter_on"]) == (letter["expect"]["kind"], letter["expect"]["letter_on"])


def test_the_pdf_of_a_scanner_is_read_like_a_photo(tmp_path):
    letter = letters()[NAMES[0]]
    picture = page(tmp_path, letter["text"], LIGHTS["scanned at 300 dpi"])

    assert found(scan(tmp_path, picture))["letter_on"] == letter["expect"]["letter_on"]


def test_an_empty_page_says_that_nothing_is_to_be_seen(tmp_path):
    with pytest.raises(CaseworkError, match="kein Text zu erkennen"):
        letter_of(page(tmp_path, "", Light(150, noise=0.05)))


def test_whoever_reads_off_a_picture_is_told_to_compare_each_day(tmp_path):
    reading = read_letter(page(tmp_path, letters()[NAMES[0]]["text"], Light(150)), TODAY)

    assert "Bitte vergleichen Sie jeden Tag" in reading.doubts[0]
