"""Everyday words of ten languages and what they mean."""

import pytest

from tragnetz.directory.everyday import everyday, fold
from tragnetz.directory.rules import spellings, typed_words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Möbel", "moebel"), ("Straße", "STRASSE"), ("الإيجار", "ايجار"), ("łóżko", "lozko"), ("kirayı", "kirayi"), ("б'є", "бє")],
)  # fmt: skip
def test_words_fold_to_the_same_whatever_their_spelling(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("gefeuert", "arbeitslos"), ("меня уволили", "arbeitslos"), ("kiralar", "Wohngeld"), ("شقة للإيجار", "Wohngeld"),
        ("чоловік мене б'є", "Gewalt"), ("mi-au tăiat curentul", "Stromschulden"),
    ],
)  # fmt: skip
def test_everyday_words_stand_for_words_of_the_directory(typed, meaning):
    assert meaning in [phrase for one in everyday(typed_words(typed)) for phrase in one.means]


def test_longest_phrase_hides_the_words_in_it():
    found = everyday(typed_words("konto gesperrt"))

    assert [one.words for one in found] == [(0, 1)]


def test_words_without_a_meaning_stand_for_nothing():
    assert everyday(["quantenphysik"]) == []


def test_umlauts_may_be_spelled_with_two_letters():
    assert spellings("raeumung") == ["raeumung", "räumung"]
    assert spellings("miete") == ["miete"]


def test_a_phrase_that_two_languages_share_means_it_once():
    found = everyday(typed_words("джобцентр"))

    assert len(found) == len(set(found)) == 1
