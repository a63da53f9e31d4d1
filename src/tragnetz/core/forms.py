"""What forms share: a key that makes a second sending harmless, and numbers that a page carries."""

import uuid

from django import forms

_MOST_DIGITS = 8  # of the number of a row or of a version


def whole_number(typed: str) -> int | None:
    """Return a whole number that a page carried; nothing for what cannot be one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS else None


class KeyedForm(forms.Form):
    """Carries the key of a request through a page."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_key(self) -> str:
        """Return the request's key; a missing or odd one gets a new key."""
        try:
            return uuid.UUID(str(self.cleaned_data["key"])).hex
        except ValueError:
            return uuid.uuid4().hex
