"""The finder's questions. Each can be left out; what is typed wrong is said, and nothing typed is lost."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose
from tragnetz.directory.queries import situations
from tragnetz.eligibility.facts import Facts, FactValue, clean_facts
from tragnetz.network.queries import Place, find_places
from tragnetz.portal.questions import ALL_CHOICES, ALL_NUMBERS, check_numbers, question_fields

SECTIONS = [
    (_("Was ist los?"), ["situations"]),
    (_("Sie und Ihr Haushalt"), ["age", "children", "single_parent", "cares_for_relative"]),
    (_("Arbeit und Geld"), ["employment", "can_work_3h", "insured_12_of_30", "gross_wage", "benefits"]),
    (_("Wohnen"), ["housing", "rent_arrears", "power_cut", "address"]),
]


class FinderForm(forms.Form):
    """All questions of the finder, asked in four steps; those of the benefit check are carried along."""

    def __init__(self, *args: Any, language_texts: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.rows = situations()
        self.fields["situations"] = forms.MultipleChoiceField(
            label=_("Was passt zu Ihnen? Sie können mehreres wählen."),
            choices=[(row.key, language_texts(row.name)) for row in self.rows],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields.update(question_fields([*ALL_NUMBERS, *ALL_CHOICES, "benefits"]))
        self.fields["address"] = forms.CharField(
            label=_("In welcher Straße oder in welchem Ortsteil wohnen Sie?"),
            help_text=_("Nur um die zuständige Stelle zu finden. Wir speichern es nicht."),
            required=False,
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.place: Place | None = None

    def fields_of(self, step: int) -> list[forms.BoundField]:
        """Return the questions of a step, counted from 1."""
        return [self[name] for name in SECTIONS[step - 1][1]]

    def fields_besides(self, step: int) -> list[forms.BoundField]:
        """Return the questions of all other steps, to be carried along."""
        shown = SECTIONS[step - 1][1]
        return [self[name] for name in self.fields if name not in shown]

    def wrong_in(self, step: int) -> bool:
        """Whether an answer of a step is wrong."""
        return any(name in self.errors for name in SECTIONS[min(max(step, 1), len(SECTIONS)) - 1][1])

    def clean(self) -> dict[str, Any]:
        """Turn numbers into numbers, each with its own error."""
        cleaned = super().clean() or self.cleaned_data
        check_numbers(self, cleaned)
        return cleaned

    def clean_address(self) -> str:
        """Find the address; an unknown one is said kindly."""
        typed = str(self.cleaned_data["address"]).strip()
        if typed:
            places = find_places(typed)
            if not places:
                raise forms.ValidationError(
                    _("Diese Straße kennen wir nicht. Versuchen Sie den Ortsteil, oder lassen Sie das Feld leer.")
                )
            districts = {place.district.key for place in places}
            if len(districts) > 1:
                names = ", ".join(f"{place.street or place.locality.name} ({place.district.name})" for place in places)
                raise forms.ValidationError(_("Das gibt es mehrmals: %s. Bitte genauer, mit Hausnummer.") % names)
            self.place = places[0]
        return typed

    def facts(self) -> Facts:
        """Return what is known from the answers; picked situations add what their sentence says."""
        chosen = set(self.cleaned_data.get("situations", []))
        known: dict[str, FactValue] = {}
        for row in self.rows:
            if row.key in chosen:
                known |= clean_facts(row.facts)
        answered = {name: value for name, value in self.cleaned_data.items() if name != "address"}
        known |= clean_facts(answered)
        if known.get("maintenance") == 0:
            known.setdefault("maintenance_received", False)
        if self.place is not None:
            known |= {"district": self.place.district.key, "locality": self.place.locality.key}
        return known


def finder_form(*args: Any, **kwargs: Any) -> FinderForm:  # noqa: ANN401 -- Django's form arguments
    """Return the finder's form in the language of the page."""
    language = get_language() or "de"
    return FinderForm(*args, language_texts=lambda texts: choose(texts, language).text, **kwargs)
