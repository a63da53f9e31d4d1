"""Letters by DIN 5008 as PDF: those of a case and those of the outbox have one layout."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tragnetz.printing.pdf import RIGHT_TO_LEFT, render_pdf, render_pictures


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a list of points."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """All that stands on a letter. `sender` is the line in the window; `info` stands beside it, `german` below."""

    sender: str
    address: tuple[str, ...]
    subject: str
    body: tuple[Paragraph, ...]
    info: tuple[tuple[str, str], ...]
    language: str = "de"
    head: tuple[str, ...] = ()
    head_note: str = ""
    salutation: str = ""
    closing: str = ""
    signature: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    german: tuple[str, ...] = ()


def letters_pdf(letters: Sequence[PrintedLetter], *, title: str, author: str) -> bytes:
    """Return letters as one PDF/UA-1, each begins on a page of its own."""
    return render_pdf("letter", _data(letters, title, author), language="de")


def letters_pictures(letters: Sequence[PrintedLetter], *, ppi: float) -> list[bytes]:
    """Return the pages of letters as pictures (PNG) of so many points an inch."""
    return render_pictures("letter", _data(letters, "", ""), language="de", ppi=ppi)


def _data(letters: Sequence[PrintedLetter], title: str, author: str) -> dict[str, object]:
    rows = [{**asdict(letter), "rtl": letter.language in RIGHT_TO_LEFT} for letter in letters]
    return {"title": title, "author": author, "letters": rows}
