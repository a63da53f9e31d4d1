"""A form that may be sent twice: its key makes the second sending harmless."""

import uuid

from django import forms


class KeyedForm(forms.Form):
    """Carries the key of a request through a page."""

    key = forms.CharField(required=False, max_length=40)

    def clean_key(self) -> str:
        """Return the request's key; a missing or odd one gets a new key."""
        try:
            return uuid.UUID(str(self.cleaned_data["key"])).hex
        except ValueError:
            return uuid.uuid4().hex
