"""The questions as a form: each has "I do not want to say that", and all of it may be refused by one button."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.portal.asked.words import ANSWERS, FEELING, FEELS, NOT_SAID, PLAIN, Plain
from tragnetz.reporting.asking.answering import Page, Said
from tragnetz.reporting.lines.line import NO_ANSWER, Question

PREFIX = "q_"
_CHOOSE = {"required": _("Bitte wählen Sie eine Antwort."), "invalid_choice": _("Bitte wählen Sie eine der Antworten.")}


class AskedForm(forms.Form):
    """What a project still needs from somebody, how they feel, and whether they need help again."""

    wants_help = forms.BooleanField(label=_("Ich brauche wieder Hilfe. Bitte melden Sie sich bei mir."), required=False)

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.page = page
        for question in page.questions:
            plain = PLAIN.get(question.key, Plain(question.text, question.help))
            self.fields[PREFIX + question.key] = _field(plain, _choices(question))
        if page.asks_feeling:
            self.fields["feels"] = _field(Plain(FEELING), list(FEELS.items()))

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions in their order, that about the person last."""
        return [self[name] for name in self.fields if name != "wants_help"]

    @classmethod
    def refusing(cls, data: Any) -> Said:  # noqa: ANN401 -- what a form sent
        """Return what somebody sent who does not want to answer."""
        return Said(refuses=True, wants_help=bool(data.get("wants_help")))

    def said(self) -> Said:
        """Return what was answered."""
        data = self.cleaned_data
        told = {one.key: data[PREFIX + one.key] for one in self.page.questions}
        return Said(told, data.get("feels", ""), wants_help=data["wants_help"])


def _choices(question: Question) -> list[tuple[str, Any]]:
    return [*((code, ANSWERS.get(code, word)) for code, word in question.choices.items()), (NO_ANSWER, NOT_SAID)]


def _field(plain: Plain, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=plain.text, help_text=plain.help, choices=choices, widget=forms.RadioSelect, error_messages=_CHOOSE
    )
