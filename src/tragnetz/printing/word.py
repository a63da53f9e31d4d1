"""The same letter as a Word file, for those who want to change it by hand."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from tragnetz.printing.letters import PrintedLetter

FONT = "Arial"  # is on every machine, or has a twin of the same widths
ADDRESS_TOP, ADDRESS_HEIGHT = Cm(4.5), Cm(4.5)


def letter_docx(letter: PrintedLetter, *, title: str, author: str) -> bytes:
    """Return a letter by DIN 5008, form B, as .docx; its subject is a heading, so that it can be listened to."""
    made = Document()
    _set_up(made, letter.language)
    made.core_properties.title, made.core_properties.author = title, author
    made.core_properties.comments = ""
    _head(made, letter)
    _address(made, letter)
    heading = made.add_heading(level=1)
    heading.add_run(letter.subject)
    _spaced(heading, before=14, after=10)
    if letter.salutation:
        _spaced(made.add_paragraph(letter.salutation), after=8)
    for block in letter.body:
        if block.is_list:
            for line in block.lines:
                _spaced(made.add_paragraph(line, style="List Bullet"), after=2)
        else:
            _spaced(_lines(made.add_paragraph(), block.lines), after=8)
    _end(made, letter)
    output = BytesIO()
    made.save(output)
    return output.getvalue()


def _set_up(made: WordFile, language: str) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
    for name in ("Normal", "Heading 1"):
        style = made.styles[name]
        style.font.name = FONT
        style.font.size = Pt(11)
    heading = made.styles["Heading 1"]
    fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{which}"), None)
    heading.font.color.rgb = None
    heading.font.bold = True
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "de-DE" if language == "de" else language)
    made.styles["Normal"].element.get_or_add_rPr().append(spoken)


def _head(made: WordFile, letter: PrintedLetter) -> None:
    """Set the sender above the window; the row has the height that leads to it."""
    table = made.add_table(rows=2, cols=2)
    table.autofit = False
    for cell, width in zip((*table.rows[0].cells, *table.rows[1].cells), (Cm(10), Cm(6.5)) * 2, strict=True):
        cell.width = width
    table.rows[0].height, table.rows[1].height = ADDRESS_TOP - Cm(1.5), ADDRESS_HEIGHT
    first = table.cell(0, 0).paragraphs[0]
    if letter.head:
        first.add_run(letter.head[0]).bold = True
        for line in letter.head[1:]:
            first.add_run().add_break()
            first.add_run(line)
    table.cell(0, 1).paragraphs[0].add_run(letter.head_note)
    table.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _address(made: WordFile, letter: PrintedLetter) -> None:
    table = made.tables[0]
    left, right = table.cell(1, 0), table.cell(1, 1)
    line = left.paragraphs[0]
    line.add_run(letter.sender).font.size = Pt(7)
    _lines(left.add_paragraph(), letter.address)
    for number, (label, value) in enumerate(letter.info):
        row = right.paragraphs[0] if number == 0 else right.add_paragraph()
        row.add_run(f"{label}: {value}" if label else value)
        _spaced(row, after=2)


def _end(made: WordFile, letter: PrintedLetter) -> None:
    if letter.closing:
        _spaced(made.add_paragraph(letter.closing), before=6, after=36)
    if letter.signature:
        _spaced(_lines(made.add_paragraph(), letter.signature), before=0 if letter.closing else 48, after=12)
    if letter.enclosures:
        made.add_paragraph().add_run("Anlagen").bold = True
        for line in letter.enclosures:
            _spaced(made.add_paragraph(line, style="List Bullet"), after=2)


def _lines(paragraph: WordParagraph, lines: tuple[str, ...]) -> WordParagraph:
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)
    return paragraph


def _spaced(paragraph: WordParagraph, *, before: int = 0, after: int = 0) -> None:
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
