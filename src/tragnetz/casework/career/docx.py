"""CV and letter as files for a word processor, so that the person can write on. Headings and language are marked."""

import io
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

type Data = Any  # what paper.py gives to the template

_DATES = Cm(4)


def resume_docx(data: Data) -> bytes:
    """Return a CV: months, a tab, what was done. `data` as from `paper.resume_content`."""
    made = _new(f"Lebenslauf {data['name']}", data["name"], data["colour"])
    made.add_heading(data["name"], level=1)
    if data["summary"]:
        made.add_paragraph(data["summary"])
    about = (
        ("Adresse", ", ".join(data["address"])), ("Telefon", data["phone"]), ("E-Mail", data["email"]),
        ("Geboren", data["birth"]), ("Arbeit in Deutschland", data["permit"]),
    )  # fmt: skip
    for label, text in about:
        if text:
            _row(made, label, text)
    for section in data["sections"]:
        made.add_heading(section["title"], level=2)
        for entry in section["entries"]:
            _entry(made, entry)
    for part in data["skills"]:
        made.add_heading(part["title"], level=2)
        for item in part["items"]:
            said = item["name"] + (f": {item['level']}" if item["level"] else "")
            made.add_paragraph(f"{said}. {item['example']}" if item["example"] else said, style="List Bullet")
    return _bytes(made)


def letter_docx(data: Data) -> bytes:
    """Return a letter. `data` as from `paper.letter_content`."""
    sender = data["sender"]
    made = _new(data["subject"], sender["name"], data["colour"])
    head = _lines(made, [sender["name"], *sender["address"], sender["phone"], sender["email"]])
    head.runs[0].bold = True
    head.paragraph_format.space_after = Pt(28)
    _lines(made, data["receiver"]).paragraph_format.space_after = Pt(28)
    made.add_paragraph(data["date"]).paragraph_format.space_after = Pt(14)
    made.add_heading(data["subject"], level=1)
    made.add_paragraph(data["salutation"])
    for part in data["body"]:
        _lines(made, part)
    made.add_paragraph(data["greeting"]).paragraph_format.space_after = Pt(42)
    made.add_paragraph(sender["name"])
    if data["enclosures"]:
        made.add_paragraph("Anlagen: " + ", ".join(data["enclosures"]))
    return _bytes(made)


def _new(title: str, author: str, colour: str) -> Made:
    made = Document()
    made.core_properties.title, made.core_properties.author, made.core_properties.language = title, author, "de-DE"
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2), Cm(2)
    plain = made.styles["Normal"]
    plain.font.name, plain.font.size = "Calibri", Pt(11)
    plain.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "de-DE")
    plain.element.get_or_add_rPr().append(language)
    for name, size in (("Heading 1", 18), ("Heading 2", 13)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(colour[1:])
        # The default theme's own face would win over the name.
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
    return made


def _row(made: Made, left: str, right: str) -> Paragraph:
    row = made.add_paragraph()
    row.paragraph_format.left_indent, row.paragraph_format.first_line_indent = _DATES, -_DATES
    row.paragraph_format.tab_stops.add_tab_stop(_DATES)
    row.paragraph_format.space_after = Pt(3)
    row.add_run(f"{left}\t")
    row.add_run(right)
    return row


def _entry(made: Made, entry: Data) -> None:
    row = _row(made, entry["span"], entry["title"])
    row.runs[-1].bold = True
    row.paragraph_format.keep_together = True
    for text in (", ".join(filter(None, (entry["place"], entry["more"]))), *(f"– {task}" for task in entry["tasks"])):
        if text:
            row.add_run().add_break()
            row.add_run(text)


def _lines(made: Made, texts: list[str]) -> Paragraph:
    row = made.add_paragraph()
    for number, text in enumerate(filter(None, texts)):
        if number:
            row.runs[-1].add_break()
        row.add_run(text)
    return row


def _bytes(made: Made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
