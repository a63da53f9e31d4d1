"""Numbers and keys that a page carries, whatever somebody makes of them."""

import uuid

import pytest

from tragnetz.core.forms import KeyedForm, whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("99999999", 99_999_999), ("100000000", None), ("9" * 50, None), ("", None),
     ("-1", None), ("+1", None), ("1.5", None), ("1e3", None), ("0x10", None), (" 1", None), ("1_000", None),
     ("²", None), ("٣", None), ("１", None), ("NaN", None)],
)  # fmt: skip
def test_a_number_of_a_page_is_one_that_the_database_can_hold_or_none(typed, number):
    """V1.4.2: Python would read many of these; a column of four bytes ends at 2,147,483,647."""
    assert whole_number(typed) == number


@pytest.mark.parametrize("typed", ["", "x", "0" * 31, "../../x"])
def test_an_odd_key_of_a_request_gets_a_new_one(typed):
    form = KeyedForm({"key": typed})

    assert form.is_valid()
    assert uuid.UUID(form.cleaned_data["key"]).hex == form.cleaned_data["key"] != typed


def test_a_key_stays_itself_however_it_is_written():
    form = KeyedForm({"key": "01A22D07-AFF5-7673-8882-170CE3A425CC"})

    assert form.is_valid()
    assert form.cleaned_data["key"] == "01a22d07aff576738882170ce3a425cc"
