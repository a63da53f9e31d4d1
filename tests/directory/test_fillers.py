"""Little words of a search count for nothing, in each language."""

from datetime import date

import yaml

from tragnetz.directory.everyday import FILLERS as FILE
from tragnetz.directory.everyday import everyday, is_filler
from tragnetz.directory.rules import typed_words
from tragnetz.directory.search import search

DAY = date(2026, 11, 24)
FILLERS = [(language, word) for language, words in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
           for word in words]  # fmt: skip


def test_a_filler_is_a_word_as_people_type_it_once_a_language_and_means_nothing():
    assert [one for one in FILLERS if typed_words(one[1]) != [one[1]] or everyday([one[1]])] == []
    assert len(FILLERS) == len(set(FILLERS)) > 300


def test_words_that_say_something_are_none():
    words = ["miete", "kira", "إيجار", "квартира", "chirie", "наем", "czynsz", "care", "pot", "mai"]

    assert [word for word in words if is_filler(word)] == []


def test_what_happened_decides_and_not_who_says_it(herne):
    found = [row.key for row in search("чоловік мене б'є", DAY, limit=2)]

    assert set(found) == {"frauenhaus-herne", "gewaltschutz"}
