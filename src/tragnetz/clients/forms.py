"""Fields about people that several pages ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.clients.rules import clean_phone

MOST_SIGNS = 40


def must_be_callable(typed: str) -> None:
    """Raise ValidationError for a number nobody can call."""
    if not clean_phone(typed):
        raise ValidationError(_("Diese Nummer stimmt nicht. Bitte prüfen Sie sie, zum Beispiel 0170 1234567."))


class PhoneField(forms.CharField):
    """A phone number, as it was typed; free to leave out unless `required` says otherwise."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        given: dict[str, Any] = {"label": gettext_lazy("Telefon"), "required": False, "max_length": MOST_SIGNS} | kwargs
        super().__init__(**given)
        self.validators.append(must_be_callable)
