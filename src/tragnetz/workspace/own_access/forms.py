"""What is asked about an own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.ownpage.rules import MOST_WRITTEN
from tragnetz.core.forms import KeyedForm


class ReplyForm(KeyedForm):
    """A message to a person."""

    text = forms.CharField(
        label=_("Nachricht"),
        help_text=_(
            "Nur die Person liest das auf ihrer Seite. "
            "Darf sie SMS oder E-Mail bekommen, schicken wir einen Hinweis ohne Inhalt."
        ),
        max_length=MOST_WRITTEN,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
    )
