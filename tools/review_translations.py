"""Give a language's texts to somebody who speaks it, and take the corrected table back. docs/translating.md.

    python tools/review_translations.py export tr turkish.xlsx
    python tools/review_translations.py import tr turkish.xlsx            # a dry run: says what would change
    python tools/review_translations.py import tr turkish.xlsx --write

A table (XLSX or CSV) has a row for each text: German, the language, where it stands. Rows are found again by their
German text, so that a table stays usable while other texts change.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from extract_messages import LANGUAGES, ROOT, collect
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

HEADINGS = ("Deutsch", "Übersetzung", "Steht in", "Form")
WIDTHS = (60, 60, 40, 8)
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w[^>]*>")


class Row(NamedTuple):
    """One text: German, translated, where it stands, and which plural form it is (empty for texts without)."""

    german: str
    translated: str
    context: str
    form: str = ""


class Change(NamedTuple):
    """A text that the table has otherwise."""

    german: str
    before: str
    after: str


def path_of(folder: str) -> Path:
    """Return the catalogue of a language."""
    return ROOT / "locale" / folder / "LC_MESSAGES" / "django.po"


def catalogue(folder: str) -> Catalog:
    """Read the catalogue of a language."""
    with path_of(folder).open("rb") as file:
        return read_po(file, locale=LANGUAGES[folder])


def rows_of(folder: str) -> Iterator[Row]:
    """Return the rows of the table, in the order of the pages on which the texts stand."""
    places = {key(message): where(message) for message in collect() if message.id}
    found = [message for message in catalogue(folder) if message.id]
    for message in sorted(found, key=lambda one: (places.get(key(one), ""), key(one))):
        place = places.get(key(message), "")
        if isinstance(message.string, str):
            yield Row(key(message), message.string, place)
            continue
        for number, text in enumerate(message.string):
            yield Row(message.id[min(number, 1)], text, place, str(number))


def key(message: Message) -> str:
    """Return the German text by which a message is found: of a plural, that for one thing."""
    return message.id if isinstance(message.id, str) else message.id[0]


def where(message: Message) -> str:
    """Return where a text stands, without what is the same in all."""
    files = sorted({re.sub(r"^tragnetz/|templates/", "", file) for file, _line in message.locations})
    return ", ".join(files)


def export(folder: str, path: Path) -> int:
    """Write the table; returns how many rows."""
    rows = list(rows_of(folder))
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADINGS)
            writer.writerows(rows)
        return len(rows)
    book = Workbook()
    sheet = book.active
    sheet.title = folder
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(max_col=3):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s"  # a text that begins with = is no formula
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    if folder == "ar":
        sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    book.save(path)
    return len(rows)


def read(path: Path) -> list[Row]:
    """Return the rows of a table that came back. Raises ValueError when it has no such columns."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file, delimiter=";"))
    else:
        book = load_workbook(path, read_only=True, data_only=True)
        table = [[str(cell or "") for cell in row[:4]] for row in book.active.iter_rows(values_only=True)]
        book.close()
    if not table or tuple(one.strip() for one in table[0][:2]) != HEADINGS[:2]:
        message = f"The first row must be: {'; '.join(HEADINGS)}"
        raise ValueError(message)
    return [Row(*(*row, "", "", "", "")[:4]) for row in table[1:] if any(row)]


def compare(found: Catalog, rows: list[Row]) -> tuple[list[Change], list[str]]:
    """Put the rows into a catalogue; returns what changed, and what was refused and why."""
    changes, refused = [], []
    known = {key(message): message for message in found if message.id}
    plural = {message.id[1]: message for message in found if message.id and not isinstance(message.id, str)}
    for row in rows:
        message = known.get(row.german) or plural.get(row.german)
        text = fitted(row.translated, row.german)
        if message is None:
            refused.append(f"not there any more: {row.german!r}")
        elif not text.strip():
            refused.append(f"empty: {row.german!r}")
        elif sorted(FILLED.findall(text)) not in allowed(message, row.form):
            refused.append(f"something that is filled in is lost or new: {row.german!r} -> {text!r}")
        elif isinstance(message.string, str):
            if text != message.string:
                changes.append(Change(row.german, message.string, text))
                message.string = text
        elif not row.form.isdecimal() or int(row.form) >= len(message.string):
            refused.append(f"which form? {row.german!r}")
        elif text != message.string[int(row.form)]:
            number = int(row.form)
            changes.append(Change(row.german, message.string[number], text))
            message.string = tuple(text if at == number else one for at, one in enumerate(message.string))
    return changes, refused


def fitted(text: str, german: str) -> str:
    """Return a text with the blanks of the German one around it: a table shows none, and some texts are joined."""
    before, after = german[: len(german) - len(german.lstrip())], german[len(german.rstrip()) :]
    return f"{before}{text.strip()}{after}"


def allowed(message: Message, form: str) -> list[list[str]]:
    """Return what must stand in a translation to be filled; a form for one thing may leave its number out."""
    if isinstance(message.id, str) or not form:
        return [sorted(FILLED.findall(key(message)))]
    return [sorted(FILLED.findall(one)) for one in message.id]


def take_back(folder: str, path: Path, *, write: bool) -> int:
    """Say what a table changes, and write it if asked to; returns how many rows were refused."""
    found = catalogue(folder)
    changes, refused = compare(found, read(path))
    for change in changes:
        print(f"  {change.german}\n    - {change.before}\n    + {change.after}")
    for reason in refused:
        print(f"  refused: {reason}", file=sys.stderr)
    print(f"{len(changes)} changed, {len(refused)} refused{'' if write else '; nothing was written (--write does)'}")
    if write and changes:
        found.fuzzy = False
        with path_of(folder).open("wb") as file:
            write_po(file, found, width=118, omit_header=False, no_location=True, sort_output=True)
    return len(refused)


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two ways; returns 1 when rows were refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["export", "import"])
    parser.add_argument("language", choices=sorted(LANGUAGES))
    parser.add_argument("table", type=Path)
    parser.add_argument("--write", action="store_true", help="write the changes; without it nothing is changed")
    options = parser.parse_args(arguments)
    if options.table.suffix not in {".csv", ".xlsx"}:
        parser.error("the table ends in .csv or .xlsx")
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if options.way == "import":
        return 1 if take_back(options.language, options.table, write=options.write) else 0
    print(f"{export(options.language, options.table)} texts -> {options.table}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
