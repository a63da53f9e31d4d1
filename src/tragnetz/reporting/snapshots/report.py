"""Count the rows: what a funder asks, by gender and year, and whether it adds up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from tragnetz.reporting.lines.line import Indicator
from tragnetz.reporting.snapshots.rows import COLUMNS, Rows

GENDERS = ("w", "m", "d")
_COUNTS = """
WITH r AS MATERIALIZED ({rows})
SELECT 'code', code, gender, extract(year FROM entered_on)::int, count(*) FROM r, unnest(codes) code
WHERE is_countable AND entered_on >= %(since)s AND code = ANY(%(output_codes)s) GROUP BY 2, 3, 4
UNION ALL
SELECT 'code', code, gender, extract(year FROM left_on)::int, count(*) FROM r, unnest(codes) code
WHERE is_countable AND left_on >= %(since)s AND code = ANY(%(result_codes)s) GROUP BY 2, 3, 4
UNION ALL
SELECT 'base', code, gender, extract(year FROM left_on)::int, count(*) FROM r, unnest(bases) code
WHERE left_on >= %(since)s GROUP BY 2, 3, 4
UNION ALL
SELECT 'told', code, gender, extract(year FROM left_on)::int, count(*) FROM r, unnest(bases) code
WHERE left_on >= %(since)s AND CASE WHEN code = ANY(%(longer_codes)s) THEN later_on ELSE exit_on END IS NOT NULL
GROUP BY 2, 3, 4
UNION ALL
SELECT CASE WHEN is_countable THEN 'persons' ELSE 'incomplete' END, '', gender, extract(year FROM entered_on)::int,
    count(*)
FROM r WHERE entered_on >= %(since)s GROUP BY 1, 3, 4
UNION ALL
SELECT 'left', leaving, gender, extract(year FROM left_on)::int, count(*) FROM r
WHERE left_on >= %(since)s GROUP BY 2, 3, 4
UNION ALL
SELECT 'late', '', gender, extract(year FROM left_on)::int, count(*) FROM r
WHERE left_on >= %(since)s AND exit_on > left_on + %(within)s GROUP BY 3, 4
UNION ALL
SELECT 'untold', '', gender, extract(year FROM left_on)::int, count(*) FROM r
WHERE left_on >= %(since)s AND exit_on IS NULL AND left_on + %(within)s < %(until)s GROUP BY 3, 4
UNION ALL
SELECT measure, '', '', year, number FROM (
    SELECT extract(year FROM since)::int AS year, count(*) AS families, sum(children) AS children
    FROM (SELECT min(entered_on) AS since, max(children) AS children FROM r
        WHERE is_countable GROUP BY family) AS family
    WHERE since >= %(since)s GROUP BY 1
) AS yearly, LATERAL (VALUES ('families', families), ('children', children)) AS one (measure, number)
UNION ALL
SELECT measure, '', '', 0, number FROM (
    SELECT sum(contacts) AS contacts, sum(minutes) AS minutes
    FROM (SELECT DISTINCT family, contacts, minutes FROM r) AS one
) AS talks, LATERAL (
    VALUES ('contacts', COALESCE(contacts, 0)), ('minutes', COALESCE(minutes, 0))
) AS two (measure, number)
"""


class Cell(NamedTuple):
    """What is counted: a measure, a code, a gender, a year (of the entry; of results and exits that of the exit)."""

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

    @property
    def years(self) -> list[int]:
        """The years of the period."""
        return list(range(self.rows.first.year, self.rows.last.year + 1))

    def of(self, measure: str, code: str = "", *, gender: str | None = None, year: int | None = None) -> int:
        """Return a number; without a gender or year that of all."""
        return sum(
            number for cell, number in self.cells.items()
            if cell.measure == measure and cell.code == code
            and gender in (None, cell.gender) and year in (None, cell.year)
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
    """Count rows; one query, whatever their number."""
    kinds: dict[str, list[str]] = {"output": [], "immediate": [], "longer": []}
    for indicator in rows.indicators:
        kinds[indicator.kind].append(indicator.code)
    values = dict(rows.values) | {
        "since": rows.first, "until": rows.last, "within": rows.line.results_within_days,
        "output_codes": kinds["output"], "result_codes": kinds["immediate"] + kinds["longer"],
        "longer_codes": kinds["longer"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(rows=rows.sql), values)
        found = cursor.fetchall()
    return Report(rows, Counter({Cell(*key): int(number) for *key, number in found}))


def checks_of(report: Report) -> list[Check]:
    """Return whether the figures add up (rule P16) and no result is larger than its base."""
    return [*_totals(report), *_genders(report), *_results(report)]


def _totals(report: Report) -> Iterator[Check]:
    counted = {one.code for one in report.rows.indicators}
    for total in report.rows.line.totals:
        if not {total.of, *total.parts} <= counted:
            continue
        text = f"{total.of} = {' + '.join(total.parts)}"
        kept = all(
            report.of("code", total.of, gender=gender, year=year)
            == sum(report.of("code", part, gender=gender, year=year) for part in total.parts)
            for gender in GENDERS for year in report.years
        )  # fmt: skip
        yield Check(_("%(rule)s, in jedem Jahr und für jedes Geschlecht") % {"rule": text}, kept)
        persons = report.of("persons")
        yield Check(
            _("%(code)s = vollständige Teilnahmen (%(number)d)") % {"code": total.of, "number": persons},
            report.of("code", total.of) == persons,
        )


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


__all__ = ["COLUMNS", "GENDERS", "Cell", "Check", "Report", "checks_of", "report_of"]
