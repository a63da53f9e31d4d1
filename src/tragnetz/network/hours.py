"""Weekly hours in words."""

from collections.abc import Iterable

from babel.dates import get_day_names

from tragnetz.core.texts import spoken_language
from tragnetz.network.rules import DAYS


def weekly_hours(rows: Iterable[dict[str, object]], language_code: str) -> list[str]:
    """Return weekly hours as they stand in city data, as lines: `Mo–Fr 08:00–15:00`.

    Days in a row are drawn together. Day names are those of the page's language.
    """
    names = get_day_names("abbreviated", context="stand-alone", locale=spoken_language(language_code))
    lines = []
    for row in rows:
        days = row["days"]
        numbers = sorted(DAYS.index(str(day)) for day in days) if isinstance(days, list) else []
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        words = [names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs]
        opens, closes = (str(row[name])[:5] for name in ("opens", "closes"))  # stored with seconds
        lines.append(f"{', '.join(words)} {opens}–{closes}")
    return lines
