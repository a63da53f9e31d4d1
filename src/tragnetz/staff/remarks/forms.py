"""What visitors and staff write: one form; each site says what belongs into it, and where an answer may go."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

type Text = str | StrPromise

MOST = 1000
TOO_LONG = {"max_length": _("Das ist zu lang: höchstens 1000 Zeichen.")}
OPTIONAL_ROWS, ROWS = 3, 5


def happened(*, help_text: Text) -> forms.CharField:
    """Return the field for what happened."""
    return told(
        label=_("Was ist geschehen?"), help_text=help_text, missing=_("Bitte schreiben Sie, was geschehen ist.")
    )


def told(*, label: Text, help_text: Text = "", missing: Text = "") -> forms.CharField:
    """Return a field of some lines; one that need not be filled in unless `missing` says what is asked for."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": ROWS if missing else OPTIONAL_ROWS}),
        error_messages=TOO_LONG | ({"required": missing} if missing else {}),
    )


def line(*, label: Text, help_text: Text = "") -> forms.CharField:
    """Return a field of one line that need not be filled in."""
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=MOST, error_messages=TOO_LONG)


class RemarkForm(forms.Form):
    """What happened, and what was expected instead."""

    text = happened(help_text="")
    expected = told(label=_("Was haben Sie erwartet? (Sie müssen das nicht ausfüllen.)"))
