"""Codes survive being misread; ids are in order; texts fall back to German."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from tragnetz.core.ids import CODE_ALPHABET, clean_code, format_code, new_code, new_id
from tragnetz.core.texts import choose, content_language


def test_new_id_is_uuid_version_7_and_grows_with_time():
    ids = [new_id() for _ in range(1000)]

    assert {(made.version, made.variant) for made in ids} == {(7, uuid.RFC_4122)}
    assert [made.int >> 64 for made in ids] == sorted(made.int >> 64 for made in ids)
    assert len(set(ids)) == 1000


def test_codes_have_sixty_bits_and_use_all_their_signs():
    """V6.5.4, V11.5.1."""
    codes = {new_code() for _ in range(2000)}

    assert len(codes) == 2000
    assert len(CODE_ALPHABET) ** len(clean_code(new_code())) == 2**60
    for place in range(12):
        assert {clean_code(code)[place] for code in codes} == set(CODE_ALPHABET)


def test_new_code_is_clean_and_grouped():
    code = new_code()

    assert format_code(clean_code(code)) == code


@given(st.text(alphabet=CODE_ALPHABET, min_size=12, max_size=12))
def test_clean_code_mends_what_people_misread(code):
    misread = code.replace("0", "o").replace("1", "l").lower()

    assert clean_code(f" {misread[:4]}-{misread[4:]} ") == code


@given(st.text(max_size=40))
def test_clean_code_never_fails(typed):
    assert len(clean_code(typed)) in {0, 12}


def test_clean_code_refuses_wrong_length():
    assert clean_code("K7M4-9XQ2") == ""


def test_choose_takes_the_language_and_falls_back_to_german():
    texts = {"de": "Wohngeld", "simple": "Geld für Miete", "tr": ""}

    assert choose(texts, "de-simple") == ("Geld für Miete", "de")
    assert choose(texts, "tr") == ("Wohngeld", "de")
    assert choose(None, "ar") == ("", "de")
    assert content_language("en-gb") == "en"
