"""Two hundred files that nobody of good will sends to a counselling: none of them is taken."""

import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import product

from tests.casework.files.samples import HOSTILE, JPEG, PDF, PNG, SCAN, SCRIPT, WEBP, archive, bomb, word

# How files begin that are no paper: programs, archives, sound, film, fonts, data, pictures of other sorts.
MAGIC = {
    "pe": b"MZ\x90\x00", "elf": b"\x7fELF\x02", "macho": b"\xcf\xfa\xed\xfe", "macho-fat": b"\xca\xfe\xba\xbe",
    "wasm": b"\x00asm\x01", "dex": b"dex\n035\x00", "lnk": b"L\x00\x00\x00\x01\x14\x02\x00", "msi": b"\xd0\xcf\x11\xe0",
    "chm": b"ITSF\x03", "cab": b"MSCF\x00", "swf": b"FWS\x09", "swf-packed": b"CWS\x09", "reg": b"regf", "pyc": b"\xa7\r\r\n",
    "7z": b"7z\xbc\xaf\x27\x1c", "rar": b"Rar!\x1a\x07\x00", "rar5": b"Rar!\x1a\x07\x01\x00", "gz": b"\x1f\x8b\x08",
    "bz2": b"BZh91AY&SY", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd", "lz4": b"\x04\x22\x4d\x18", "lzh": b"\x1d\x00-lh5-",
    "ar": b"!<arch>\n", "rpm": b"\xed\xab\xee\xdb", "iso": b"\x01CD001\x01", "vhd": b"conectix", "qcow": b"QFI\xfb",
    "mp3": b"ID3\x03\x00", "ogg": b"OggS\x00", "flac": b"fLaC\x00", "wav": b"RIFF\x40\x00\x00\x00WAVE", "midi": b"MThd\x00",
    "avi": b"RIFF\x40\x00\x00\x00AVI ", "mkv": b"\x1a\x45\xdf\xa3", "flv": b"FLV\x01", "wmv": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    "ttf": b"\x00\x01\x00\x00\x00", "otf": b"OTTO\x00", "woff": b"wOFF\x00", "woff2": b"wOF2\x00", "gif87": b"GIF87a", "gif89": b"GIF89a",
    "bmp": b"BM\x36\x00\x00\x00\x00", "ico": b"\x00\x00\x01\x00\x01", "cur": b"\x00\x00\x02\x00", "psd": b"8BPS\x00", "tiff": b"II\x2a\x00",
    "tiff-mm": b"MM\x00\x2a", "jp2": b"\x00\x00\x00\x0cjP  ", "jxl": b"\x00\x00\x00\x0cJXL ", "djvu": b"AT&TFORM\x00", "emf": b"\x01\x00\x00\x00\x58",
    "wmf": b"\xd7\xcd\xc6\x9a", "xcf": b"gimp xcf\x00", "sqlite": b"SQLite format 3\x00", "pcap": b"\xd4\xc3\xb2\xa1", "onenote": b"\xe4\x52\x5c\x7b",
    "pst": b"!BDN\x00", "tnef": b"\x78\x9f\x3e\x22", "keystore": b"\xfe\xed\xfe\xed", "parquet": b"PAR1\x00", "torrent": b"d8:announce\x00",
}  # fmt: skip
HEIC_BRANDS = ("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis")
FILM_BRANDS = ("isom", "mp42", "qt  ", "M4A ", "3gp5")
MARKUP = {
    "svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "svg-load": "<svg onload=alert(1)>",
    "svg-use": "<svg><use href='data:x'/></svg>", "html": "<!DOCTYPE html><p>x", "html-plain": "<html>x", "body": "<body onload=alert(1)>",
    "script": "<script>alert(1)</script>", "img": "<img src=x onerror=alert(1)>", "iframe": "<iframe src=//x></iframe>",
    "object": "<object data=x>", "embed": "<embed src=x>", "form": "<form action=//x>", "meta": "<meta http-equiv=refresh content=0>",
    "base": "<base href=//x>", "style": "<style>@import '//x'</style>", "link": "<link rel=stylesheet href=//x>", "math": "<math><mtext>",
    "php": "<?php system($_GET[0]);", "xml": "<?xml version='1.0'?><x/>", "xxe": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "laughs": "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x>&b;</x>", "xslt": "<xsl:stylesheet version='1.0'>", "comment": "<!-- x --><script>1</script>",
    "bash": "#!/bin/bash\nrm -rf /", "python": "#!/usr/bin/env python3\nimport os", "perl": "#!/usr/bin/perl\n", "node": "#!/usr/bin/env node\n",
}  # fmt: skip
BEFORE = {
    "": "", "-spaced": " \n\t ", "-bom": "\ufeff", "-upper": None, "-late": "Sehr geehrte Frau Linde,\nanbei der Brief.\n",
}  # fmt: skip
LATE = ("svg", "svg-load", "svg-use", "html-plain", "script", "iframe", "comment")  # also found within a text
INNER = {
    "macro": "word/vbaProject.bin", "macro-data": "word/vbaData.xml", "ole": "word/embeddings/oleObject1.bin", "exe": "word/media/a.exe",
    "dll": "word/a.dll", "js": "word/a.js", "vbs": "a.VBS", "cmd": "a.cmd", "bat": "a.bat", "ps1": "a.ps1", "scr": "a.scr", "hta": "a.hta",
    "link": "word/a.lnk", "jar": "word/a.jar", "up": "../../etc/passwd", "up-inside": "word/../../x.xml", "root": "/etc/cron.d/x",
    "backslash": "word\\..\\x.xml", "drive": "C:/Windows/x.xml", "stream": "word/x.xml:hidden",
}  # fmt: skip


