"""Days in words."""

import re
from datetime import date

from babel.dates import format_date

# The short word for "year" ends with a dot, which at a sentence's end stands twice; few screen readers know it.
_YEAR_SHORT = re.compile(r"[гр]\.$")
_YEAR = {"bg": "година", "ru": "года", "uk": "року"}
# English as in Europe, where the month does not stand before the day.
_LOCALES = {"en": "en_GB"}


def locale_of(language: str) -> str:
    """Return the locale whose order of day and month a language of pages has."""
    return _LOCALES.get(language, language)


def written_day(day: date, language: str) -> str:
    """Return day, month and year as the language writes them in a sentence: `24. November 2026`."""
    return _YEAR_SHORT.sub(_YEAR.get(language, ""), format_date(day, "long", locale=locale_of(language)))
