"""A report of tables as a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: title, names of its columns (the first is that of the rows), rows, and what it counts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def tables_docx(*, title: str, lead: Sequence[str], tables: Sequence[PrintedTable], author: str) -> bytes:
    """Return a report as .docx: headings can be listened to, heads of tables repeat on each page."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    made.core_properties.title, made.core_properties.author, made.core_properties.comments = title, author, ""
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "de-DE")
    made.styles["Normal"].element.get_or_add_rPr().append(spoken)
    made.styles["Normal"].font.size = Pt(10)
    made.add_heading(title, level=1)
    for line in lead:
        made.add_paragraph(line)
    for table in tables:
        made.add_heading(table.title, level=2)
        made.add_paragraph(table.note)
        _fill(made.add_table(rows=1, cols=len(table.columns), style="Table Grid"), table)
    output = BytesIO()
    made.save(output)
    return output.getvalue()


def _fill(made: WordTable, table: PrintedTable) -> None:
    for cell, text in zip(made.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    repeats = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeats)  # noqa: SLF001 -- python-docx has no other way
    for row in table.rows:
        cells = made.add_row().cells  # type: ignore[no-untyped-call]  # python-docx has no types here
        for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.paragraphs[0].add_run(text)
            if at:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
