"""A sheet as PDF and as Word file: both by the one layout for letters."""

from tragnetz.casework.letters.drafts import Sheet
from tragnetz.printing.letters import Paragraph, PrintedLetter, letters_pdf, letters_pictures
from tragnetz.printing.word import letter_docx


def _printed(sheet: Sheet) -> PrintedLetter:
    return PrintedLetter(
        sender=sheet.sender_line,
        address=sheet.to,
        subject=sheet.subject,
        body=tuple(Paragraph(block.lines, is_list=block.is_list) for block in sheet.blocks),
        info=sheet.info,
        head=sheet.head,
        head_note=sheet.network,
        salutation=sheet.salutation,
        closing=sheet.closing,
        signature=sheet.signature,
        enclosures=sheet.enclosures,
    )


def as_pdf(sheet: Sheet) -> bytes:
    """Return a letter as PDF/UA-1. Its properties name its subject and who wrote it, no programme and no case."""
    return letters_pdf([_printed(sheet)], title=sheet.subject, author=sheet.head[0] if sheet.head else "")


def as_docx(sheet: Sheet) -> bytes:
    """Return a letter as Word file."""
    return letter_docx(_printed(sheet), title=sheet.subject, author=sheet.head[0] if sheet.head else "")


def first_page(sheet: Sheet, ppi: float) -> bytes:
    """Return the first page of a letter as a picture (PNG)."""
    return letters_pictures([_printed(sheet)], ppi=ppi)[0]
