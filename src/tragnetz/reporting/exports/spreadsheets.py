"""Tables as workbooks that no spreadsheet takes for a program."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tragnetz.core.spreadsheets import Cell, safe

_WIDEST = 60
_DAY = "DD.MM.YYYY"


def as_xlsx(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Return sheets as a workbook; the first row of each is its head."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            cells: list[object] = [_day(sheet, cell) if isinstance(cell, date) else safe(cell) for cell in row]
            if number == 0:
                for at, cell in enumerate(cells):
                    sheet.column_dimensions[_letter(at)].width = min(len(str(cell)) + 4, _WIDEST)
                cells = [_head(sheet, cell) for cell in cells]
            sheet.append(cells)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _head(sheet: Any, value: Any) -> object:  # noqa: ANN401 -- openpyxl's own
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(bold=True)
    return cell


def _day(sheet: Any, value: Any) -> object:  # noqa: ANN401 -- openpyxl's own, which knows days only at run time
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = _DAY
    return cell


def _letter(at: int) -> str:
    return str(get_column_letter(at + 1))
