"""What is typed on the pages of privacy."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.audit.words import SENTENCES
from tragnetz.core.forms import KeyedForm
from tragnetz.network.actors import Actor
from tragnetz.privacy.enums import HoldReason, Identity, RestrictionReason, Result, Right, Way
from tragnetz.privacy.retention.rules import CLASSES
from tragnetz.privacy.rights.commands import Demand
from tragnetz.privacy.trail import Filter, case_of_number, members_of

_DAY = {"invalid": _("Bitte ein Datum, zum Beispiel 28.11.2026."), "required": _("Bitte ein Datum.")}
WEEK = 7


def day_input() -> forms.DateInput:
    """Return the browser's own field for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What of the log is shown. Without anything typed: the last seven days."""

    von = forms.DateField(label=_("Von"), required=False, widget=day_input(), error_messages=_DAY)
    bis = forms.DateField(label=_("Bis"), required=False, widget=day_input(), error_messages=_DAY)
    wer = forms.ChoiceField(label=_("Wer"), required=False)
    was = forms.ChoiceField(label=_("Was"), required=False)
    fall = forms.CharField(
        label=_("Nummer des Falls"), required=False, max_length=12, help_text=_("Zum Beispiel 7F3A-92C1")
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.actor, self.today = actor, today
        members = [(str(row.pk), str(row.user)) for row in members_of(actor)]
        verbs = sorted(((verb, str(words)) for verb, words in SENTENCES.items()), key=lambda one: one[1])
        self.fields["wer"].choices = [("", _("alle")), *members]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["was"].choices = [("", _("alles")), *verbs]  # type: ignore[attr-defined]  # as above

    def clean_fall(self) -> Any:  # noqa: ANN401 -- a case or nothing
        """Return the case of a number."""
        typed = self.cleaned_data["fall"].strip()
        if not typed:
            return None
        case = case_of_number(self.actor, typed)
        if case is None:
            raise forms.ValidationError(
                _("Diesen Fall gibt es in Ihrer Organisation nicht. Bitte prüfen Sie die Nummer.")
            )
        return case

    def clean(self) -> dict[str, Any]:
        """Days come in order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("von"), cleaned.get("bis")
        if first and last and first > last:
            self.add_error("bis", _("Das Ende liegt vor dem Anfang."))
        return cleaned

    def wanted(self) -> Filter:
        """Return the filter; what is wrong is as if it was not typed."""
        data = self.cleaned_data
        last = data.get("bis") or self.today
        first = data.get("von") or (last - relativedelta(days=WEEK))
        return Filter(first, max(first, last), data.get("wer") or None, data.get("was") or "", data.get("fall"))


class RequestForm(KeyedForm):
    """What somebody demands."""

    person = forms.ChoiceField(label=_("Wer verlangt es?"), required=False)
    right = forms.ChoiceField(label=_("Was verlangt die Person?"), choices=Right.choices)
    way = forms.ChoiceField(label=_("Auf welchem Weg?"), choices=Way.choices)
    received_on = forms.DateField(
        label=_("Wann ist es eingegangen?"),
        widget=day_input(),
        error_messages=_DAY,
        help_text=_("Ab diesem Tag läuft die Frist: ein Monat (Art. 12 Abs. 3 DSGVO)."),
    )
    identity = forms.ChoiceField(
        label=_("Woher wissen Sie, dass es diese Person ist?"), choices=Identity.choices,
        help_text=_("Ohne das bekommt niemand eine Auskunft. Keine Kopie eines Ausweises."),
    )  # fmt: skip
    wish = forms.CharField(
        label=_("Mit den Worten der Person"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]  # a ChoiceField

    def demand(self) -> Demand:
        """Return what was typed."""
        data = self.cleaned_data
        return Demand(data["right"], data["way"], data["received_on"], data["identity"], data["wish"])


class IdentityForm(forms.Form):
    """How we know the person."""

    identity = forms.ChoiceField(
        label=_("Woher wissen Sie, dass es diese Person ist?"), choices=Identity.choices,
        help_text=_("Ohne das bekommt niemand eine Auskunft. Keine Kopie eines Ausweises."),
    )  # fmt: skip


class ExtendForm(forms.Form):
    """Why it takes longer."""

    why = forms.CharField(
        label=_("Warum dauert es länger?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Bitte schreiben Sie auf, warum. Das müssen Sie der Person sagen.")},
    )


class RestrictForm(forms.Form):
    """Why the record is only kept."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=[one for one in RestrictionReason.choices if one[0] != RestrictionReason.FUNDER],
    )


class EraseForm(forms.Form):
    """A tick, so that nobody erases by mistake."""

    sure = forms.BooleanField(
        label=_("Ja, endgültig löschen. Das kann niemand zurückholen."),
        error_messages={"required": _("Bitte setzen Sie den Haken, wenn Sie wirklich löschen wollen.")},
    )


class AnswerForm(forms.Form):
    """What came of a request."""

    result = forms.ChoiceField(label=_("Was wurde daraus?"), choices=Result.choices)
    text = forms.CharField(
        label=_("Antwort an die Person"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bei Ablehnung: der Grund, und dass man sich bei der Aufsicht beschweren kann (Art. 12 Abs. 4)."),
    )  # fmt: skip


class CorrectForm(forms.Form):
    """What is right."""

    what = forms.ChoiceField(label=_("Welche Angabe ist falsch?"))
    value = forms.CharField(
        label=_("Was ist richtig?"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class HoldForm(forms.Form):
    """Why something is kept, and until when."""

    key = forms.ChoiceField(choices=[(key, key) for key in CLASSES], widget=forms.HiddenInput)
    what = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Grund"), choices=HoldReason.choices)
    until = forms.DateField(label=_("Aufschieben bis"), widget=day_input(), error_messages=_DAY)


class PeriodForm(forms.Form):
    """How long a class is kept."""

    months = forms.IntegerField(
        label=_("Monate"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Bitte eine Zahl."), "invalid": _("Bitte eine Zahl.")},
    )
    automatic = forms.BooleanField(label=_("geht von selbst, ohne zweite Person"), required=False)
