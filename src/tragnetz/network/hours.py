"""Opening hours in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date, get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import override

from tragnetz.core.texts import choose, spoken_language
from tragnetz.network.rules import DAYS

_LAST = -1


def weekly_hours(rows: Iterable[dict[str, Any]], language_code: str) -> list[str]:
    """Return opening hours as they stand in city data, as lines: `Mo–Fr 08:00–15:00`.

    Days in a row are drawn together; rhythm, term and note follow. Words are those of the page's language.
    """
    with override(language_code):
        return [_line(row, language_code) for row in rows]


def _line(row: dict[str, Any], language_code: str) -> str:
    locale = spoken_language(language_code)
    parts = [_days(row.get("days", []), locale)]
    if row.get("nth"):
        parts.insert(0, ", ".join(_("letzter") if n == _LAST else f"{n}." for n in row["nth"]))
        parts.append(_("im Monat"))
    if row.get("every", 1) > 1:
        parts.append(_("alle %s Wochen") % row["every"])
    if row.get("opens"):
        parts.append("–".join(str(row[name])[:5] for name in ("opens", "closes")))  # stored with seconds
    elif row.get("note"):
        parts.append(choose(row["note"], language_code).text)
    else:
        parts.append(_("geschlossen"))
    term = _term(row, locale)
    note = choose(row.get("note"), language_code).text if row.get("opens") else ""
    line = " ".join(part for part in parts if part)
    return ", ".join(part for part in (line, term, note) if part)


def _days(days: list[str], locale: str) -> str:
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    runs: list[list[int]] = []
    for number in sorted(DAYS.index(day) for day in days):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def _term(row: dict[str, Any], locale: str) -> str:
    start, end = (
        format_date(date.fromisoformat(row[name]), "medium", locale=locale) if row.get(name) else ""
        for name in ("from", "until")
    )
    if start and end:
        return start if start == end else f"{start} – {end}"
    if start:
        return _("ab %s") % start
    return _("bis %s") % end if end else ""
