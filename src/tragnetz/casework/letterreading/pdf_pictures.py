"""Print the pictures of a scanned PDF from standard input, each after its length.

A process of its own, with bounds, because files may be hostile. Nothing is decoded but what PDF itself packs (Flate).
"""

import io
import sys
from collections.abc import Iterator
from typing import Any

from tragnetz.casework.letterreading.bounded import bind

PAGES = 5
MOST_PICTURES = 10  # some scanners cut a page into strips
LEAST_PIXELS, MOST_PIXELS = 60_000, 40_000_000  # smaller ones are logos
MOST_BYTES = 60_000_000  # of all pictures together
MEMORY, SECONDS = 1_000_000_000, 10  # bytes of address space; of the processor
LENGTH_BYTES = 4
TOO_MANY = 3  # what the process returns for more pages than it reads

_SIGNS = {1: b"P5", 3: b"P6"}  # portable gray map, portable pixel map: by number of colours
_NESTED = 3


def main() -> int:
    """Read a PDF and write its pictures; returns 1 for what is none, is locked or has none, 3 for too many pages."""
    bind(MEMORY, SECONDS)
    from pypdf import PdfReader  # noqa: PLC0415 -- within the bounds
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- as above

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return 1
        if len(reader.pages) > PAGES:
            return TOO_MANY
        found = [one for page in reader.pages for one in pictures(page.get("/Resources"))]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError):
        return 1
    if not found or len(found) > MOST_PICTURES or sum(map(len, found)) > MOST_BYTES:
        return 1
    for one in found:
        sys.stdout.buffer.write(len(one).to_bytes(LENGTH_BYTES) + one)
    return 0


def pictures(resources: Any, depth: int = 0) -> Iterator[bytes]:  # noqa: ANN401 -- objects of pypdf
    """Yield the pictures of a page, each as a file that Tesseract reads."""
    resources = _of(resources)
    if not resources or depth > _NESTED:
        return
    for name in _of(resources.get("/XObject")) or ():
        one = _of(_of(resources["/XObject"])[name])
        if one.get("/Subtype") == "/Form":
            yield from pictures(one.get("/Resources"), depth + 1)
        elif one.get("/Subtype") == "/Image" and LEAST_PIXELS <= one["/Width"] * one["/Height"] <= MOST_PIXELS:
            found = picture(one)
            if found:
                yield found


def picture(one: Any) -> bytes:  # noqa: ANN401 -- as above
    """Return a picture as JPEG, TIFF or PNM; nothing for a kind that needs more than PDF to unpack (JPX, JBIG2)."""
    filters = _of(one.get("/Filter")) or []
    last = str((filters if isinstance(filters, list) else [filters])[-1]) if filters else ""
    if last in {"/DCTDecode", "/DCT", "/CCITTFaxDecode", "/CCF"}:  # pypdf hands out a JPEG or a TIFF as it is
        return bytes(one.get_data())
    if last in {"/JPXDecode", "/JBIG2Decode"}:
        return b""
    return _map(one)


def _map(one: Any) -> bytes:  # noqa: ANN401 -- as above
    wide, high, bits = one["/Width"], one["/Height"], one.get("/BitsPerComponent", 1)
    colours = _colours(_of(one.get("/ColorSpace")))
    data = bytes(one.get_data())
    if bits == 1 and colours == 1:
        row = -(-wide // 8) * high
        inverted = bytes(byte ^ 0xFF for byte in data[:row])  # in a bitmap 1 is black, in a PDF white
        return b"P4\n%d %d\n" % (wide, high) + inverted if len(data) >= row else b""
    size = wide * high * colours
    if bits != 8 or colours not in _SIGNS or len(data) < size:  # noqa: PLR2004 -- bits of a byte
        return b""
    return b"%s\n%d %d\n255\n" % (_SIGNS[colours], wide, high) + data[:size]


def _colours(space: Any) -> int:  # noqa: ANN401 -- as above
    """Return how many colours a pixel has; 0 for what is not a plain colour."""
    if isinstance(space, list) and space and space[0] == "/ICCBased":
        return int(_of(space[1])["/N"])
    name = space[0] if isinstance(space, list) and space else space
    return {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}.get(str(name), 1 if name is None else 0)


def _of(value: Any) -> Any:  # noqa: ANN401 -- as above
    return value.get_object() if value is not None else None


if __name__ == "__main__":
    sys.exit(main())
