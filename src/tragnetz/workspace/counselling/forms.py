"""What counsellors write."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import Indication, Level, StepOwner
from tragnetz.casework.models import Goal
from tragnetz.clients.commands import PersonDetails
from tragnetz.clients.models import Relation
from tragnetz.core.forms import KeyedForm
from tragnetz.directory.questions import AMOUNTS, BENEFITS, CHOICES, NUMBERS
from tragnetz.eligibility.facts import FactError, FactValue, clean_facts
from tragnetz.workspace.counselling.parts import PartForm, day_field

MORE_PEOPLE = 3


class StepForm(KeyedForm, PartForm):
    """A step: what, who, until when."""

    text = forms.CharField(
        label=_("Nächster Schritt"),
        max_length=500,
        error_messages={"required": _("Bitte schreiben Sie den Schritt auf.")},
    )
    owner = forms.ChoiceField(label=_("Wer?"), choices=StepOwner.choices)
    due_on = day_field(_("Bis wann?"), required=False)
    goal = forms.ChoiceField(label=_("Für welches Ziel?"), required=False)
    field_order = ("text", "owner", "due_on", "goal", "part")

    def __init__(self, *args: Any, today: date, goals: Sequence[Goal], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.today, self.goals = today, goals
        field = self.fields["goal"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("für keines")), *((str(goal.pk), goal.what[:80]) for goal in goals)]
        if not goals:
            del self.fields["goal"]

    def clean(self) -> dict[str, Any]:
        """Let another step of the same page be another one: the check offers several with one key."""
        cleaned = super().clean() or self.cleaned_data
        if "text" in cleaned and "key" in cleaned:
            cleaned["key"] = uuid.uuid5(uuid.UUID(cleaned["key"]), cleaned["text"]).hex
        return cleaned

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields on the page of a goal: for which one, and whose it is, is said there already."""
        return [self[name] for name in ("text", "owner", "due_on")]

    def chosen_goal(self) -> Goal | None:
        """Return the goal that the step leads to."""
        return next((goal for goal in self.goals if str(goal.pk) == self.cleaned_data.get("goal")), None)

    def clean_due_on(self) -> date | None:
        """Refuse a new step that is due in the past."""
        due = self.cleaned_data["due_on"]
        if due is not None and due < self.today:
            raise forms.ValidationError(_("Dieses Datum ist schon vorbei."))
        return due if isinstance(due, date) else None


class LevelForm(forms.Form):
    """How much help it is, with the checklist that helps to decide."""

    indication = forms.MultipleChoiceField(
        label=_("Was trifft zu?"), choices=Indication.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    level = forms.ChoiceField(
        label=_("Stufe der Hilfe"),
        choices=[(level.value, level.label) for level in (Level.SHORT, Level.MANAGEMENT)],
    )


class HouseholdForm(forms.Form):
    """Who lives there, and what is known; empty rows are no people."""

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.rows = rows
        for index in range(rows):
            number = {"number": index + 1}
            self.fields[f"person_{index}"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
            self.fields[f"name_{index}"] = forms.CharField(
                label=_("Person %(number)s: Name") % number, max_length=80, required=False
            )
            self.fields[f"relation_{index}"] = forms.ChoiceField(
                label=_("Person %(number)s: Beziehung") % number,
                choices=Relation.choices if index == 0 else [("", _("bitte wählen")), *Relation.choices],
                required=False,
            )
            self.fields[f"birth_{index}"] = forms.IntegerField(
                label=_("Person %(number)s: Geburtsjahr") % number,
                required=False,
                min_value=1900,
                max_value=2100,
                error_messages={
                    "invalid": _("Bitte ein Jahr, zum Beispiel 1985."),
                    "min_value": _("Bitte ein Jahr, zum Beispiel 1985."),
                    "max_value": _("Bitte ein Jahr, zum Beispiel 1985."),
                },
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )
        for name, (label, _highest) in (NUMBERS | AMOUNTS).items():
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"})
            )
        for name, (label, choices) in CHOICES.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["benefits"] = forms.MultipleChoiceField(
            label=_("Was bekommen Sie schon?"), choices=BENEFITS, widget=forms.CheckboxSelectMultiple, required=False
        )

    @property
    def people_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each person."""
        return [
            [self[f"{part}_{index}"] for part in ("person", "name", "relation", "birth")] for index in range(self.rows)
        ]

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The questions on the household."""
        return [self[name] for name in (*NUMBERS, *AMOUNTS, *CHOICES, "benefits")]

    def clean(self) -> dict[str, Any]:
        """Numbers are numbers; whoever has a name has a relation, and one alone asks for help."""
        cleaned = super().clean() or self.cleaned_data
        asking = 0
        for index in range(self.rows):
            relation = cleaned.get(f"relation_{index}")
            if not cleaned.get(f"name_{index}") or f"relation_{index}" in self.errors:
                continue
            asking += relation == Relation.SELF
            if not relation:
                self.add_error(f"relation_{index}", _("Bitte wählen Sie, wer diese Person ist."))
            elif relation == Relation.SELF and asking > 1:
                self.add_error(f"relation_{index}", _("Nur eine Person im Haushalt kann „fragt selbst“ sein."))
        for name in (*NUMBERS, *AMOUNTS):
            try:
                clean_facts({name: cleaned.get(name)})
            except FactError:
                self.add_error(name, _("Bitte eine Zahl."))
        return cleaned

    def people(self) -> list[PersonDetails]:
        """Return the people with a name."""
        data = self.cleaned_data
        return [
            PersonDetails(
                data[f"name_{index}"],
                data[f"relation_{index}"],
                data[f"birth_{index}"],
                data.get(f"person_{index}"),
            )
            for index in range(self.rows)
            if data.get(f"name_{index}")
        ]

    def facts(self) -> dict[str, FactValue]:
        """Return what is known."""
        return clean_facts({name: self.cleaned_data.get(name) for name in (*NUMBERS, *AMOUNTS, *CHOICES, "benefits")})
