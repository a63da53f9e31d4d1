"""Fields about people."""

import pytest
from django import forms

from tragnetz.clients.forms import PhoneField


@pytest.mark.parametrize("typed", ["02323 169167", " 0170 1234567 ", "+49 170 1234567"])
def test_phone_that_can_be_called_is_kept_as_typed(typed: str) -> None:
    """People recognise their number as they said it; it is brought into one form where it is kept."""
    assert PhoneField().clean(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["abc", "123", "0170", "1" * 41])
def test_phone_that_nobody_can_call_is_refused(typed: str) -> None:
    """A number with a slip of the finger is noticed while the person is still there."""
    with pytest.raises(forms.ValidationError):
        PhoneField().clean(typed)


def test_phone_left_out_is_refused_only_where_it_is_required() -> None:
    """Nobody has to leave a number unless we must call."""
    assert PhoneField().clean("") == ""
    with pytest.raises(forms.ValidationError):
        PhoneField(required=True).clean(" ")
