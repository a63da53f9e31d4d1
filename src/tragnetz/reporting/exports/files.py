"""Each file that can be taken along: its name, its kind, and how it is made."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.core.amounts import grouped
from tragnetz.core.spreadsheets import as_csv
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.tables import PrintedTable, tables_docx
from tragnetz.reporting.exports.columns import columns_of, documented, json_lines, values_of
from tragnetz.reporting.exports.spreadsheets import as_xlsx
from tragnetz.reporting.exports.tables import flat, lead, tables_of
from tragnetz.reporting.snapshots.report import checks_of, report_of
from tragnetz.reporting.snapshots.rows import Rows


@dataclass(frozen=True, slots=True)
class Origin:
    """Who gives the file, when, and by which fixed figures (their number and hash; none: as known today)."""

    network: str
    made_on: date
    number: int = 0
    chain: str = ""

    def told(self) -> str:
        """Say whether the figures are fixed."""
        if not self.number:
            return _("Stand von heute, nicht festgehalten (%(day)s)") % {"day": f"{self.made_on:%d.%m.%Y}"}
        return _("Festgehalten als Nr. %(number)d, Prüfsumme %(chain)s") % {
            "number": self.number, "chain": self.chain,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its ending, name on the page, what it is for."""

    suffix: str
    name: object
    told: object
    make: Callable[[Rows, Origin], str | bytes]


def _figures_csv(rows: Rows, _origin: Origin) -> str:
    return as_csv(flat(report_of(rows)))


def _rows_csv(rows: Rows, _origin: Origin) -> str:
    return as_csv([[one.key for one in columns_of(rows)], *values_of(rows)])


def _list_csv(rows: Rows, _origin: Origin) -> str:
    return as_csv([[one.title for one in columns_of(rows)], *values_of(rows, in_words=True)])


def _workbook(rows: Rows, origin: Origin) -> bytes:
    columns = columns_of(rows)
    report = report_of(rows)
    about = [
        (_("Angabe"), _("Inhalt")),
        (_("Was"), lead(report)), (_("Stand"), origin.told()), (_("Netz"), origin.network),
        *((_("Prüfung"), f"{'✓' if check.is_kept else '✗'} {check.text}") for check in checks_of(report)),
    ]  # fmt: skip
    return as_xlsx(
        {
            "Teilnahmen": [[one.key for one in columns], *values_of(rows)],
            "Spalten": documented(columns),
            "Zahlen": flat(report),
            "Stand": about,
        }
    )


def _printed(rows: Rows) -> tuple[list[str], list[PrintedTable]]:
    report = report_of(rows)
    mark = _("zu prüfen")
    tables = [
        PrintedTable(
            table.title, ("", *table.columns),
            tuple(
                (row.name if row.is_checked else f"{row.name} ({mark})", *(grouped(one) for one in row.numbers))
                for row in table.rows
            ),
            table.note,
        )
        for table in tables_of(report)
    ]  # fmt: skip
    return [lead(report)], tables


def _docx(rows: Rows, origin: Origin) -> bytes:
    words, tables = _printed(rows)
    return tables_docx(title=_title(rows), lead=[*words, origin.told()], tables=tables, author=origin.network)


def _pdf(rows: Rows, origin: Origin) -> bytes:
    words, tables = _printed(rows)
    data = {
        "title": _title(rows), "lead": words, "network": origin.network, "foot": f"{origin.network} · {origin.told()}",
        "tables": [asdict(one) for one in tables],
    }  # fmt: skip
    return render_pdf("figures", data, language="de")


def _title(rows: Rows) -> str:
    return _("%(name)s: Zahlen zum %(day)s") % {"name": rows.programme.short_name, "day": f"{rows.last:%d.%m.%Y}"}


def _lines(rows: Rows, _origin: Origin) -> str:
    return "".join(json_lines(rows))


KINDS: dict[str, Kind] = {
    "zahlen-pdf": Kind(
        "pdf", gettext_lazy("Zahlen als PDF"), gettext_lazy("zum Drucken und Ablegen"), _pdf
    ),
    "sachbericht": Kind(
        "docx", gettext_lazy("Tabellen für den Sachbericht (Word)"), gettext_lazy("zum Einfügen in den Bericht"),
        _docx,
    ),
    "zahlen": Kind("csv", gettext_lazy("Zahlen als CSV"), gettext_lazy("jede Zahl eine Zeile"), _figures_csv),
    "teilnahmen": Kind(
        "xlsx", gettext_lazy("Teilnahmen als Excel-Datei"),
        gettext_lazy("eine Zeile je Teilnahme, mit Nummer statt Namen; die Spalten sind im zweiten Blatt erklärt"),
        _workbook,
    ),
    "teilnahmen-csv": Kind(
        "csv", gettext_lazy("Teilnahmen als CSV"), gettext_lazy("dasselbe in Codes, für Programme"), _rows_csv
    ),
    "teilnehmendenliste": Kind(
        "csv", gettext_lazy("Teilnehmendenliste in Worten"),
        gettext_lazy("Fragen und Antworten des Fragebogens, zum Übertragen nach Z-EU-S oder DATES (Aufbau: zu prüfen)"),
        _list_csv,
    ),
    "ereignisse": Kind(
        "jsonl", gettext_lazy("Zeilen als JSON"),
        gettext_lazy("genau das, woraus die Prüfsumme gemacht ist: sha256sum prüft sie"), _lines,
    ),
}  # fmt: skip


def name_of(rows: Rows, kind: str) -> str:
    """Return the name of a file."""
    return f"{rows.programme.key}-{rows.last:%Y-%m-%d}-{kind}.{KINDS[kind].suffix}"
