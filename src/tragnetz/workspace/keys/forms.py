"""What is typed on the pages on keys."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.network.models import Membership


class SecretForm(forms.Form):
    """A password that opens keys."""

    secret = forms.CharField(
        label=_("Passwort"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Bitte geben Sie Ihr Passwort ein.")},
    )


class SecondForm(forms.Form):
    """Who prints sheet B."""

    second = forms.ChoiceField(
        label=_("Wer bekommt Blatt B?"), error_messages={"required": _("Bitte wählen Sie eine Person.")}
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.fields["second"].choices = [(str(row.pk), str(row.user)) for row in members]  # type: ignore[attr-defined]  # a choice field


class SheetForm(forms.Form):
    """A sheet of recovery, typed off."""

    sheet = forms.CharField(
        label=_("Das Blatt abtippen"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Mit dem Buchstaben am Anfang. Leerzeichen und Kleinschreibung sind egal."),
        error_messages={"required": _("Bitte tippen Sie das Blatt ab.")},
    )
    reason = forms.CharField(
        label=_("Warum wird die Wiederherstellung gebraucht?"),
        max_length=500,
        error_messages={"required": _("Bitte schreiben Sie, warum.")},
    )
