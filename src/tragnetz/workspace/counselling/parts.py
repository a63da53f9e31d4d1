"""Which part of a case something belongs to: the household's, or that of one adult alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.casework.overview.queries import CaseView
from tragnetz.clients.models import Person


class PartForm(forms.Form):
    """Asks whose something is. A household with one adult is not asked: it is the household's."""

    part = forms.ChoiceField(
        label=gettext_lazy("Für wen?"),
        required=False,
        help_text=gettext_lazy("Was nur eine Person angeht, bekommt sonst niemand im Haushalt zu lesen."),
    )

    def __init__(self, *args: Any, view: CaseView, year: int, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.view = view
        adults = view.adults(year)
        if len(adults) < 2:  # noqa: PLR2004 -- nobody to keep anything from
            del self.fields["part"]
            return
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            ("", _("für den ganzen Haushalt")),
            *((str(person.pk), _("nur für %s") % person.name) for person in adults),
        ]

    def person(self) -> Person | None:
        """Return whose part it is; nothing for the household's."""
        return self.view.person(self.cleaned_data.get("part", ""))


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 -- lazy texts
    """Return a field for a day, as the browser asks for it."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Bitte ein Datum, zum Beispiel 01.12.2026."),
            "required": gettext_lazy("Bitte wählen Sie ein Datum."),
        },
    )


def text_area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "", longest: int = 20_000) -> Any:  # noqa: ANN401 -- lazy texts; a field
    """Return a field for a text of some lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie etwas.")},
    )
