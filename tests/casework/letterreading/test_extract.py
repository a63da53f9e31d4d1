"""Text of an uploaded file: bounded, in memory, and with plain words about what to do when it cannot be read."""

import io
import re
import subprocess
import sys
import zlib
from datetime import date

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from tests.casework.files.samples import HEIC, WEBP
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.letterreading import extract
from tragnetz.casework.letterreading.extract import LARGEST, can_read_photos, letter_of, read_letter
from tragnetz.casework.letterreading.pdf_text import MOST_SIGNS

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60


def text_of(content):
    return letter_of(content).text


def pdf_with(text):
    """Return a small PDF, as an office's program writes it."""
    import typst

    return typst.compile(text.encode(), format="pdf")


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_the_text_of_a_pdf_is_read():
    found = text_of(pdf_with("Jobcenter Musterstadt, Datum: 16.11.2026. Änderungsbescheid für die Monate."))

    assert "Änderungsbescheid" in found
    assert "16.11.2026" in found


def scan(*pages, pixels=(800, 300), filtered="/DCTDecode", space="/DeviceGray", bits=8):
    """Return a PDF as a scanner writes it: a picture on each page, no text."""
    writer = PdfWriter()
    for content in pages:
        page = writer.add_blank_page(595, 842)
        picture = StreamObject()
        picture.set_data(content)
        picture.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(pixels[0]), NameObject("/Height"): NumberObject(pixels[1]),
            NameObject("/BitsPerComponent"): NumberObject(bits), NameObject("/ColorSpace"): NameObject(space),
        })  # fmt: skip
        if filtered:
            picture[NameObject("/Filter")] = NameObject(filtered)
        images = DictionaryObject({NameObject("/Im0"): writer._add_object(picture)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.fixture
def echo(monkeypatch, tmp_path):
    """A small program in the place of Tesseract: it prints how the picture begins that it gets."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n/usr/bin/head -c 30 | /usr/bin/tr -c 'A-Za-z0-9' '_'\necho\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


def test_the_pages_of_a_scan_are_read_like_photos_in_their_order(echo):
    pages = [b"\xff\xd8\xff" + b"Seite%d" % number + b"x" * 60 for number in (1, 2)]

    found = text_of(scan(*pages))

    assert re.findall(r"Seite\d", found) == ["Seite1", "Seite2"]


@pytest.mark.parametrize(
    ("given", "size", "starts"),
    [
        ({}, 800 * 300, "P5_800_300_255"), ({"space": "/DeviceRGB"}, 3 * 800 * 300, "P6_800_300_255"),
        ({"bits": 1}, 100 * 300, "P4_800_300"),
    ],
)  # fmt: skip
def test_plain_pixels_become_a_picture_that_can_be_read(echo, given, size, starts):
    assert text_of(scan(b"\x55" * size, filtered="", **given)).startswith(starts)


def test_a_bitmap_is_black_where_the_page_is(monkeypatch):
    packed = subprocess.run(
        [sys.executable, "-m", "tragnetz.casework.letterreading.pdf_pictures"], check=True, capture_output=True,
        input=scan(b"\xff" * 15_000 + b"\x00" * 15_000, filtered="", bits=1), env=extract._environment(),
    ).stdout  # fmt: skip

    assert packed[4:].partition(b"300\n")[2] == b"\x00" * 15_000 + b"\xff" * 15_000


def test_without_the_program_a_scan_says_that_only_typed_pdfs_are_read(no_tesseract):
    with pytest.raises(CaseworkError, match="nur getippte PDFs"):
        text_of(scan(b"\xff\xd8\xff" + b"x" * 60))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (scan(*[b"\xff\xd8\xff"] * 6), "höchstens 5 Seiten"),
        (scan(b"\xff\xd8\xff", pixels=(30_000, 30_000)), "lassen sich nicht lesen"),
        (scan(b"\xff\xd8\xff", pixels=(20, 20)), "lassen sich nicht lesen"),
        (scan(b"\x00", filtered=""), "lassen sich nicht lesen"),
        (scan(b"\x00", filtered="/JPXDecode"), "lassen sich nicht lesen"),
        (pdf_with("#rect(width: 2cm, height: 1cm)"), "lassen sich nicht lesen"),
    ],
)
def test_a_scan_that_is_too_much_or_has_no_page_in_it_is_told(echo, content, words):
    with pytest.raises(CaseworkError, match=words):
        text_of(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"%PDF-" + b"0" * LARGEST, "zu groß"),
        (b"%PDF-1.7 broken", "lässt sich nicht lesen"),
        (b"PK\x03\x04 a zip", "PDF, JPEG, PNG"),
        (HEIC, "Auf dem iPhone geht das so"),
    ],
)
def test_what_cannot_be_read_is_told(content, words):
    with pytest.raises(CaseworkError, match=words):
        text_of(content)


def typed(words):
    """Return a PDF with one line of text, however long."""
    writer = PdfWriter()
    page, content = writer.add_blank_page(595, 842), StreamObject()
    content.set_data(b"BT /F1 9 Tf 10 800 Td (" + words + b") Tj ET")
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(("signs", "read"), [(30_000, 30_000), (MOST_SIGNS + 200_010, MOST_SIGNS)])
def test_a_pdf_with_an_endless_text_is_cut(signs, read):
    assert len(text_of(typed(b"Brief vom Amt. " * (signs // 15)))) == read


@pytest.mark.skipif(not can_read_photos(), reason="needs Tesseract")
def test_a_picture_that_would_fill_the_memory_is_refused_within_its_bounds():
    """Some kilobytes that hold 360 million dots."""
    with pytest.raises(CaseworkError, match="Dieses Bild lässt sich nicht lesen"):
        text_of(blank_png(19_000))


@pytest.mark.skipif(not can_read_photos(), reason="needs Tesseract")
def test_a_large_photo_is_read_within_the_bounds():
    """The negative control: as many dots as a good phone takes; it only has no words on it."""
    with pytest.raises(CaseworkError, match="kein Text zu erkennen"):
        text_of(blank_png(7000, colours=3))


def blank_png(side, colours=1):
    """Return a white square as PNG, whose lines are all the same."""

    def part(name, content):
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    packer, packed = zlib.compressobj(1), io.BytesIO()
    line = b"\x00" + b"\xff" * side * colours
    for _ in range(side):
        packed.write(packer.compress(line))
    packed.write(packer.flush())
    head = side.to_bytes(4) * 2 + bytes((8, 0 if colours == 1 else 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed.getvalue()) + part(b"IEND", b"")


def test_a_photo_that_cannot_be_opened_is_not_asked_for_its_password(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CaseworkError, match="Ist die Datei ganz"):
        text_of(PNG)


def test_of_a_long_pdf_the_pages_that_were_left_out_are_told():
    pages = "#pagebreak()\n".join(f"Jobcenter Musterstadt, Datum: 16.11.2026, Seite {number}\n" for number in range(21))

    reading = read_letter(pdf_with(pages), date(2026, 11, 29))

    assert "Seite 19" in reading.text
    assert "Seite 20" not in reading.text
    assert "nur die ersten 20 Seiten" in reading.doubts[0]


def test_without_the_program_a_photo_is_refused_with_advice(no_tesseract):
    assert not can_read_photos()
    with pytest.raises(CaseworkError, match="Tippen Sie das Wichtigste ab"):
        text_of(PNG)


@pytest.mark.parametrize("photo", [PNG, WEBP], ids=["png", "webp"])
def test_a_photo_is_read_by_the_program_when_it_is_there(monkeypatch, tmp_path, photo):
    """A small program in its place: what it gets is the photo, what it prints is the text."""
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\n/bin/cat >/dev/null\necho "Jobcenter Musterstadt, Einladung zum Gespräch ($1 $2 $4)"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert text_of(photo) == "Jobcenter Musterstadt, Einladung zum Gespräch (stdin stdout deu)\n"


def test_a_program_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec /bin/sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(extract, "SECONDS", 0.2)

    with pytest.raises(CaseworkError, match="zu lange"):
        text_of(PNG)


def test_the_programs_get_nothing_of_our_secrets(monkeypatch):
    monkeypatch.setenv("TRAGNETZ_VAULT_KEYS", "secret")

    assert "TRAGNETZ_VAULT_KEYS" not in extract._environment()
