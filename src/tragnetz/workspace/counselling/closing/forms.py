"""How a case ends, becomes one with another, or two."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.closing.feedback import ANSWERS, WORDS
from tragnetz.casework.closing.rules import CHOSEN_REASONS, SHARED_NAMES
from tragnetz.casework.enums import ClosingResult
from tragnetz.casework.overview.queries import CaseView
from tragnetz.clients.models import Person, Relation

_CHOOSE = {"required": _("Bitte wählen Sie.")}


class ClosingForm(forms.Form):
    """Why a case ends and what came of it."""

    reason = forms.ChoiceField(
        label=_("Warum endet die Hilfe?"), error_messages=_CHOOSE,
        choices=[("", _("bitte wählen")), *((reason.value, reason.label) for reason in CHOSEN_REASONS)],
    )  # fmt: skip
    result = forms.ChoiceField(
        label=_("Was ist dabei herausgekommen?"), error_messages=_CHOOSE,
        choices=[("", _("bitte wählen")), *ClosingResult.choices],
    )  # fmt: skip
    after_care = forms.BooleanField(label=_("Nach 3 und 6 Monaten nachfragen, wie es geht"), required=False)


class MergeForm(forms.Form):
    """Who of another household is who of this one."""

    def __init__(self, *args: Any, here: list[Person], there: list[Person], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.there = there
        for person in there:
            alike = next((one for one in here if one.name.casefold() == person.name.casefold()), None)
            self.fields[f"same_{person.pk}"] = forms.ChoiceField(
                label=_("%(name)s (%(relation)s) ist")
                % {"name": person.name, "relation": Relation(person.relation).label},
                choices=[("", _("noch nicht hier, zieht in diesen Haushalt")), *((str(p.pk), p.name) for p in here)],
                required=False,
                initial=str(alike.pk) if alike else "",
            )

    def same(self) -> dict[uuid.UUID, uuid.UUID]:
        """Return who is who."""
        data = self.cleaned_data
        return {person.pk: uuid.UUID(data[f"same_{person.pk}"]) for person in self.there if data[f"same_{person.pk}"]}

    def clean(self) -> dict[str, Any]:
        """Refuse two people who would be one."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [value for value in cleaned.values() if value]
        if len(chosen) > len(set(chosen)):
            self.add_error(None, _("Bitte ordnen Sie jede Person höchstens einer anderen zu."))
        return cleaned


class SplitForm(forms.Form):
    """Who goes into a case of their own, and what of the household's part is copied for them."""

    leaving = forms.MultipleChoiceField(
        label=_("Wer geht in den neuen Fall?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie, wer in den neuen Fall geht.")},
    )  # fmt: skip
    shared = forms.MultipleChoiceField(
        label=_("Was vom gemeinsamen Teil wird kopiert?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key.value, name) for key, name in SHARED_NAMES.items()],
    )  # fmt: skip

    def __init__(self, *args: Any, view: CaseView, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        field = self.fields["leaving"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            (str(person.pk), f"{person.name} ({Relation(person.relation).label})")
            for person in view.people
            if person.relation != Relation.SELF
        ]

    def leaving_ids(self) -> list[uuid.UUID]:
        """Return who goes."""
        return [uuid.UUID(key) for key in self.cleaned_data["leaving"]]


class FeedbackForm(forms.Form):
    """Three questions, each of which may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        for name, words in WORDS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words, required=False, coerce=int, empty_value=None,
                choices=[("", _("möchte ich nicht sagen")), *((str(number), word) for number, word in ANSWERS.items())],
            )  # fmt: skip
