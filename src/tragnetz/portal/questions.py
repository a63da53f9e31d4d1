"""Questions of the finder and of the benefit check as form fields. Each can be left out; nothing typed is lost."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.directory.questions import (
    BENEFITS,
    CHECK_CHOICES,
    CHECK_NUMBERS,
    CHOICES,
    NOT_A_NUMBER,
    NUMBERS,
)
from tragnetz.eligibility.facts import FactError, FactValue, clean_facts

ALL_NUMBERS = NUMBERS | CHECK_NUMBERS
ALL_CHOICES = CHOICES | CHECK_CHOICES
# What people ask back on the phone, said before they have to.
HINTS = {
    "gross_wage": _("Sind Sie selbstständig? Dann zählt, was nach den Ausgaben für den Betrieb bleibt."),
    "rent": _("Mit Nebenkosten, ohne Strom."),
    "care_level": _("Ohne Pflegegrad: 0"),
    "maintenance": _("Ohne Unterhalt: 0"),
    "residence": _(
        "Sie haben eine Fiktionsbescheinigung? Dann kommt es darauf an, welchen Titel Sie vorher hatten. "
        "Wählen Sie „Weiß nicht“ und rufen Sie uns an."
    ),
}


def question_fields(names: Iterable[str]) -> dict[str, forms.Field]:
    """Return the fields for facts."""
    return {name: _field(name) for name in names}


def _field(name: str) -> forms.Field:
    hint = HINTS.get(name, "")
    if name in ALL_NUMBERS:
        label, highest = ALL_NUMBERS[name]
        attributes = {"inputmode": "numeric", "autocomplete": "off", "data-highest": highest}
        widget = forms.TextInput(attrs=attributes)
        return forms.CharField(label=label, required=False, max_length=12, widget=widget, help_text=hint)
    if name == "benefits":
        return forms.MultipleChoiceField(
            label=_("Was bekommen Sie schon?"), choices=BENEFITS, widget=forms.CheckboxSelectMultiple, required=False
        )
    label, choices = ALL_CHOICES[name]
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint)


def check_numbers(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Add an error of its own to each number that is none, or is too large."""
    for name, (_label, highest) in ALL_NUMBERS.items():
        if name not in form.fields or not cleaned.get(name):
            continue
        try:
            value: FactValue = clean_facts({name: cleaned[name]})[name]
        except FactError:
            form.add_error(name, NOT_A_NUMBER)
            continue
        if isinstance(value, int) and value > highest:
            form.add_error(name, _("Diese Zahl ist zu groß. Bitte prüfen Sie sie."))
