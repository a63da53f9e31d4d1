"""The tables of a report, as every page and file shows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.reporting.enums import Leaving
from tragnetz.reporting.lines.line import Indicator
from tragnetz.reporting.snapshots.report import GENDERS, Report

GENDER_WORDS = {"w": gettext_lazy("weiblich"), "m": gettext_lazy("männlich"), "d": gettext_lazy("divers")}
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is, its numbers; `code` leads to the participations that it counts."""

    name: str
    numbers: tuple[int, ...]
    code: str = ""
    is_checked: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what its numbers count."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str


def lead(report: Report) -> str:
    """Say of what and when the figures are."""
    rows = report.rows
    return _("%(name)s, vom %(first)s bis zum %(last)s. Förderlinie: %(line)s.") % {
        "name": rows.programme.name,
        "first": f"{rows.first:%d.%m.%Y}",
        "last": f"{rows.last:%d.%m.%Y}",
        "line": rows.line.name,
    }


def tables_of(report: Report) -> list[Table]:
    """Return all tables of a report; years stand apart where there are several."""
    yearly = [_years(report)] if len(report.years) > 1 else []
    return [_reached(report), _entries(report), _results(report), _exits(report), *yearly]


def _gendered(report: Report, measure: str, code: str = "") -> tuple[int, ...]:
    return (
        *(report.of(measure, code, gender=gender) for gender in GENDERS),
        report.of(measure, code),
    )


def _columns() -> tuple[str, ...]:
    return (*(str(GENDER_WORDS[gender]) for gender in GENDERS), _("gesamt"))


def _reached(report: Report) -> Table:
    minutes = report.of("minutes")
    rows = (
        Row(_("Personen (vollständige Teilnahmen)"), (report.of("persons"),)),
        Row(_("Familien"), (report.of("families"),)),
        Row(_("Kinder unter 18 in diesen Familien"), (report.of("children"),)),
        Row(_("Teilnahmen, bei denen Angaben fehlen (nicht gezählt)"), (report.of("incomplete"),)),
        Row(_("Gespräche"), (report.of("contacts"),)),
        Row(_("Stunden in Gesprächen, gerundet"), (round(minutes / MINUTES),)),
    )
    note = _(
        "Gezählt ist, wer im Zeitraum eingetreten ist; eine Person einmal im Projekt, eine Familie beim ersten "
        "Eintritt. Gespräche: mit diesen und früher eingetretenen Haushalten im Zeitraum, jedes einmal, soweit der "
        "Fall noch besteht."
    )
    return Table(_("Erreicht"), (_("Anzahl"),), rows, note)


def _entries(report: Report) -> Table:
    rows = [Row(_("Vollständige Teilnahmen"), _gendered(report, "persons"))]
    rows += [_indicator(report, one) for one in report.outputs]
    return Table(
        _("Beim Eintritt"), _columns(), tuple(rows),
        _(
            "Gezählt sind vollständige Teilnahmen mit Eintritt im Zeitraum (n = %(number)d). "
            "Maßgeblich ist der Tag des Eintritts."
        ) % {"number": report.of("persons")},
    )  # fmt: skip


def _indicator(report: Report, one: Indicator) -> Row:
    return Row(f"{one.code} {one.name}", _gendered(report, "code", one.code), one.code, one.checked)


def _results(report: Report) -> Table:
    rows = tuple(
        Row(
            f"{one.code} {one.name}",
            (*_gendered(report, "code", one.code), report.of("base", one.code), report.of("told", one.code)),
            one.code, one.checked,
        )
        for one in report.results
    )  # fmt: skip
    note = _(
        "Gezählt sind Austritte im Zeitraum. Möglich: wer das Ergebnis überhaupt erreichen konnte. Bekannt: bei wem "
        "davon die Angaben vorliegen. Wer schon beim Eintritt hatte, worum es geht, zählt nicht."
    )
    return Table(_("Nach dem Austritt"), (*_columns(), _("möglich"), _("davon bekannt")), rows, note)


def _exits(report: Report) -> Table:
    words = dict(Leaving.choices)
    rows = [
        Row(str(words[code]), _gendered(report, "left", code)) for code in Leaving.values if report.of("left", code)
    ]
    total = tuple(sum(row.numbers[at] for row in rows) for at in range(len(GENDERS) + 1))
    rows += [
        Row(_("Austritte gesamt"), total),
        Row(_("davon Angaben später als %(days)d Tage") % {"days": report.rows.line.results_within_days},
            _gendered(report, "late")),
        Row(_("davon Angaben überfällig"), _gendered(report, "untold")),
    ]  # fmt: skip
    note = _(
        "Austritte im Zeitraum, auch aus unvollständigen Teilnahmen. Späte Angaben sind bei den Ergebnissen mitgezählt."
    )
    return Table(_("Austritte"), _columns(), tuple(rows), note)


def _years(report: Report) -> Table:
    def row(name: str, measure: str, one: Indicator | None = None) -> Row:
        code = one.code if one else ""
        numbers = tuple(report.of(measure, code, year=year) for year in report.years)
        return Row(name, numbers, code, one.checked if one else True)

    rows = [
        row(_("Vollständige Teilnahmen"), "persons"), row(_("Familien"), "families"), row(_("Kinder"), "children"),
        *(row(f"{one.code} {one.name}", "code", one) for one in report.rows.indicators),
    ]  # fmt: skip
    note = _("Jahr des Eintritts; bei Ergebnissen das Jahr des Austritts.")
    return Table(_("Nach Jahren"), tuple(str(year) for year in report.years), tuple(rows), note)


def flat(report: Report) -> Iterator[tuple[str | int, ...]]:
    """Yield all numbers one by one, for programs: table, row, code, column, number."""
    yield "tabelle", "zeile", "code", "spalte", "zahl"
    for table in tables_of(report):
        for row in table.rows:
            for column, number in zip(table.columns, row.numbers, strict=True):
                yield table.title, row.name, row.code, column, number
