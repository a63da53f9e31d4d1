"""Small files of each sort that is taken, and hostile ones that are not."""

import io
import zipfile

import docx
import typst

PNG = typst.compile(b"Bescheid", format="png", ppi=30)
PDF = typst.compile("Bescheid über Bürgergeld".encode(), format="pdf")
SCAN = b"\xff\xda\x00\x04\x00\x01" + b"\x11\xff\x00\x22\xff\xd0\x33"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xdb\x00\x04\x00\x01" + SCAN + b"\xff\xd9"
WEBP = b"RIFF\x44\x00\x00\x00WEBPVP8 \x38\x00\x00\x00" + bytes(56)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
TEXT = "Grüße vom Amt\nBW Baden, BM Köln".encode()


def archive(**entries: bytes) -> bytes:
    """Return a zip with these entries, `__` for a slash and `_` for a dot."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return found.getvalue()


def word() -> bytes:
    """Return a Word file."""
    found, made = io.BytesIO(), docx.Document()
    made.add_paragraph("Lebenslauf")
    made.save(found)
    return found.getvalue()


def with_macros() -> bytes:
    """Return a Word file with macros that calls itself one without."""
    found = io.BytesIO(word())
    with zipfile.ZipFile(found, "a") as made:
        made.writestr("word/vbaProject.bin", b"macro")
    return found.getvalue()


def bomb() -> bytes:
    """Return a Word file that would fill a disk."""
    found = io.BytesIO(word())
    with zipfile.ZipFile(found, "a", zipfile.ZIP_DEFLATED) as made, made.open("word/media/a.xml", "w") as entry:
        for _megabyte in range(250):
            entry.write(bytes(1_000_000))
    return found.getvalue()


TAKEN = {"pdf": PDF, "png": PNG, "jpg": JPEG, "webp": WEBP, "docx": word(), "txt": TEXT}
SCRIPT = b"<script>alert(document.cookie)</script>"
HOSTILE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg-xml": b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>',
    "html": b"<!DOCTYPE html><html>" + SCRIPT,
    "html-late": b"Sehr geehrte Frau Linde,\n" + SCRIPT,
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "exe": b"MZ\x90\x00" + bytes(300),
    "elf": b"\x7fELF" + bytes(300),
    "gif": b"GIF89a" + bytes(60),
    "zip": archive(a_txt=b"hallo"),
    "jar": archive(META__INF__MANIFEST=b"Main-Class: x", x_class=b"\xca\xfe\xba\xbe"),
    "docm": with_macros(),
    "pdf-late": b"junk\n" + PDF,  # some readers open it, and so it may be two things at once
    "html-pdf": SCRIPT + PDF,
    "zip-end": b"PK\x03\x04" + bytes(400),
    "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "binary": bytes(range(256)) * 4,
    "riff": b"RIFF\x40\x00\x00\x00WAVEfmt " + bytes(64),
    "mp4": b"\x00\x00\x00\x18ftypisom" + bytes(64),
    "utf16": "Hallo".encode("utf-16"),
}
# Two things in one: taken for the first, and never run as the second.
POLYGLOTS = {
    "gifar": JPEG + archive(x_class=b"\xca\xfe"),
    "pdf-html": PDF + SCRIPT,
    "png-html": PNG + SCRIPT,
    "pdf-script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
}
