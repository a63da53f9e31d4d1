"""Texts in tables that spreadsheet programs open."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

UTF8_MARK = "\ufeff"  # tells spreadsheets that it is UTF-8

type Cell = str | int | date | None

_RUN = (*"=+-@＝＋－＠", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-][\d /().-]*")  # of a telephone, for example: it can be computed, but do nothing


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula: an apostrophe stands in front of it."""
    return f"'{text}" if text.startswith(_RUN) and not _NUMBER.fullmatch(text) else text


def safe(cell: Cell) -> Cell:
    """Return a cell of which a text is harmless."""
    return harmless(cell) if isinstance(cell, str) else cell


def as_csv(rows: Iterable[Sequence[Cell]], *, marked: bool = True) -> str:
    """Return rows as CSV with semicolons, as German spreadsheets open it; days as 2026-11-29.

    `marked`: a sign in front tells that it is UTF-8; files for machines go without.
    """
    output = StringIO()
    csv.writer(output, delimiter=";", lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return (UTF8_MARK if marked else "") + output.getvalue()
