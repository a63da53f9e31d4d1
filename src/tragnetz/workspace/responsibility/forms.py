"""What decides which office is responsible. Everything can be left out, and nothing is stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.directory.names import NAMES, OF_THE_CITY, values_of_city
from tragnetz.directory.questions import BENEFITS, EMPLOYMENT, NOT_A_NUMBER, YES_NO
from tragnetz.directory.responsibility import Offices
from tragnetz.directory.sentences import question
from tragnetz.eligibility.facts import FACTS, FactError, FactValue, Kind, clean_facts
from tragnetz.eligibility.rules import Condition, conditions_of
from tragnetz.network.queries import Place, find_places

type Choices = list[tuple[str, str]]

WISHES = ("address", "topic", "service", "paper")
_NUMERIC = {"inputmode": "numeric"}
_NOT_ASKED = {"district", "locality", "situations"}  # follow from the address; no household says its situation


class HouseholdForm(forms.Form):
    """A household, and what it needs; asks besides the usual facts those that this city's offices make rules of."""

    address = forms.CharField(label=_("Straße oder Ortsteil"), required=False, max_length=120)
    topic = forms.ChoiceField(label=_("Thema"), required=False)
    service = forms.ChoiceField(label=_("Leistung"), required=False)
    paper = forms.ChoiceField(label=_("Papier, das fehlt"), required=False)
    age = forms.CharField(label=_("Alter"), required=False, max_length=3, widget=forms.TextInput(attrs=_NUMERIC))
    adults = forms.CharField(
        label=_("Erwachsene im Haushalt"), required=False, max_length=2, widget=forms.TextInput(attrs=_NUMERIC)
    )
    children = forms.CharField(label=_("Kinder"), required=False, max_length=2, widget=forms.TextInput(attrs=_NUMERIC))
    employment = forms.ChoiceField(label=_("Arbeit"), choices=EMPLOYMENT, required=False)
    can_work_3h = forms.ChoiceField(label=_("Kann drei Stunden am Tag arbeiten"), choices=YES_NO, required=False)
    benefits = forms.MultipleChoiceField(
        label=_("Bekommt schon"), choices=BENEFITS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's interface
        offices: Offices,
        topics: Choices,
        services: Choices,
        papers: Choices,
        **kwargs: Any,  # noqa: ANN401 -- as above
    ) -> None:
        super().__init__(*args, **kwargs)
        wishes = (("topic", topics, _("alle")), ("service", services, _("alle")), ("paper", papers, _("keins")))
        for name, choices, none in wishes:
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
            choice.choices = [("", none), *choices]
        rules = [post.whole for posts in offices.posts.values() for post in posts]
        for condition in (condition for rule in rules for condition in conditions_of(rule)):
            if condition.fact not in self.fields and condition.fact not in _NOT_ASKED:
                self.fields[condition.fact] = _field(condition)
        self.place: Place | None = None

    @property
    def wish_fields(self) -> list[forms.BoundField]:
        """Where the household lives, and what it needs."""
        return [self[name] for name in WISHES]

    @property
    def household_fields(self) -> list[forms.BoundField]:
        """What is known of the household."""
        return [self[name] for name in self.fields if name not in {*WISHES, "benefits"}]

    def clean_address(self) -> str:
        """Find the district; where there are several, none is guessed."""
        typed = str(self.cleaned_data["address"]).strip()
        places = find_places(typed) if typed else []
        if typed and not places:
            raise forms.ValidationError(_("Diese Straße kennen wir nicht. Fragen Sie nach dem Ortsteil."))
        if len({place.district.key for place in places}) > 1:
            names = ", ".join(f"{place.street or place.locality.name} ({place.district.name})" for place in places)
            raise forms.ValidationError(_("Das gibt es mehrmals: %s. Bitte genauer, mit Hausnummer.") % names)
        self.place = places[0] if places else None
        return typed

    def clean(self) -> dict[str, Any]:
        """Say of each number that is none which one it is."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if name not in FACTS or name in self.errors:
                continue
            try:
                clean_facts({name: value})
            except FactError:
                self.add_error(name, NOT_A_NUMBER)
        return cleaned

    def facts(self) -> dict[str, FactValue]:
        """Return what is known, with the district of the address."""
        facts = clean_facts({name: value for name, value in self.cleaned_data.items() if name in FACTS})
        if self.place is not None:
            facts["district"] = self.place.district.key
            if self.place.street:
                facts["locality"] = self.place.locality.key
        return facts


def _field(condition: Condition) -> forms.Field:
    """Return the field of a fact that only this city's offices ask for."""
    label = question(condition)
    kind = FACTS[condition.fact]
    if kind.kind is Kind.NUMBER:
        return forms.CharField(label=label, required=False, max_length=9, widget=forms.TextInput(attrs=_NUMERIC))
    named = values_of_city(condition.fact) if condition.fact in OF_THE_CITY else []
    named += [(value, str(NAMES.get(value, value))) for value in kind.values]
    choices = YES_NO if kind.kind is Kind.BOOLEAN else [YES_NO[0], *named]
    return forms.ChoiceField(label=label, choices=choices, required=False)
