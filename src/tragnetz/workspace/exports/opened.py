"""A number's way to the rows behind it: the address says what it counts."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from tragnetz.reporting.snapshots.queries import Counted

_MEASURES: Final[Mapping[str, str]] = {
    "teilnahmen": "persons", "unvollstaendig": "incomplete", "haushalte": "households", "familien": "families",
    "kinder": "children", "gespraeche": "contacts", "minuten": "minutes", "indikator": "code", "moeglich": "base",
    "bekannt": "told", "austritte": "left", "spaet": "late", "ueberfaellig": "untold", "erreicht": "ever",
}  # fmt: skip
_SLUGS: Final = {measure: slug for slug, measure in _MEASURES.items()}
_ALL: Final = "alle"


def slug_of(counted: Counted) -> str:
    """Return what stands in the address for a measure."""
    return _SLUGS[counted.measure]


def query_of(counted: Counted) -> str:
    """Return the query of the address: code, gender and year, as far as they are chosen."""
    code = _ALL if counted.code is None else counted.code
    chosen = {"code": code, "geschlecht": counted.gender, "jahr": counted.year}
    return urlencode({name: value for name, value in chosen.items() if value})


def counted_in(slug: str, given: Mapping[str, str]) -> Counted | None:
    """Return what an address asks for; nothing for a measure that there is not."""
    measure, code, year = _MEASURES.get(slug), given.get("code", ""), given.get("jahr", "")
    if measure is None or (year and not year.isdecimal()):
        return None
    return Counted(
        measure, None if code == _ALL else code, given.get("geschlecht") or None, int(year) if year else None
    )
