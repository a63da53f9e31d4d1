"""What is typed for emergency access."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.models import Case


class FindForm(forms.Form):
    """Whose case it is."""

    name = forms.CharField(
        label=_("Name der Person"),
        max_length=80,
        error_messages={"required": _("Bitte geben Sie den Namen ein.")},
    )


class TakeForm(forms.Form):
    """Which case, and why."""

    case = forms.ChoiceField(label=_("Welcher Fall?"), error_messages={"required": _("Bitte wählen Sie den Fall.")})
    reason = forms.CharField(
        label=_("Warum brauchen Sie diesen Fall jetzt?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Die Leitung und der Datenschutz lesen das."),
        error_messages={"required": _("Bitte schreiben Sie, warum.")},
    )

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(row.pk), f"{row.contact.name if row.contact else '–'} ({row.counsellor.user})") for row in cases
        ]

    def case_id(self) -> uuid.UUID:
        """Return the chosen case."""
        return uuid.UUID(self.cleaned_data["case"])
