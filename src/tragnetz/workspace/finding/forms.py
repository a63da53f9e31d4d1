"""The name that one looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """A name, or a part of one. Sent by POST: a name must not stand in an address."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Auch ungefähr: „Meier“ findet Mayer. Ein Anfang reicht ab drei Buchstaben."),
        max_length=80,
        error_messages={"required": _("Bitte schreiben Sie einen Namen.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