def _with(name: str) -> bytes:
    """Return a Word file with one more entry."""
    found = io.BytesIO(word())
    with zipfile.ZipFile(found, "a") as made:
        made.writestr(zipfile.ZipInfo(name), b"x")
        made.filelist[-1].filename = name  # zipfile would turn backslashes
    return found.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def _chunk(name: bytes, size: int, body: bytes = b"") -> bytes:
    return struct.pack(">I", size) + name + body + bytes(4)


def _programs() -> Iterator[tuple[str, bytes]]:
    yield from ((f"magic-{name}", start + bytes(300)) for name, start in MAGIC.items())
    for brand in (*HEIC_BRANDS, *FILM_BRANDS):
        yield f"brand-{brand.strip()}", b"\x00\x00\x00\x18ftyp" + brand.encode() + bytes(80)


def _texts() -> Iterator[tuple[str, bytes]]:
    for (name, text), (how, before) in product(MARKUP.items(), BEFORE.items()):
        if (how == "-late" and name not in LATE) or (
            how in {"-spaced", "-bom"} and name in {"bash", "python", "perl", "node"}
        ):
            continue
        yield f"text-{name}{how}", (text.upper() if before is None else before + text).encode()
    yield "text-nul", b"Guten Tag\x00\x00Ende"
    yield "text-escape", b"Guten \x1b]0;Tag\x07"
    yield "text-utf16", SCRIPT.decode().encode("utf-16")
    yield "text-utf32", SCRIPT.decode().encode("utf-32")


def _pdfs() -> Iterator[tuple[str, bytes]]:
    for name, before in {
        "html": SCRIPT, "space": b" ", "line": b"\n", "bom": b"\xef\xbb\xbf", "exe": b"MZ\x90\x00", "gif": b"GIF89a",
        "zip": b"PK\x03\x04", "ps": b"%!PS-Adobe-3.0\n", "junk": bytes(1000), "script": b"#!/bin/sh\n",
    }.items():  # fmt: skip
        yield f"pdf-behind-{name}", before + PDF
    yield "pdf-cut", PDF[: len(PDF) // 2]
    yield "pdf-head", b"%PDF-1.7\n"
    yield "pdf-no-end", PDF.replace(b"%%EOF", b"%%EOX")
    yield "pdf-no-dash", b"%PDF 1.7\n" + PDF[8:]


def _words() -> Iterator[tuple[str, bytes]]:
    yield from ((f"word-{name}", _with(entry)) for name, entry in INNER.items())
    whole = word()
    yield "word-bomb", bomb()
    yield "word-cut", whole[: len(whole) // 2]
    yield "word-no-list", whole[: whole.rfind(b"PK\x05\x06")]
    yield "word-many", archive(**{f"a{number}_xml": b"" for number in range(9_000)}, word__document_xml=b"x")
    yield "word-behind-exe", b"MZ\x90\x00" + whole
    yield "word-without-document", archive(**{"[Content_Types]_xml": b"x"})
    yield "word-without-types", archive(word__document_xml=b"x")
    for name, entry in {"excel": "xl__workbook_xml", "slides": "ppt__presentation_xml", "epub": "META-INF__container_xml", "odt": "content_xml",
                        "apk": "AndroidManifest_xml", "jar": "META-INF__MANIFEST_MF"}.items():  # fmt: skip
        yield f"archive-{name}", archive(**{"[Content_Types]_xml": b"x", entry: b"x"})


def _photos() -> Iterator[tuple[str, bytes]]:
    place = b"Exif\x00\x00II\x2a\x00" + struct.pack("<IH", 8, 65_535) + bytes(40)
    yield "jpeg-exif-too-long", b"\xff\xd8\xff\xe1\xff\xff" + place
    yield "jpeg-exif-no-length", b"\xff\xd8\xff\xe1\x00\x00" + place
    yield "jpeg-exif-bomb", b"\xff\xd8" + _segment(0xE1, place) * 11_000 + SCAN + b"\xff\xd9"
    yield "jpeg-no-end", JPEG[:-2]
    yield "jpeg-cut", JPEG[:24]
    yield "jpeg-head", b"\xff\xd8\xff"
    yield "jpeg-no-marker", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200) + b"\xff\xd9"
    yield "jpeg-exe", b"\xff\xd8\xffMZ" + bytes(300)
    yield "png-chunk-too-long", PNG[:8] + _chunk(b"eXIf", 0xFFFFFFF0, place)
    yield "png-no-end", PNG[:-12]
    yield "png-cut", PNG[:60]
    yield "png-head", PNG[:8]
    yield "png-chunk-bomb", PNG[:8] + _chunk(b"tEXt", 0) * 11_000
    yield "webp-too-long", b"RIFF\xff\xff\xff\x7fWEBPVP8 \xff\xff\xff\x7f" + bytes(60)
    yield "webp-chunk-too-long", WEBP[:16] + b"\xff\xff\xff\x00" + WEBP[20:]
    yield "webp-cut", WEBP[:40]
    yield "webp-bomb", b"RIFF" + struct.pack("<I", 4 + 8 * 11_000) + b"WEBP" + b"JUNK\x00\x00\x00\x00" * 11_000


def samples() -> dict[str, bytes]:
    """Return all of them by name."""
    return (
        HOSTILE | dict(_programs()) | dict(_texts()) | dict(_pdfs()) | dict(_words()) | dict(_photos()) | {"empty": b""}
    )
