"""What is asked about hours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tragnetz.core.clock import today
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Programme
from tragnetz.reporting.timesheets.access import visible_members
from tragnetz.reporting.timesheets.enums import Activity
from tragnetz.reporting.timesheets.models import TimeSheet
from tragnetz.reporting.timesheets.rules import Line, days_of, minutes_of
from tragnetz.reporting.timesheets.sharing import ShareDetails

OTHER = "-"
NO_TIME = _("Bitte Stunden und Minuten, zum Beispiel 1:30 oder 1,5. Höchstens 24:00.")


class MinutesField(forms.CharField):
    """Hours as people write them; the value is minutes."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Return minutes; empty stays nothing where it may."""
        typed = super().clean(value)
        if not typed:
            return None
        found = minutes_of(typed)
        if found is None:
            raise forms.ValidationError(NO_TIME)
        return found


def _minutes_field(label: Any) -> MinutesField:  # noqa: ANN401 -- a lazy text
    return MinutesField(
        label=label, max_length=12, help_text=_("zum Beispiel 1:30"), error_messages={"required": NO_TIME}
    )


class LineForm(forms.Form):
    """Hours that no calendar knows of."""

    day = forms.ChoiceField(label=_("Tag"))
    programme = forms.ChoiceField(label=_("Wofür?"))
    activity = forms.ChoiceField(label=_("Was?"), choices=Activity.choices)
    minutes = _minutes_field(_("Wie lange?"))

    def __init__(self, *args: Any, sheet: TimeSheet, programmes: Sequence[Programme], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "D, j. F")) for day in days_of(sheet.month)]  # type: ignore[attr-defined]
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            *((row.key, row.short_name) for row in programmes), (OTHER, _now("andere Arbeit")),
        ]  # fmt: skip

    def line(self) -> Line:
        """Return what was typed."""
        data = self.cleaned_data
        programme = "" if data["programme"] == OTHER else data["programme"]
        return Line(date.fromisoformat(data["day"]), programme, data["activity"], data["minutes"])


class ShareForm(forms.Form):
    """How much of somebody's position a project pays."""

    member = forms.ChoiceField(
        label=_("Wer?"), error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte wählen Sie jemanden."))
    )
    programme = forms.ChoiceField(
        label=_("Projekt"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte wählen Sie ein Projekt.")),
    )
    percent = forms.IntegerField(
        label=_("Anteil an der Stelle in Prozent"), min_value=1, max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Bitte eine Zahl von 1 bis 100.")
        ),
    )  # fmt: skip
    weekly = forms.CharField(
        label=_("Wochenstunden der ganzen Stelle"), max_length=6, help_text=_("zum Beispiel 39:00"),
        error_messages={"required": _("Bitte Stunden in der Woche, zum Beispiel 39 oder 19,5.")},
    )  # fmt: skip
    starts = forms.DateField(
        label=_("gilt ab"), widget=forms.TextInput(attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Bitte ein Datum, zum Beispiel 01.12.2026.")),
    )  # fmt: skip
    ends = forms.DateField(
        label=_("bis (leer: bis auf Weiteres)"), required=False, widget=forms.TextInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Bitte ein Datum, zum Beispiel 31.12.2027.")},
    )  # fmt: skip
    keeps_sheet = forms.BooleanField(label=_("Diese Person führt einen Stundennachweis."), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        members = visible_members(actor).select_related("user").order_by("user__last_name")
        running = Programme.objects.filter(organisations=actor.organisation_id, ends__gte=today(actor.network.zone))
        self.members = {str(row.pk): row for row in members}
        self.programmes = {row.key: row for row in running}
        self.fields["member"].choices = [(key, str(row.user)) for key, row in self.members.items()]  # type: ignore[attr-defined]
        self.fields["programme"].choices = [(key, row.short_name) for key, row in self.programmes.items()]  # type: ignore[attr-defined]

    def clean_member(self) -> Membership:
        """Return the member of the team."""
        return self.members[self.cleaned_data["member"]]

    def clean_programme(self) -> Programme:
        """Return the project."""
        return self.programmes[self.cleaned_data["programme"]]

    def clean_weekly(self) -> int:
        """Return minutes a week."""
        typed = str(self.cleaned_data["weekly"]).lower().removesuffix("h").strip().replace(",", ".")
        hours, _colon, rest = typed.partition(":")
        try:
            minutes = int(hours) * 60 + int(rest) if rest else round(float(hours) * 60)
        except ValueError:
            minutes = 0
        if not 60 <= minutes <= 3600:  # noqa: PLR2004 -- one to sixty hours
            raise forms.ValidationError(_now("Bitte Stunden in der Woche, zum Beispiel 39 oder 19,5."))
        return minutes

    def details(self) -> ShareDetails:
        """Return what was agreed."""
        data = self.cleaned_data
        return ShareDetails(
            data["programme"], data["percent"], data["weekly"], data["starts"], data["ends"], data["keeps_sheet"]
        )


class ReasonForm(forms.Form):
    """A word why."""

    reason = forms.CharField(
        label=_("Was ist zu ändern?"), max_length=300,
        error_messages={
            "required": _("Bitte schreiben Sie kurz, was zu ändern ist."), "max_length": _("Bitte kürzer fassen."),
        },
    )  # fmt: skip
