"""One reading of an amount for letters, grants and answers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.letters.drafts import amount_of
from tragnetz.core.amounts import read_amount
from tragnetz.eligibility.facts import FactError, clean_facts
from tragnetz.workspace.claims.forms import MoneyField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("412,50", "412.50"), ("412.5", "412.5"), ("1.200", "1200"), ("1.234.567,89", "1234567.89"), ("65 €", "65"),
        ("1 200 Euro", "1200"), ("EUR 7", "7"), ("1\u202f200,5", "1200.5"), ("65,-", "65"), ("65,–", "65"), ("0", "0"),
        ("1.250.0", None), ("12,5o", None), ("1,200.50", None), ("12,345", None), ("-5", None), ("1e3", None),
        ("1_000", None), ("٣", None), ("", None), ("€", None), ("nan", None), ("Infinity", None), ("4 bis 5", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_type_it(typed, amount):
    assert read_amount(typed) == (None if amount is None else Decimal(amount))


@given(st.decimals(min_value=0, max_value=9_999_999, places=2))
def test_what_is_written_in_german_is_read_again(amount):
    german = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

    assert read_amount(german) == amount


def test_letters_grants_and_answers_read_the_same():
    field = MoneyField(max_digits=9, decimal_places=2)

    assert field.clean("1.200") == amount_of("1.200") == clean_facts({"rent": "1.200"})["rent"] == 1200


@pytest.mark.parametrize("sent", [1234.567, 1200.5, 3])
def test_a_machines_number_is_taken_as_it_is(sent):
    assert clean_facts({"rent": sent}) == {"rent": round(sent)}


@pytest.mark.parametrize("sent", [float("nan"), float("inf"), -1, 10**400, True, "12,5o"])
def test_what_is_no_number_is_refused(sent):
    with pytest.raises(FactError):
        clean_facts({"rent": sent})
