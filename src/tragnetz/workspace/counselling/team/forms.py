"""What is asked of colleagues."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import HandoverPoint
from tragnetz.casework.teamwork.rules import missing_points, task_day_fits
from tragnetz.core.forms import KeyedForm
from tragnetz.network.models import Membership
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area


def _members(members: Iterable[Membership], first: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 -- a lazy text
    return [("", first), *((str(row.pk), str(row.user)) for row in members)]


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared below
    field.choices = choices


class TaskForm(KeyedForm, PartForm):
    """A task for a colleague or oneself."""

    text = text_area(_("Was ist zu tun?"), rows=2, required=True, longest=1_000)
    assignee = forms.ChoiceField(label=_("Wer?"), error_messages={"required": _("Bitte wählen Sie jemanden.")})
    due_on = day_field(_("Bis wann?"))
    field_order = ("text", "assignee", "due_on", "part")

    def __init__(self, *args: Any, today: date, members: list[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today = today
        _choose(self, "assignee", _members(members, _("bitte wählen")))

    def clean_due_on(self) -> date:
        """Refuse a day that cannot be kept."""
        day: date = self.cleaned_data["due_on"]
        if not task_day_fits(day, self.today):
            raise forms.ValidationError(_("Die Aufgabe braucht ein Datum in den nächsten zwei Jahren."))
        return day

    def assignee_id(self) -> uuid.UUID:
        """Return who is to do it."""
        return uuid.UUID(self.cleaned_data["assignee"])


class DeputyForm(forms.Form):
    """Who stands in."""

    deputy = forms.ChoiceField(label=_("Wer vertritt?"), required=False)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        _choose(self, "deputy", _members(members, _("niemand")))

    def deputy_id(self) -> uuid.UUID | None:
        """Return who stands in, or nobody."""
        chosen = self.cleaned_data["deputy"]
        return uuid.UUID(chosen) if chosen else None


class HandoverForm(forms.Form):
    """To whom a case goes, what is seen to, what they should know."""

    taker = forms.ChoiceField(label=_("An wen?"), error_messages={"required": _("Bitte wählen Sie jemanden.")})
    points = forms.MultipleChoiceField(
        label=_("Was ist geklärt?"), choices=HandoverPoint.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = text_area(_("Was muss man wissen?"), rows=4, longest=5_000)

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        _choose(self, "taker", _members(members, _("bitte wählen")))

    def clean_points(self) -> list[str]:
        """Ask for what nobody may take over without."""
        points: list[str] = self.cleaned_data["points"]
        if missing_points(points):
            raise forms.ValidationError(_("Klären Sie zuerst, wie die Person sicher zu erreichen ist."))
        return points

    def taker_id(self) -> uuid.UUID:
        """Return who takes over."""
        return uuid.UUID(self.cleaned_data["taker"])
