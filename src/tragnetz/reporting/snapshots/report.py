"""Count the rows: what a funder asks, by gender and year, and whether it adds up."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragnetz.reporting.lines.line import Indicator, Total
from tragnetz.reporting.snapshots.rows import COLUMNS, Rows

GENDERS = ("w", "m", "d")
# A year of 100,000 participations is joined and grouped in memory; with the usual 4 MB it goes through files.
_ROOM = "SET LOCAL work_mem = '64MB'"
# Most participations are alike: they are counted once as groups, and what follows looks at some hundred groups only.
_COUNTS = """
WITH alike AS MATERIALIZED (
    SELECT gender, leaving, is_countable, codes, bases,
        CASE WHEN entered_on >= %(since)s THEN extract(year FROM entered_on)::int END AS begun,
        CASE WHEN left_on >= %(since)s THEN extract(year FROM left_on)::int END AS ended,
        exit_on IS NOT NULL AS is_told, later_on IS NOT NULL AS is_told_later,
        exit_on > left_on + %(within)s AS is_late, exit_on IS NULL AND left_on + %(within)s < %(until)s AS is_untold,
        count(*) AS number
    FROM ({counted}) AS r GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
), household AS (
    -- The first entry of a household, and the most children told on that day, as one number: one pass, no sort.
    SELECT DATE '1900-01-01' + (entry + 99) / 100 AS since, (entry + 99) / 100 * 100 - entry AS children
    FROM (
        SELECT min((entered_on - DATE '1900-01-01') * 100 - LEAST(children, 99)) AS entry FROM ({counted}) AS r
        WHERE is_countable GROUP BY family
    ) AS first
)
SELECT 'code', code, gender, begun, sum(number) FROM alike, unnest(codes) code
WHERE is_countable AND begun IS NOT NULL AND code = ANY(%(output_codes)s) GROUP BY 2, 3, 4
UNION ALL
SELECT 'code', code, gender, ended, sum(number) FROM alike, unnest(codes) code
WHERE is_countable AND ended IS NOT NULL
    AND (code = ANY(%(immediate_codes)s) AND is_told OR code = ANY(%(longer_codes)s) AND is_told_later) GROUP BY 2, 3, 4
