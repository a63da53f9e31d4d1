"""What is asked for a letter of application, with a word of help beside each field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.career.composing import Strength
from tragnetz.casework.career.enums import Hours, Situation, Source, Title, Tone
from tragnetz.casework.career.letters import LetterDetails
from tragnetz.casework.career.models import CoverLetter
from tragnetz.casework.career.rules import lines
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.career.fields import line
from tragnetz.workspace.counselling.parts import day_field, text_area

_WHICH = _("bitte wählen")
_MOST_STRENGTHS = 3


class CoverForm(KeyedForm):
    """What a letter of application is made of."""

    employer = line(
        _("Betrieb"), _("Der ganze Name, genau wie in der Anzeige."), required=_("Bitte schreiben Sie den Betrieb auf.")
    )
    address = text_area(
        _("Adresse des Betriebs"), rows=2, longest=300, help_text=_("Straße, darunter Postleitzahl und Ort.")
    )
    contact_title = forms.ChoiceField(
        label=_("Anrede"), choices=[("", _("niemand bekannt")), *Title.choices], required=False
    )
    contact_name = line(
        _("Wer ist zuständig?"),
        _("Nachname. Steht keiner in der Anzeige? Ein kurzer Anruf hilft: „Wem darf ich meine Bewerbung schicken?“"),
    )
    job = line(
        _("Stelle"),
        _("So, wie man sich nennt: Verkäuferin, Lagerhelfer."),
        required=_("Bitte schreiben Sie die Stelle auf."),
    )
    source = forms.ChoiceField(
        label=_("Wo haben Sie die Stelle gefunden?"),
        choices=[("", _WHICH), *Source.choices],
        error_messages={"required": _("Bitte wählen Sie, wo.")},
    )
    situation = forms.ChoiceField(
        label=_("Was passt am besten?"), choices=[("", _WHICH), *Situation.choices],
        help_text=_("Danach richten sich die Sätze. Sie können alles ändern."),
        error_messages={"required": _("Bitte wählen Sie, was am besten passt.")},
    )  # fmt: skip
    tone = forms.ChoiceField(label=_("Ton"), choices=Tone.choices)
    reason = text_area(
        _("Warum diese Arbeit?"), rows=3, longest=1_000,
        help_text=_("In den Worten der Person, in ganzen Sätzen. Was gefällt ihr daran? Was passt zu diesem Betrieb?"),
    )  # fmt: skip
    strengths = forms.MultipleChoiceField(
        label=_("Welche Stärken passen zu dieser Stelle? (höchstens drei)"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    start = line(_("Wann kann es losgehen?"), _("Zum Beispiel: sofort, oder: ab dem 1. Februar."), longest=60)
    hours = forms.ChoiceField(
        label=_("Arbeitszeit"), choices=[("", _("nichts dazu schreiben")), *Hours.choices], required=False
    )
    enclosures = text_area(
        _("Anlagen"), rows=2, longest=400, help_text=_("Eine Zeile für jede: Lebenslauf, Zeugnisse.")
    )
    recompose = forms.BooleanField(label=_("Den Brief aus diesen Angaben neu schreiben"), required=False)

    def __init__(self, *args: Any, strengths: list[Strength], is_new: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        field = self.fields["strengths"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(one.name, one.name) for one in strengths]
        if not strengths:
            del self.fields["strengths"]
        if is_new:
            del self.fields["recompose"]

    def clean_strengths(self) -> list[str]:
        """Return the strengths; more than three nobody reads."""
        found: list[str] = self.cleaned_data["strengths"]
        if len(found) > _MOST_STRENGTHS:
            raise forms.ValidationError(_now("Bitte wählen Sie höchstens drei Stärken."))
        return found

    def _some(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def whom(self) -> list[forms.BoundField]:
        """To whom it goes."""
        return self._some("employer", "address", "contact_title", "contact_name")

    @property
    def what(self) -> list[forms.BoundField]:
        """What it is about."""
        return self._some("job", "source", "situation", "tone")

    @property
    def why(self) -> list[forms.BoundField]:
        """Why this person."""
        return self._some("reason", "strengths")

    @property
    def when(self) -> list[forms.BoundField]:
        """When, how much, with what."""
        return self._some("start", "hours", "enclosures")

    def details(self) -> LetterDetails:
        """Return what the letter is made of."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "recompose"}}
        typed = {
            "source": Source(data["source"]),
            "situation": Situation(data["situation"]),
            "tone": Tone(data["tone"]),
        }
        return LetterDetails(**{**data, **typed})


def cover_initial(letter: CoverLetter) -> dict[str, Any]:
    """Return a letter as its form shows it."""
    kept = {name: getattr(letter, name) for name in CoverForm.base_fields if name not in {"key", "recompose"}}
    return kept | {"strengths": lines(letter.strengths), "recompose": False}


def cover_blank(key: str) -> dict[str, Any]:
    """Return the form of a new letter."""
    return {"key": key, "enclosures": "Lebenslauf", "tone": Tone.PLAIN, "strengths": [], "job": ""}


class WordingForm(forms.Form):
    """The text of a letter."""

    subject = line(_("Betreff"), required=_("Bitte schreiben Sie, worum es geht."))
    text = forms.CharField(
        label=_("Text"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Zwischen Anrede und Gruß. Eine leere Zeile trennt die Absätze."),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
    )  # fmt: skip


class SentForm(forms.Form):
    """When a letter was sent."""

    sent_on = day_field(_("Abgeschickt am"))
