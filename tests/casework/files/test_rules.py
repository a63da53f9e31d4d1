"""Names that deceive nobody, types by content alone."""

import tracemalloc
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.files.samples import HOSTILE, POLYGLOTS, TAKEN, bomb
from tragnetz.casework.enums import FileState, FileType, KeepFor
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.inspection import type_of
from tragnetz.casework.files.rules import (
    CONTENT_TYPES,
    LONGEST_KEPT,
    LONGEST_NAME,
    MOST_A_DAY,
    MOVES,
    can_become,
    clean_name,
    last_day,
    seen_fits,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Bescheid.pdf", "Bescheid.pdf"),
        ("Bescheid.exe", "Bescheid.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\rosa\\Brief vom 3.12", "Brief vom 3.12.pdf"),
        ("Rechnung\u202efdp.exe", "Rechnungfdp.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "a_b Set-Cookie_ x=1.pdf"),
        ("", "Unterlage.pdf"),
        (" ... ", "Unterlage.pdf"),
        ("CON.txt", "_CON.pdf"),
        ("إشعار.pdf", "إشعار.pdf"),
        ("Bescheid u\u0308ber.pdf", "Bescheid über.pdf"),
        ("x" * 300 + ".pdf", "x" * LONGEST_NAME + ".pdf"),
    ],
)
def test_a_name_loses_what_deceives(typed, clean):
    assert clean_name(typed, FileType.PDF) == clean


@given(st.text(max_size=300), st.sampled_from(FileType))
def test_any_name_becomes_one_that_is_safe_and_stays_as_it_is(typed, kind):
    name = clean_name(typed, kind)

    assert name.endswith(f".{kind.value}")
    assert 0 < len(name) <= LONGEST_NAME + 6
    assert not {*name} & set('/\\<>:"|?*%;\r\n\0')
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert not name.startswith(".")
    assert clean_name(name, kind) == name


@pytest.mark.parametrize("ending", TAKEN)
def test_a_type_is_known_by_its_content(ending):
    assert type_of(TAKEN[ending]) == ending


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_on_the_list_is_refused(name):
    with pytest.raises(CaseworkError, match="nehmen wir nicht an"):
        type_of(HOSTILE[name])


@pytest.mark.parametrize("name", POLYGLOTS)
def test_two_things_in_one_are_what_they_begin_as(name):
    assert type_of(POLYGLOTS[name]) in {FileType.PDF, FileType.PNG, FileType.JPEG}


def test_an_archive_that_would_fill_a_disk_is_refused_without_unpacking_it():
    content = bomb()
    tracemalloc.start()
    with pytest.raises(CaseworkError):
        type_of(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(content) < 1_000_000
    assert most < 20_000_000


@pytest.mark.parametrize(("content", "words"), [(b"", "leer"), (b"%PDF-" + bytes(10_000_000), "zu groß")])
def test_nothing_and_too_much_is_told(content, words):
    with pytest.raises(CaseworkError, match=words):
        type_of(content)


@given(st.binary(max_size=400), st.sampled_from([b"", *(content[:40] for content in TAKEN.values())]))
def test_any_content_has_a_type_or_is_refused_in_words(content, start):
    try:
        found = type_of(start + content)
    except CaseworkError:
        return
    assert found in CONTENT_TYPES


def test_a_content_that_is_gone_does_not_come_back():
    assert set(MOVES) == set(FileState)
    assert not MOVES[FileState.SEEN] | MOVES[FileState.INFECTED]


def test_a_reason_other_than_the_case_needs_a_day_that_makes_sense():
    assert last_day(KeepFor.CASE, DAY, DAY) is None
    assert last_day(KeepFor.DECISION, DAY, DAY) == DAY
    for wrong in (None, DAY - timedelta(days=1), DAY + timedelta(days=2000)):
        with pytest.raises(ValueError, match="Bitte wählen Sie"):
            last_day(KeepFor.PROOF, wrong, DAY)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, False), (-366, True), (-367, False)])
def test_a_paper_was_seen_today_or_in_the_last_year(days, fits):
    assert seen_fits(DAY + timedelta(days=days), DAY) == fits


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_a_photo_whose_place_stays_is_refused_with_the_way_to_a_jpeg(brand):
    with pytest.raises(CaseworkError, match=r"HEIC.*JPEG.*Maximale Kompatibilität"):
        type_of(b"\x00\x00\x00\x18ftyp" + brand + bytes(80))


@pytest.mark.parametrize("state", FileState)
@pytest.mark.parametrize("target", FileState)
def test_a_file_changes_as_the_table_says_and_no_other_way(state, target):
    allowed = {
        ("waiting", "kept"), ("waiting", "infected"), ("waiting", "seen"), ("kept", "seen"),
    }  # fmt: skip

    assert can_become(state, target) == ((state.value, target.value) in allowed)


@pytest.mark.parametrize(("ago", "fits"), [(0, True), (366, True), (367, False), (-1, False)])
def test_a_paper_was_seen_within_a_year_and_a_day(ago, fits):
    assert seen_fits(DAY - timedelta(days=ago), DAY) == fits


def test_ten_files_a_day_and_five_years_at_most():
    assert MOST_A_DAY == 10
    assert last_day(KeepFor.PROOF, DAY + LONGEST_KEPT, DAY) == DAY + timedelta(days=1830)
