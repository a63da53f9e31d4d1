"""What is typed about interpreters."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.interpreters.commands import InterpreterDetails
from tragnetz.appointments.interpreters.enums import DeclarationForm, InterpreterKind
from tragnetz.appointments.models import Interpreter
from tragnetz.core.months import months_later
from tragnetz.network.languages import language_choices
from tragnetz.workspace.counselling.parts import day_field

YEAR = 12  # proposed months; how long a declaration is good for decides the organisation


def _languages() -> list[tuple[str, str]]:
    return [(code, name) for code, name in language_choices() if code not in {"de", "simple"}]


class InterpreterForm(forms.Form):
    """Who interprets, what they speak, how they are reached."""

    name = forms.CharField(
        label=_("Name der Person, des Pools oder der Agentur"), max_length=120,
        error_messages={"required": _("Bitte geben Sie einen Namen an.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Wer ist das?"), choices=InterpreterKind.choices)
    languages = forms.MultipleChoiceField(
        label=_("Sprachen"), choices=_languages, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Sprache.")},
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-Mail-Adresse"), max_length=200, required=False,
        help_text=_("Dorthin geht die Bitte um Dolmetschen: nur Zeit, Ort und Sprache."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telefon"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def details(self) -> InterpreterDetails:
        """Return what was typed."""
        return InterpreterDetails(**self.cleaned_data)


def interpreter_initial(row: Interpreter) -> dict[str, object]:
    """Return an interpreter as the form shows them."""
    return {name: getattr(row, name) for name in ("name", "kind", "languages", "email", "phone")}


class DeclarationEntry(forms.Form):
    """That somebody has declared to keep secret what they hear."""

    declared_on = day_field(_("Erklärt am"))
    valid_until = day_field(
        _("Gilt bis"), help_text=_("Wie lange eine Erklärung gilt, legt Ihre Organisation fest. Vorschlag: ein Jahr.")
    )
    form = forms.ChoiceField(label=_("Wie liegt die Erklärung vor?"), choices=DeclarationForm.choices)


def declaration_initial(today: date) -> dict[str, object]:
    """Return the days that are proposed."""
    return {"declared_on": today, "valid_until": months_later(today, YEAR)}
