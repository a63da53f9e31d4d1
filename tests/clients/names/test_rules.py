"""Which typed name finds which written one, and how well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.clients.names.rules import LONGEST, MOST_WORDS, Kind, Match, asked, parts_of, spellings, words


def found(typed: str, written: str) -> Match | None:
    """Return how a typed name finds a written one: by its worst word."""
    parts, worst = parts_of(written), None
    for word in asked(typed):
        best = next((match for match in Match if word[match] & parts), None)
        if best is None:
            return None
        worst = max(worst or best, best, key=list(Match).index)
    return worst


@pytest.mark.parametrize(
    ("typed", "written", "match"),
    [
        ("Müller", "Anna Müller", Match.EXACT),
        ("mueller", "Anna Müller", Match.EXACT),
        ("Muller", "Anna Müller", Match.EXACT),
        ("Müller anna", "Anna Müller", Match.EXACT),
        ("Strauß", "Strauss", Match.EXACT),
        ("Şahin", "Sahin", Match.EXACT),
        ("Isik", "Işık", Match.EXACT),
        ("Ibrahim", "İbrahim", Match.EXACT),
        ("O'Brien", "OBrien", Match.EXACT),
        ("Lüdenscheidt", "Müller-Lüdenscheidt", Match.EXACT),
        ("Mül", "Anna Müller", Match.PREFIX),
        ("Schwarzenbacherstein", "Schwarzenbachersteiner", Match.PREFIX),
        ("Meier", "Mayer", Match.SOUND),
        ("Müler", "Müller", Match.SOUND),
        ("Anna Meier", "Anna Mayer", Match.SOUND),
        ("Schahin", "Şahin", Match.SOUND),
        ("Tschelik", "Çelik", Match.SOUND),
        ("Mohammed", "Muhammad", Match.SOUND),
        ("Jussuf", "Youssef", Match.SOUND),
        ("Achmed", "Ahmad", Match.SOUND),
        ("Khalid", "Halid", Match.SOUND),
        ("Schewtschenko", "Shevchenko", Match.SOUND),
        ("Shevchenko", "Шевченко", Match.EXACT),
        ("Schewtschenko", "Шевченко", Match.EXACT),
        ("Шевченко", "Schewtschenko", Match.EXACT),
        ("Шевч", "Шевченко", Match.PREFIX),
        ("Yuliia", "Юлія", Match.EXACT),
        ("محمد", "محمد علي", Match.EXACT),
        ("Anna Schulz", "Anna Müller", None),
        ("Mü", "Müller", None),
        ("Bauer", "Müller", None),
    ],
)
def test_typed_name_finds_written_one(typed, written, match):
    assert found(typed, written) is match


@pytest.mark.parametrize("typed", ["", " ", "A", "A. B.", "123", "?!"])
def test_nothing_is_asked_without_two_letters(typed):
    assert asked(typed) == []


@given(st.text(max_size=60))
def test_every_name_finds_itself(name):
    assert all(word[Match.EXACT] & parts_of(name) for word in asked(name))


@given(st.text(max_size=200))
def test_parts_are_few_and_short(name):
    assert len(words(name)) <= MOST_WORDS
    assert all(len(part.text) <= LONGEST for part in parts_of(name) if part.kind == Kind.PREFIX)
    assert all(len(spellings(word)) <= 2 for word in words(name))
