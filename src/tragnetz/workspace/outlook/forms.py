"""What is asked for an outlook: months of birth, and until when something is paid."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragnetz.benefits.household import Household, Person
from tragnetz.benefits.texts import NAMES
from tragnetz.screening.outlook.rules import Dates, first_of

AHEAD = 24  # months that are offered as an end
GRANTED = ("wohngeld", "kinderzuschlag", "grundsicherungsgeld", "grundsicherung-im-alter", "elterngeld")
ADULTS = {"self", "partner"}


class OutlookForm(forms.Form):
    """Each field may stay empty: what is not known is not computed ahead."""

    def __init__(self, *args: Any, household: Household, today: date, dates: Dates, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.household = household
        ends = [first_of(today, number) for number in range(AHEAD + 1)]
        known = [*dates.alg_until.values(), *dates.granted_until.values()]
        months = [
            ("", _("weiß ich nicht oder gibt es nicht")),
            *((day.isoformat(), date_format(day, "F Y")) for day in sorted({*ends, *known})),
        ]
        for person in household.persons:
            name = called(person)
            if person.age is not None:
                choices = [("", _("weiß ich nicht")), *((str(number), label) for number, label in MONTHS.items())]
                self.fields[f"born_{person.id}"] = forms.ChoiceField(
                    label=_("%s: geboren im Monat") % name, choices=choices, required=False,
                    initial=str(dates.births.get(person.id, "")),
                )  # fmt: skip
            if person.role in ADULTS:
                self._end(f"alg_{person.id}", _("%s: Arbeitslosengeld endet mit") % name, months,
                          dates.alg_until.get(person.id))  # fmt: skip
        for key in GRANTED:
            self._end(
                f"granted_{key}", _("Bewilligung endet mit: %s") % NAMES[key], months, dates.granted_until.get(key)
            )

    def _end(self, name: str, label: str, months: list[tuple[str, Any]], known: date | None) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=months, required=False, initial=known.isoformat() if known else ""
        )

    def _named(self, start: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]

    @property
    def born_fields(self) -> list[forms.BoundField]:
        """The months of birth."""
        return self._named("born_")

    @property
    def end_fields(self) -> list[forms.BoundField]:
        """Until when something is paid."""
        return [*self._named("alg_"), *self._named("granted_")]

    def dates(self) -> Dates:
        """Return what was chosen."""
        return Dates(
            births={key: int(value) for key, value in self._chosen("born_")},
            alg_until={key: date.fromisoformat(value) for key, value in self._chosen("alg_")},
            granted_until={key: date.fromisoformat(value) for key, value in self._chosen("granted_")},
        )

    def _chosen(self, start: str) -> Iterator[tuple[str, str]]:
        for name, value in self.cleaned_data.items():
            if name.startswith(start) and value:
                yield name.removeprefix(start), value


def called(person: Person) -> str:
    """Return what somebody is in a household, with their age: a check keeps no names."""
    roles = {
        "self": _("fragt selbst"),
        "partner": _("Partner oder Partnerin"),
        "child": _("Kind"),
        "other": _("weitere Person"),
    }
    return f"{roles[person.role]}, {_('%d Jahre') % person.age}" if person.age is not None else roles[person.role]
