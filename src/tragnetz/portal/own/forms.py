"""What is asked on the own page."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.claims.told import Asked
from tragnetz.casework.enums import LifeDomain
from tragnetz.casework.ownpage.rules import MOST_WRITTEN, OWN_LEVELS
from tragnetz.casework.ratings.anchors import SENSITIVE
from tragnetz.core.forms import KeyedForm
from tragnetz.core.uploads import UploadField


class MessageForm(KeyedForm):
    """A message to the counselling; with `step`, what is still needed for it."""

    text = forms.CharField(
        label=_("Ihre Nachricht an die Beratung"),
        max_length=MOST_WRITTEN,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
    )
    step = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        """Give what is written for a step a key of its own: all forms of a page carry the same one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("step") and "key" in cleaned:
            cleaned["key"] = uuid.uuid5(uuid.UUID(cleaned["key"]), cleaned["step"]).hex
        return cleaned


class LetterForm(KeyedForm):
    """A letter to show, as a photo or PDF. The words are named `text`, so that they outlast the end of a session."""

    paper = forms.ChoiceField(
        label=_("Was schicken Sie?"), required=False,
        help_text=_(
            "Ist die Unterlage für einen Antrag des ganzen Haushalts? Dann sehen auch die anderen, dass sie da ist. "
            "Die Datei sehen sie nicht."
        ),
    )  # fmt: skip
    file = UploadField(label=_("Foto oder PDF"), error_messages={"required": _("Bitte wählen Sie eine Datei.")})
    text = forms.CharField(
        label=_("Worum geht es? (freiwillig)"), required=False, max_length=MOST_WRITTEN,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.asked = {one.key: one for one in asked}
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("einen Brief oder etwas anderes")), *((one.key, one.name) for one in asked)]
        if not asked:
            del self.fields["paper"]

    def chosen(self) -> Asked | None:
        """Return which of the missing papers it is."""
        return self.asked.get(self.cleaned_data.get("paper", ""))


class RateForm(KeyedForm):
    """How the person sees the domains of life: five plain levels each, or rather not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        for domain in LifeDomain:
            self.fields[domain.value] = forms.TypedChoiceField(
                label=domain.label,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[
                    ("", _("möchte ich nicht sagen")),
                    *((str(level), words) for level, words in OWN_LEVELS.items()),
                ],
                help_text=_("Nur, wenn Sie möchten.") if domain in SENSITIVE else "",
                error_messages={"invalid_choice": _("Diese Antwort gibt es nicht. Bitte wählen Sie noch einmal.")},
            )

    @property
    def domains(self) -> list[forms.BoundField]:
        """The questions."""
        return [self[domain.value] for domain in LifeDomain]

    def levels(self) -> dict[str, int]:
        """Return what was said."""
        said = self.cleaned_data
        return {domain.value: said[domain.value] for domain in LifeDomain if said.get(domain.value) is not None}
