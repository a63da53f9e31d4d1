"""Texts as they are typed: pure."""

from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError

MAX_TEXT = 20_000


def clean_text(typed: str) -> str:
    """Return a text without blanks around it. Raises CaseworkError when nothing or too much was written."""
    text = typed.strip()
    if not text:
        raise CaseworkError(_("Bitte schreiben Sie etwas."))
    return within(text)


def within(typed: str) -> str:
    """Return a text, empty or not, without blanks around it. Raises CaseworkError when it is too long."""
    text = typed.strip()
    if len(text) > MAX_TEXT:
        raise CaseworkError(_("Der Text ist zu lang: höchstens 20.000 Zeichen."))
    return text
