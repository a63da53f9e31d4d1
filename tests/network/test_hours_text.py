"""Opening hours as people type them: what is written is read again, what is not understood is named."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.network.hours_text import HoursError, read_hours, write_hours
from tragnetz.network.rules import DAYS
from tragnetz.network.shapes import Hours, plain


def normal(rows):
    return plain([Hours.model_validate(row) for row in rows])


def day_time(hours: int, minutes: int) -> str:
    return time(hours, minutes).isoformat()


@st.composite
def rows(draw):
    closed = draw(st.booleans())
    start = draw(st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)))
    end = draw(st.none() | st.dates(date(2028, 1, 1), date(2030, 1, 1)))
    if closed and start is None:
        start = date(2026, 12, 24)
    every = draw(st.sampled_from([1, 2, 4])) if start and not closed else 1
    row = {"days": draw(st.lists(st.sampled_from(DAYS), unique=True, min_size=0 if closed else 1))}
    row["days"].sort(key=DAYS.index)
    if not closed:
        opens = draw(st.integers(0, 22))
        row |= {"opens": day_time(opens, draw(st.sampled_from([0, 30]))), "closes": day_time(opens + 1, 45)}
        row["nth"] = draw(st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, max_size=2))
    row |= {"from": start.isoformat()} if start else {}
    row |= {"until": end.isoformat()} if end else {}
    row |= {"every": every, "instead": draw(st.booleans()), "on_holidays": draw(st.booleans())}
    note = draw(st.sampled_from(["", "nur mit Termin", "Eingang im Hof 2, bis 1. Stock"]))
    return row | ({"note": {"de": note}} if note else {})


@given(st.lists(rows(), max_size=4))
def test_what_is_written_is_read_again(found):
    assert normal(read_hours(write_hours(found))) == normal(found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Mo-Fr 8-15", {"days": ["mo", "tu", "we", "th", "fr"], "opens": "08:00:00", "closes": "15:00:00"}),
        ("Montag bis Mittwoch 8.30 – 12 Uhr", {"days": ["mo", "tu", "we"], "opens": "08:30:00", "closes": "12:00:00"}),
        ("di und do von 14 bis 18:30 Uhr", {"days": ["tu", "th"], "opens": "14:00:00", "closes": "18:30:00"}),
        ("Fr-Mo 10-12", {"days": ["mo", "fr", "sa", "su"], "opens": "10:00:00", "closes": "12:00:00"}),
        ("1. Do im Monat 10-12", {"days": ["th"], "opens": "10:00:00", "closes": "12:00:00", "nth": [1]}),
        ("geschlossen 24.12.2026-01.01.2027", {"days": [], "from": "2026-12-24", "until": "2027-01-01"}),
        ("geschlossen am 02.10.2026", {"days": [], "from": "2026-10-02", "until": "2026-10-02"}),
        ("Sa 9-24", {"days": ["sa"], "opens": "09:00:00", "closes": "23:59:00"}),
    ],
)
def test_hours_are_read_as_people_write_them(typed, expected):
    assert normal(read_hours(typed)) == normal([expected])


@pytest.mark.parametrize(
    ("typed", "line", "word"),
    [
        ("Mo-Fr", 1, "Uhrzeit"), ("8-15", 1, "Tag"), ("Mo 8-15\nDi 15-8", 2, "Ende"), ("Mo 8-25", 1, "Uhrzeit"),
        ("alle 2 Wochen Mo 8-9", 1, "ab wann"), ("geschlossen", 1, "wann"), ("Mo 8-15 nach Absprache", 1, "Klammern"),
        ("Mo 8-15 ab 31.02.2026", 1, "31.2.2026"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named(typed, line, word):
    with pytest.raises(HoursError) as found:
        read_hours(typed)

    assert found.value.line == line
    assert word in str(found.value)


@given(st.text(alphabet="MoDiFr 0123456789-:.()abwochenltzujm,;\n", max_size=60))
def test_any_text_is_read_or_refused_kindly(typed):
    try:
        found = read_hours(typed)
    except HoursError:
        return
    assert normal(found) == normal(read_hours(write_hours(found), found))


def test_an_untouched_line_keeps_id_and_other_languages():
    known = [
        {"id": "x", "days": ["mo"], "opens": "08:00:00", "closes": "09:00:00", "note": {"de": "Hof", "en": "yard"}}
    ]

    assert read_hours("Mo 8-9 (Hof)", known) == known
