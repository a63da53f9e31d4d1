"""Who picks up a line, on which weekdays, from when to when."""

from datetime import date
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose
from tragnetz.network.models import Hotline, Membership

WEEKDAYS = [(str(number), get_day_names("wide", locale="de")[number]) for number in range(7)]


def _clock(label: Any) -> forms.TimeField:  # noqa: ANN401 -- a lazy text
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": _("Bitte eine Uhrzeit.")},
    )


def _day(label: Any, *, required: bool) -> forms.DateField:  # noqa: ANN401 -- a lazy text
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Bitte ein Datum."), "invalid": _("Bitte ein Datum.")},
    )  # fmt: skip


class DutyForm(forms.Form):
    """Plan somebody of the own organisation."""

    hotline = forms.ChoiceField(label=_("Nummer"))
    membership = forms.ChoiceField(label=_("Wer nimmt ab?"))
    weekdays = forms.MultipleChoiceField(
        label=_("An welchen Tagen?"), choices=WEEKDAYS[:5], widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens einen Tag.")},
    )  # fmt: skip
    starts = _clock(_("von"))
    ends = _clock(_("bis"))
    valid_from = _day(_("zum ersten Mal ab"), required=True)
    valid_until = _day(_("zum letzten Mal (freiwillig)"), required=False)

    def __init__(self, *args: Any, organisation_id: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.lines = {str(row.pk): row for row in Hotline.objects.all()}
        members = Membership.objects.filter(organisation=organisation_id, ended_on=None).select_related("user")
        self.members = {str(row.pk): row for row in members}
        lines, people = self.fields["hotline"], self.fields["membership"]
        assert isinstance(lines, forms.ChoiceField)  # noqa: S101 -- declared above
        assert isinstance(people, forms.ChoiceField)  # noqa: S101 -- declared above
        lines.choices = [(key, choose(row.name, get_language() or "de").text) for key, row in self.lines.items()]
        people.choices = [(key, str(row.user)) for key, row in self.members.items()]
        self.fields["valid_from"].initial = today.isoformat()

    def clean_hotline(self) -> Hotline:
        """Return the line that was chosen."""
        return self.lines[self.cleaned_data["hotline"]]

    def clean_membership(self) -> Membership:
        """Return the person that was chosen."""
        return self.members[self.cleaned_data["membership"]]
