"""A short report of headings, paragraphs, tables and pictures: as PDF/UA, and as a Word file to write on with."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tragnetz.printing.pdf import render_pdf

FONT = "Arial"  # is on every machine, or has a twin of the same widths


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; the first column of a table holds words, the others figures.

    `picture` is SVG and stands in the PDF alone: `alt` says what it shows.
    """

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What kind of paper it is, its title, of when and what it tells (`lead`), and its sections."""

    kind: str
    title: str
    lead: str
    author: str
    footer: str
    sections: Sequence[Section]


def report_pdf(report: Report) -> bytes:
    """Return the report as PDF/UA."""
    return render_pdf("report", asdict(report), language="de")


def report_docx(report: Report) -> bytes:
    """Return the report as .docx, with true headings and table heads."""
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    made.core_properties.title, made.core_properties.author = report.title, report.author
    made.core_properties.comments = ""
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{which}"), None)
    made.styles["Normal"].font.size = Pt(10.5)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "de-DE")
    made.styles["Normal"].element.get_or_add_rPr().append(spoken)
    made.add_paragraph(report.kind)
    made.add_heading(report.title, level=1)
    made.add_paragraph(report.lead)
    for section in report.sections:
        made.add_heading(section.title, level=2)
        for text in section.paragraphs:
            made.add_paragraph(text)
        for text in section.points:
            made.add_paragraph(text, style="List Bullet")
        if section.rows:
            _table(made, section)
    page.footer.paragraphs[0].text = report.footer
    output = BytesIO()
    made.save(output)
    return output.getvalue()


def _table(made: WordFile, section: Section) -> None:
    table = made.add_table(rows=1, cols=len(section.head), style="Table Grid")
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 -- python-docx has no word for it
    for cell, text in zip(table.rows[0].cells, section.head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in section.rows:
        cells = table.add_row().cells
        for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.paragraphs[0].text = text
            if number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()
