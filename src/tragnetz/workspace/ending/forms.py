"""What is decided for a case at the end of its project."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.network.models import Membership, Programme
from tragnetz.referrals.models import Referral
from tragnetz.referrals.queries import name_of
from tragnetz.reporting.ending.commands import Choice
from tragnetz.reporting.ending.enums import Way

CHOOSE = {"required": gettext_lazy("Bitte wählen Sie eine Antwort.")}


class AskerForm(forms.Form):
    """Who asks six months after the exit."""

    asker = forms.ChoiceField(
        label=gettext_lazy("Wer fragt sechs Monate nach dem Austritt?"), error_messages=CHOOSE,
        help_text=gettext_lazy("Die Person bekommt dafür eine Aufgabe, auch wenn das Projekt dann vorbei ist."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        _offer(self, "asker", [(str(row.pk), str(row.user)) for row in members])

    def asker_id(self) -> uuid.UUID:
        """Return whom one named."""
        return uuid.UUID(self.cleaned_data["asker"])


class DecisionForm(AskerForm):
    """How the help goes on. What belongs to another way than the chosen one is left aside."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    way = forms.ChoiceField(label=gettext_lazy("Wie geht die Hilfe weiter?"), error_messages=CHOOSE)
    project = forms.ChoiceField(
        label=gettext_lazy("Welches Projekt übernimmt?"), required=False,
        help_text=gettext_lazy("Nur wenn ein anderes Projekt übernimmt. Aufnehmen müssen Sie die Person dort selbst."),
    )  # fmt: skip
    referral = forms.ChoiceField(
        label=gettext_lazy("Mit welcher Vermittlung?"), required=False,
        help_text=gettext_lazy("Nur wenn eine andere Organisation übernimmt. Das können Sie auch später eintragen."),
    )  # fmt: skip
    field_order = ("key", "way", "project", "referral", "asker")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's interface
        projects: Iterable[tuple[Programme, str]],
        referrals: Iterable[Referral],
        **kwargs: Any,  # noqa: ANN401 -- Django's interface
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4().hex)
        offered = list(projects)
        self.projects = {str(row.pk): row for row, _word in offered}
        _offer(self, "project", [(str(row.pk), f"{row.short_name} ({word})") for row, word in offered])
        self.referrals = {str(row.pk): row for row in referrals}
        _offer(
            self, "referral",
            [(key, f"{name_of(row)}: {row.get_state_display()}") for key, row in self.referrals.items()],
        )  # fmt: skip
        ways = [(one.value, one.label) for one in Way if one != Way.MOVES or self.projects]
        _offer(self, "way", ways)
        if not self.projects:
            del self.fields["project"]
        if not self.referrals:
            del self.fields["referral"]

    def choice(self) -> Choice:
        """Return what was chosen."""
        data = self.cleaned_data
        return Choice(
            data["way"], self.asker_id(), self.projects.get(data.get("project", "")),
            self.referrals.get(data.get("referral", "")),
        )  # fmt: skip


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
    field.choices = [("", _("Bitte wählen")), *choices]
