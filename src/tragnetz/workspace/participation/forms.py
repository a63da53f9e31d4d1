"""What a project asks, as a form. Everything may stay open: half of an entry is kept, too."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.reporting.enums import Correction, Leaving
from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Question
from tragnetz.reporting.participation.words import no_answer
from tragnetz.workspace.counselling.parts import day_field

PREFIX = "q_"
OLDEST = date(1900, 1, 1)


class AnswersForm(forms.Form):
    """The questions of one moment, in their parts. What the case already knows is proposed and marked."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's interface
        questions: Sequence[Question],
        told: Mapping[str, Answer],
        proposed: Mapping[str, Answer],
        is_own: bool = False,
        day: date | None = None,
        **kwargs: Any,  # noqa: ANN401 -- Django's interface
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.day = questions, day
        protected = {one.key for one in questions if one.sensitive}  # only the person answers these
        proposed = {key: value for key, value in proposed.items() if key not in protected}
        self.proposed = {key for key in proposed if key not in told}
        for question in questions:
            self.fields[PREFIX + question.key] = _field(question, is_proposed=question.key in self.proposed)
            known = {**proposed, **told}.get(question.key)
            if known is not None:
                self.initial[PREFIX + question.key] = str(known)
        if is_own:
            self.fields["correction"] = forms.ChoiceField(
                label=_("Diese Antwort kommt von der Person selbst. Warum ändern Sie sie?"), required=False,
                choices=[("", _("ich ändere nichts")), *Correction.choices],
            )  # fmt: skip

    def _of(self, part: int, *, sensitive: bool) -> list[forms.BoundField]:
        return [
            self[PREFIX + one.key] for one in self.questions if one.part == part and one.sensitive == sensitive
        ]  # fmt: skip

    @property
    def first(self) -> list[forms.BoundField]:
        """What must be known so that the person counts."""
        return self._of(1, sensitive=False)

    @property
    def second(self) -> list[forms.BoundField]:
        """What the EU asks beyond that."""
        return self._of(2, sensitive=False)

    @property
    def sensitive(self) -> list[forms.BoundField]:
        """What is specially protected (Art. 9 DSGVO)."""
        return self._of(2, sensitive=True) + self._of(3, sensitive=True)

    @property
    def third(self) -> list[forms.BoundField]:
        """What this project asks."""
        return self._of(3, sensitive=False)

    def told(self) -> dict[str, str]:
        """Return what was answered."""
        return {one.key: self.cleaned_data[PREFIX + one.key] for one in self.questions}


class EntryForm(AnswersForm):
    """Somebody enters a project. The date of birth gives the age, and is not kept."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    entered_on = day_field(gettext_lazy("Tag des Eintritts"))
    born = day_field(
        gettext_lazy("Geburtsdatum"), required=False,
        help_text=gettext_lazy("Daraus wird das Alter berechnet. Das Datum selbst wird nicht gespeichert."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4().hex)
        age = self.fields.get(f"{PREFIX}age")
        if age is not None:
            age.help_text = _("Nur, wenn Sie das Geburtsdatum nicht haben.")

    def clean_born(self) -> date | None:
        """Refuse a date of birth that cannot be."""
        born: date | None = self.cleaned_data["born"]
        if born is not None and born < OLDEST:
            raise forms.ValidationError(_("Bitte prüfen Sie das Geburtsdatum."))
        return born


class ToldForm(AnswersForm):
    """Answers that somebody gave on a day of their own, which is not always the day on which they are typed in."""

    def clean_told_on(self) -> date | None:
        """Refuse a day that has not come yet."""
        told_on: date | None = self.cleaned_data["told_on"]
        if told_on is not None and self.day is not None and told_on > self.day:
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie das Datum."))
        return told_on


class LeavingForm(ToldForm):
    """Somebody leaves a project; what came of it may be told now or until four weeks later."""

    left_on = day_field(gettext_lazy("Letzter Tag im Projekt"))
    leaving = forms.ChoiceField(
        label=gettext_lazy("Wie endete die Teilnahme?"), choices=[("", gettext_lazy("bitte wählen")), *Leaving.choices],
        error_messages={"required": gettext_lazy("Bitte wählen Sie, wie die Teilnahme endete.")},
    )  # fmt: skip
    told_on = day_field(
        gettext_lazy("Ergebnis erfragt am"), required=False,
        help_text=gettext_lazy("Der Tag, an dem die Person es gesagt hat, auch wenn Sie es erst heute eintragen."),
    )  # fmt: skip


class FollowUpForm(ToldForm):
    """How it goes six months later."""

    told_on = day_field(gettext_lazy("Gefragt am"))


def _field(question: Question, *, is_proposed: bool) -> forms.Field:
    help_text = " ".join(filter(None, (_("Aus dem Fall, bitte prüfen.") if is_proposed else "", question.help)))
    if question.choices:
        refused = [(NO_ANSWER, no_answer())] if question.may_refuse else []
        choices = [("", _("noch offen")), *question.choices.items(), *refused]
        return forms.ChoiceField(label=question.text, choices=choices, required=False, help_text=help_text)
    if question.may_refuse:
        numbers = [(str(number), str(number)) for number in range(question.least, question.most + 1)]
        choices = [("", _("noch offen")), *numbers, (NO_ANSWER, no_answer())]
        return forms.ChoiceField(label=question.text, choices=choices, required=False, help_text=help_text)
    if question.when:
        help_text = " ".join(filter(None, (_("Nur bei Menschen, die arbeitslos gemeldet sind."), help_text)))
    return forms.IntegerField(
        label=question.text, required=False, min_value=question.least, max_value=question.most, help_text=help_text,
        error_messages={"invalid": gettext_lazy("Bitte geben Sie eine ganze Zahl ein.")},
    )  # fmt: skip
