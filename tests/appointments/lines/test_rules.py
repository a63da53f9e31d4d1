"""Spans of time, and words on a tape."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.appointments.lines.rules import (
    closing_after,
    joined,
    may_sign_on,
    overlap,
    speaking_seconds,
    spoken_text,
    without,
)
from tragnetz.city.read import read_folder

START = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


pieces = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=6).map(
    lambda rows: [(at(start), at(start + length)) for start, length in rows]
)


def hours(spans) -> set[int]:
    return {hour for hour in range(30) if any(begins <= at(hour) < ends for begins, ends in spans)}


@given(pieces, pieces)
def test_spans_are_sets_of_hours(one, other):
    assert hours(joined(one)) == hours(one)
    assert hours(overlap(one, other)) == hours(one) & hours(other)
    assert hours(without(one, other)) == hours(one) - hours(other)


def test_presence_ends_at_the_first_closing_after_it_began():
    opened = [(at(8), at(12)), (at(13), at(15))]

    assert [closing_after(opened, at(hour)) for hour in (7.5, 9, 12.5, 15)] == [at(12), at(12), at(15), None]
    assert [may_sign_on(opened, at(hour)) for hour in (6.5, 7.5, 12, 15)] == [False, True, True, False]


def test_without_an_address_the_sentence_that_names_it_falls_away():
    text = "Niemand ist da. Im Internet: {web}. Wählen Sie 112."

    assert spoken_text(text, "") == "Niemand ist da. Wählen Sie 112."
    assert spoken_text(text, "hilfe.example") == "Niemand ist da. Im Internet: hilfe.example. Wählen Sie 112."


def test_numbers_take_their_time():
    assert speaking_seconds("Bitte rufen Sie an 02323 16 9167") > speaking_seconds("Bitte rufen Sie an") + 4


@pytest.mark.parametrize("city", ["herne", "auental"])
def test_messages_say_the_hours_and_emergency_numbers_in_every_language(city):
    for line in read_folder(CITIES / city).hotlines:
        clocks = {str(clock.hour) for row in line.hours for clock in (row.opens, row.closes)}
        assert set(line.closed_message) == {"de", "simple", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg"}
        for language, text in line.closed_message.items():
            words = set("".join(sign if sign.isalnum() else " " for sign in text).split())
            assert clocks | {"112", "110"} <= words, language
            assert "{web}" in text, language
            assert 10 < speaking_seconds(spoken_text(text, "")) < 40, language