UNION ALL
SELECT 'base', code, gender, ended, sum(number) FROM alike, unnest(bases) code WHERE ended IS NOT NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'told', code, gender, ended, sum(number) FROM alike, unnest(bases) code
WHERE ended IS NOT NULL AND CASE WHEN code = ANY(%(longer_codes)s) THEN is_told_later ELSE is_told END GROUP BY 2, 3, 4
UNION ALL
SELECT CASE WHEN is_countable THEN 'persons' ELSE 'incomplete' END, '', gender, begun, sum(number) FROM alike
WHERE begun IS NOT NULL GROUP BY 1, 3, 4
UNION ALL
SELECT 'left', leaving, gender, ended, sum(number) FROM alike WHERE ended IS NOT NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'late', '', gender, ended, sum(number) FROM alike WHERE ended IS NOT NULL AND is_late GROUP BY 3, 4
UNION ALL
SELECT 'untold', '', gender, ended, sum(number) FROM alike WHERE ended IS NOT NULL AND is_untold GROUP BY 3, 4
UNION ALL
SELECT measure, '', '', year, number FROM (
    SELECT extract(year FROM since)::int AS year, count(*) AS households,
        count(*) FILTER (WHERE children > 0) AS families, sum(children) AS children
    FROM household WHERE since >= %(since)s GROUP BY 1
) AS yearly, LATERAL (
    VALUES ('households', households), ('families', families), ('children', children)
) AS one (measure, number)
UNION ALL
SELECT 'ever', 'persons', '', 0, COALESCE(sum(number), 0) FROM alike WHERE is_countable
UNION ALL
SELECT 'ever', unit, '', 0, number FROM (
    SELECT count(*) AS households, count(*) FILTER (WHERE children > 0) AS families FROM household
) AS everybody, LATERAL (VALUES ('households', households), ('families', families)) AS one (unit, number)
UNION ALL
SELECT measure, '', '', 0, number FROM ({talks}) AS talks, LATERAL (
    VALUES ('contacts', COALESCE(contacts, 0)), ('minutes', COALESCE(minutes, 0))
) AS two (measure, number)
UNION ALL
SELECT 'outside', '', '', 0, ({outside})
"""


class Cell(NamedTuple):
    """What is counted: a measure, a code, a gender, a year (of the entry; of results and exits that of the exit).

    The measure `ever` is of all the time up to the last day; its code is a unit. `outside` are entries out of the time
    of the project, which count nowhere else.
    """

    measure: str
    code: str
    gender: str
    year: int


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that figures must keep, and whether they do."""

    text: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a project for a period."""

    rows: Rows
    cells: Counter[Cell]
    parts: Mapping[tuple[str, str], list[tuple[Cell, int]]]  # the same, by measure and code

    @property
    def years(self) -> list[int]:
        """The years of the period."""
        return list(range(self.rows.first.year, self.rows.last.year + 1))

    def of(self, measure: str, code: str = "", *, gender: str | None = None, year: int | None = None) -> int:
        """Return a number; without a gender or year that of all."""
        return sum(
            number for cell, number in self.parts.get((measure, code), ())
            if gender in (None, cell.gender) and year in (None, cell.year)
        )  # fmt: skip

    def codes(self, measure: str) -> list[str]:
        """Return the codes of which a measure has numbers."""
        return sorted({cell.code for cell in self.cells if cell.measure == measure})

    @property
    def outputs(self) -> list[Indicator]:
        """What is counted at the entry."""
        return [one for one in self.rows.indicators if one.kind == "output"]

    @property
    def results(self) -> list[Indicator]:
        """What is counted after the exit."""
        return [one for one in self.rows.indicators if one.kind != "output"]


def report_of(rows: Rows) -> Report:
    """Count rows; the same few queries, whatever their number."""
    kinds: dict[str, list[str]] = {"output": [], "immediate": [], "longer": []}
    for indicator in rows.indicators:
        kinds[indicator.kind].append(indicator.code)
    values = dict(rows.values) | {
        "since": rows.first, "until": rows.last, "within": rows.line.results_within_days,
        "output_codes": kinds["output"], "immediate_codes": kinds["immediate"], "longer_codes": kinds["longer"],
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_COUNTS.format(counted=rows.counted, talks=rows.talks, outside=rows.outside), values)
        found = cursor.fetchall()
    cells = Counter({Cell(*key): int(number) for *key, number in found})
    parts: dict[tuple[str, str], list[tuple[Cell, int]]] = {}
    for cell, number in cells.items():
        parts.setdefault((cell.measure, cell.code), []).append((cell, number))
    return Report(rows, cells, parts)


def checks_of(report: Report) -> list[Check]:
    """Return whether the figures add up (rule P16), no result is larger than its base, and nobody is left out (P1)."""
    return [*_totals(report), *_genders(report), *_results(report), *_times(report)]


def _totals(report: Report) -> Iterator[Check]:
    counted = {one.code for one in report.rows.indicators}
    for total in report.rows.line.totals:
        if not {*total.parts, *([total.of] if total.of else [])} <= counted:
            continue
        yield Check(_rule(total), all(_adds_up(report, total, *spot) for spot in product(GENDERS, report.years)))
        if total.of:
            persons = report.of("persons")
            yield Check(
                _("%(code)s = vollständige Teilnahmen (%(number)d)") % {"code": total.of, "number": persons},
                report.of("code", total.of) == persons,
            )


def _rule(total: Total) -> str:
    """Return a total as one reads it: of an indicator, or where the line has none of all, of those who count."""
    parts = " + ".join([*total.parts, *([total.rest] if total.rest else [])])
    words = {"all": total.of or _("vollständige Teilnahmen"), "parts": parts}
    return _("%(all)s = %(parts)s, in jedem Jahr und für jedes Geschlecht") % words


def _adds_up(report: Report, total: Total, gender: str, year: int) -> bool:
    parts = sum(report.of("code", part, gender=gender, year=year) for part in total.parts)
    measure = ("code", total.of) if total.of else ("persons", "")
    every = report.of(*measure, gender=gender, year=year)
    return parts <= every if total.rest else parts == every


def _genders(report: Report) -> Iterator[Check]:
    told = sum(report.of("persons", gender=gender) for gender in GENDERS)
    yield Check(_("weiblich + männlich + divers = vollständige Teilnahmen"), told == report.of("persons"))


def _results(report: Report) -> Iterator[Check]:
    for indicator in report.results:
        if indicator.sum_of:
            continue
        reached, base = report.of("code", indicator.code), report.of("base", indicator.code)
        yield Check(
            _("%(code)s (%(reached)d) ist nicht größer als seine Grundmenge (%(base)d)")
            % {"code": indicator.code, "reached": reached, "base": base},
            reached <= base,
        )


def _times(report: Report) -> Iterator[Check]:
    outside = report.of("outside")
    if outside:
        words = ngettext(
            "%(number)d Eintritt liegt nicht in der Zeit des Projekts und zählt nicht, bis sein Tag berichtigt ist",
            "%(number)d Eintritte liegen nicht in der Zeit des Projekts und zählen nicht, bis ihr Tag berichtigt ist",
            outside,
        )
        yield Check(words % {"number": outside}, is_kept=False)


__all__ = ["COLUMNS", "GENDERS", "Cell", "Check", "Report", "checks_of", "report_of"]
