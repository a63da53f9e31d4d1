"""What happened in somebody's life."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import EventKind
from tragnetz.casework.timeline.commands import OLDEST_YEAR
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area


class EventForm(KeyedForm, PartForm):
    """A dated event."""

    kind = forms.ChoiceField(label=_("Was ist geschehen?"), choices=EventKind.choices)
    happened_on = day_field(_("Wann?"), help_text=_("Ungefähr genügt."))
    text = text_area(_("Mehr dazu"), rows=2, longest=2_000)
    field_order = ("kind", "happened_on", "text", "part")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date:
        """Refuse what has not happened yet."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today or day.year < OLDEST_YEAR:
            raise forms.ValidationError(_("Ein Ereignis ist schon geschehen: Bitte ein Datum bis heute."))
        return day
