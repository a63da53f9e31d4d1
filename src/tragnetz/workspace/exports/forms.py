"""What is asked before figures are counted."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.core.forms import KeyedForm
from tragnetz.network.models import Programme
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.snapshots.commands import check_period
from tragnetz.workspace.counselling.parts import day_field


def usual_periods(starts: date, ends: date, day: date) -> list[tuple[Any, date, date]]:
    """Return the periods that are asked for mostly, as far as the project ran in them; none once it is long over."""
    last = min(day, ends)
    if starts > day or last.year < day.year - 1:
        return []
    spans = [
        (_("%s bis heute") % day.year, date(day.year, 1, 1), day),
        (_("ganz %s") % (day.year - 1), date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
        (_("von Anfang an"), starts, day),
    ]
    fitting = [(words, max(first, starts), min(until, ends)) for words, first, until in spans]
    return [one for one in fitting if one[1] <= one[2]]


class PeriodForm(KeyedForm):
    """A project and a period; it stands in the address."""

    projekt = forms.ChoiceField(label=_("Projekt"), error_messages={"required": _("Bitte wählen Sie ein Projekt.")})
    von = day_field(_("Von"))
    bis = day_field(_("Stichtag"), help_text=_("Gezählt wird, was bis zu diesem Tag geschehen und eingetragen ist."))

    def __init__(self, *args: Any, programmes: list[Programme], day: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.day = day
        self.programmes = {one.key: one for one in programmes}
        self.fields["projekt"].choices = [(one.key, str(one)) for one in programmes]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a period that is not over, or in which the project did not run."""
        cleaned = super().clean() or self.cleaned_data
        if {"projekt", "von", "bis"} <= cleaned.keys():
            try:
                check_period(self.programmes[cleaned["projekt"]], cleaned["von"], cleaned["bis"], self.day)
            except ReportingError as error:
                self.add_error("bis", str(error))
        return cleaned

    @property
    def usual(self) -> list[tuple[Programme, list[tuple[Any, str]]]]:
        """What funders ask for mostly, of each project that ran in the last year: words, and an address query."""
        found = []
        for one in self.programmes.values():
            spans = usual_periods(one.starts, one.ends, self.day)
            asked = [
                (words, urlencode({"projekt": one.key, "von": first, "bis": last})) for words, first, last in spans
            ]
            if asked:
                found.append((one, asked))
        return found

    @property
    def chosen(self) -> Programme:
        """The project that was chosen."""
        return self.programmes[self.cleaned_data["projekt"]]
