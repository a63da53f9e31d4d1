"""From an uploaded PDF or photo to text."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.inspection import refuse_heic
from tragnetz.casework.letterreading.mending import mended
from tragnetz.casework.letterreading.pdf_pictures import LENGTH_BYTES, PAGES, TOO_MANY
from tragnetz.casework.letterreading.pdf_text import CUT
from tragnetz.casework.letterreading.pdf_text import PAGES as TEXT_PAGES
from tragnetz.deadlines.reading.read import Reading, read

LARGEST = 10_000_000  # bytes of a file; it stays in memory (core/uploads.py)
SECONDS = 20
SCAN_SECONDS = 40  # for all pages of a scanned PDF together
LEAST_TEXT = 20  # signs; a scan without a text layer has fewer
PDF = b"%PDF-"
_BOUNDED = (sys.executable, "-m", "tragnetz.casework.letterreading.bounded")
# What is black is decided for each place of a page, not for all of it: the shadow of a hand hides no words.
_UNEVEN_LIGHT = ("-c", "thresholding_method=2")
IMAGES: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG", b"RIFF": "WebP", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
}  # fmt: skip


def can_read_photos() -> bool:
    """Whether the program that reads photos (Tesseract) is installed on this server."""
    return shutil.which("tesseract") is not None


class Letter(NamedTuple):
    """The text of a letter. `from_picture`: a program read it off a picture, and may have misread anything.

    `cut`: there are more pages than were read.
    """

    text: str
    from_picture: bool
    cut: bool = False


def read_letter(content: bytes, today: date) -> Reading:
    """Return what a PDF or a photo of a letter seems to say. Raises CaseworkError with what to do."""
    letter = letter_of(content)
    reading = read(letter.text, today, from_picture=letter.from_picture)
    if not letter.cut:
        return reading
    left_out = _("Gelesen sind nur die ersten %s Seiten. Steht die Frist weiter hinten?") % TEXT_PAGES
    return replace(reading, doubts=(left_out, *reading.doubts))


def letter_of(content: bytes) -> Letter:
    """Return the text of a PDF, or of a photo where Tesseract is installed. Raises CaseworkError with what to do."""
    if not content:
        raise CaseworkError(_("Die Datei ist leer."))
    if len(content) > LARGEST:
        raise CaseworkError(_("Die Datei ist zu groß. Sie darf höchstens 10 Megabyte haben."))
    refuse_heic(content)
    if content[:1024].lstrip().startswith(PDF):
        return _of_pdf(content)
    if any(content.startswith(start) for start in IMAGES):
        return _of_photo(content)
    raise CaseworkError(_("Wir lesen PDF, JPEG, PNG, WebP und TIFF. Sie können den Text auch abtippen oder einfügen."))


def _of_pdf(content: bytes) -> Letter:
    code, written = _done([sys.executable, "-m", "tragnetz.casework.letterreading.pdf_text"], content, SECONDS)
    if code not in {0, CUT}:
        raise CaseworkError(_("Diese Datei lässt sich nicht lesen. Ist sie mit einem Passwort geschützt?"))
    text = written.decode("utf-8", "replace")
    return Letter(text, False, code == CUT) if len(text.strip()) >= LEAST_TEXT else _of_scan(content)


def _of_scan(content: bytes) -> Letter:
    """Read a PDF that has only pictures: each like a photo, all of them within one bound of time."""
    if not can_read_photos():
        raise CaseworkError(
            _photo_advice(
                _("Dieses PDF ist gescannt: Es enthält nur Bilder. Hier lassen sich nur getippte PDFs lesen.")
            )
        )
    code, packed = _done([sys.executable, "-m", "tragnetz.casework.letterreading.pdf_pictures"], content, SECONDS)
    if code == TOO_MANY:
        raise CaseworkError(
            _("Von einem gescannten PDF lesen wir höchstens %s Seiten. Bitte laden Sie nur die Seiten mit Datum, Frist "
              "und Belehrung hoch.") % PAGES
        )  # fmt: skip
    if code != 0:
        raise CaseworkError(_photo_advice(_("Die Bilder in diesem PDF lassen sich nicht lesen.")))
    until = time.monotonic() + SCAN_SECONDS
    text = "\n".join(_ocr(one, max(0.1, until - time.monotonic())) for one in _unpacked(packed))
    if len(text.strip()) < LEAST_TEXT:
        raise CaseworkError(_photo_advice(_("In diesem gescannten PDF ist kein Text zu erkennen.")))
    return Letter(text, from_picture=True)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(packed):
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(packed[at:start])
        yield packed[start:at]


def _of_photo(content: bytes) -> Letter:
    if not can_read_photos():
        raise CaseworkError(_photo_advice(_("Dieser Server kann keine Fotos lesen.")))
    text = _ocr(content, SECONDS)
    if len(text.strip()) < LEAST_TEXT:
        raise CaseworkError(
            _("Auf dem Foto ist kein Text zu erkennen. Bitte fotografieren Sie noch einmal, mit mehr Licht.")
        )
    return Letter(text, from_picture=True)


def _ocr(picture: bytes, seconds: float) -> str:
    """Return the text of one page; a photo that lies on its side or on its head is turned first (`--psm 1`)."""
    command = [*_BOUNDED, "tesseract", "stdin", "stdout", "-l", "deu", "--psm", "1", *_UNEVEN_LIGHT]
    code, written = _done(command, picture, seconds)
    if code != 0:
        raise CaseworkError(
            _("Dieses Bild lässt sich nicht lesen. Ist die Datei ganz? Bitte fotografieren Sie die Seite noch einmal.")
        )
    return mended(written.decode("utf-8", "replace"))


def _photo_advice(reason: str) -> str:
    if can_read_photos():
        return f"{reason} {_('Laden Sie ein Foto der Seite hoch, oder tippen Sie das Wichtigste ab.')}"
    return f"{reason} {_('Tippen Sie das Wichtigste ab: Überschrift, Datum, Frist und die Belehrung.')}"


def _environment() -> dict[str, str]:
    """Return what the programs need, and nothing of our secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    return kept | {"OMP_THREAD_LIMIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _done(command: list[str], content: bytes, seconds: float) -> tuple[int, bytes]:
    try:
        done = subprocess.run(  # noqa: S603 -- fixed programs, the file comes by standard input
            command, input=content, capture_output=True, timeout=seconds, check=False,
            env=_environment(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise CaseworkError(_("Das Lesen dauert zu lange. Bitte tippen Sie das Wichtigste ab.")) from error
    return done.returncode, done.stdout
