"""The tables of a report, as every page and file shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.reporting.enums import Leaving
from tragnetz.reporting.lines.line import Indicator
from tragnetz.reporting.reach.course import planned_by
from tragnetz.reporting.reach.words import UNIT_NAMES
from tragnetz.reporting.snapshots.queries import Counted
from tragnetz.reporting.snapshots.report import GENDERS, Report

GENDER_WORDS = {"w": gettext_lazy("weiblich"), "m": gettext_lazy("männlich"), "d": gettext_lazy("divers")}
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: so it can be opened to the participations behind it. A plan counts nobody."""

    number: int
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is, and its figures."""

    name: str
    figures: tuple[Figure, ...]
    code: str = ""
    is_checked: bool = True

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers alone."""
        return tuple(one.number for one in self.figures)


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
    goals = [_goals(report)] if report.rows.counting.goals else []
    return [*goals, _reached(report), _entries(report), _results(report), _exits(report), *yearly]


def behind(report: Report, counted: Counted) -> tuple[str, Figure] | None:
    """Return the figure that counts this, with its words; nothing if no table has it."""
    for table in tables_of(report):
        for row in table.rows:
            for column, figure in zip(table.columns, row.figures, strict=True):
                if figure.counted == counted:
                    return f"{row.name}, {column}" if len(table.columns) > 1 else row.name, figure
    return None


def _figure(report: Report, measure: str, code: str | None = "", **of: Any) -> Figure:  # noqa: ANN401 -- gender or year
    codes = report.codes(measure) if code is None else [code]
    return Figure(sum(report.of(measure, one, **of) for one in codes), Counted(measure, code, **of))


def _gendered(report: Report, measure: str, code: str | None = "") -> tuple[Figure, ...]:
    by_gender = (_figure(report, measure, code, gender=gender) for gender in GENDERS)
    return (*by_gender, _figure(report, measure, code))


def _columns() -> tuple[str, ...]:
    return (*(str(GENDER_WORDS[gender]) for gender in GENDERS), _("gesamt"))


def _goals(report: Report) -> Table:
    rows, counting = report.rows, report.rows.counting
    starts, ends, last = rows.programme.starts, rows.programme.ends, rows.last
    found = [
        Row(
            str(UNIT_NAMES[goal.unit]),
            (Figure(goal.number), Figure(planned_by(goal, starts, ends, last)), _figure(report, "ever", goal.unit)),
        )
        for goal in counting.goals
    ]  # fmt: skip
    note = _("Seit dem Beginn des Projekts bis zum Stichtag, auch vor dem Zeitraum dieses Berichts.")
    if counting.shared_with:
        note += " " + _(
            "Ziel und Plan gelten für dieses Projekt und %(others)s zusammen; erreicht ist hier nur, wer an diesem "
            "Projekt teilnimmt."
        ) % {"others": ", ".join(counting.shared_with)}
    columns = (_("Ziel bis zum Ende"), _("geplant bis zum Stichtag"), _("erreicht bis zum Stichtag"))
    return Table(_("Ziel"), columns, tuple(found), note)


def _reached(report: Report) -> Table:
    minutes = _figure(report, "minutes")
    rows = (
        Row(_("Personen (vollständige Teilnahmen)"), (_figure(report, "persons"),)),
        Row(_("Haushalte"), (_figure(report, "households"),)),
        Row(_("davon Familien mit Kindern unter 18"), (_figure(report, "families"),)),
        Row(_("Kinder unter 18 in diesen Familien"), (_figure(report, "children"),)),
        Row(_("Teilnahmen, bei denen Angaben fehlen (nicht gezählt)"), (_figure(report, "incomplete"),)),
        Row(_("Gespräche"), (_figure(report, "contacts"),)),
        Row(_("Stunden in Gesprächen, gerundet"), (Figure(round(minutes.number / MINUTES), minutes.counted),)),
    )
    note = _(
        "Gezählt ist, wer im Zeitraum eingetreten ist; eine Person einmal im Projekt, ein Haushalt bei seinem ersten "
        "vollständigen Eintritt in dieses Projekt. Auch wer allein lebt, ist ein Haushalt. Gespräche: mit diesen und "
        "früher eingetretenen Haushalten im Zeitraum, jedes einmal, soweit der Fall noch besteht."
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
    def figures(code: str) -> tuple[Figure, ...]:
        return (*_gendered(report, "code", code), _figure(report, "base", code), _figure(report, "told", code))

    rows = tuple(Row(f"{one.code} {one.name}", figures(one.code), one.code, one.checked) for one in report.results)
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
    rows += [
        Row(_("Austritte gesamt"), _gendered(report, "left", None)),
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
        figures = tuple(_figure(report, measure, code, year=year) for year in report.years)
        return Row(name, figures, code, one.checked if one else True)

    rows = [
        row(_("Vollständige Teilnahmen"), "persons"), row(_("Haushalte"), "households"),
        row(_("davon Familien mit Kindern unter 18"), "families"), row(_("Kinder"), "children"),
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
