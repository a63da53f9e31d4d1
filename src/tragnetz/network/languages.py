"""Languages in the words of the page: staff read „Türkisch“, where a resident chooses „Türkçe“."""

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.core.texts import spoken_language
from tragnetz.network.rules import LANGUAGE_NAMES


def language_name(code: str) -> str:
    """Return the name of a language in the page's language; a code that nobody knows stays as it is."""
    if code == "simple":
        return _("Einfache Sprache")
    names = Locale.parse(spoken_language(get_language() or "de")).languages
    return str(names.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that somebody may speak, as choices of a form for staff."""
    return [(code, language_name(code)) for code in LANGUAGE_NAMES]
