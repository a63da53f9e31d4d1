"""Take out of a photo what tells where, when and with what it was taken: the place of a shelter is a secret.

The container is walked by its headers (JPEG: ITU-T T.81, B; PNG: W3C PNG, 5; WebP: RFC 9649), no pixel is decoded or
made anew: the picture stays as it was, bit by bit. Kept of the Exif data is the turn of a JPEG alone, or photos would
lie on their side. A photo that cannot be walked is refused, and so is HEIC (inspection.py): no place is ever kept.
"""

import struct
from collections.abc import Callable, Iterator, Mapping

from tragnetz.casework.enums import FileType
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.inspection import broken_words

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_INSIDE = {0x00, *range(0xD0, 0xD8)}  # what follows FF within compressed data
_EXIF, _TURN, _COLOURS = b"Exif\x00\x00", 0x0112, b"ICC_PROFILE\x00"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_TOLD = {b"EXIF": 0x08, b"XMP ": 0x04}  # with the bit of VP8X that announces it
_LONGEST = 10_000  # parts of one file


class _BrokenError(Exception):
    """A container that is not as its standard says."""


def without_traces(kind: FileType, content: bytes) -> bytes:
    """Return a photo without what was noted of its taking; any other file as it is.

    Raises CaseworkError for a photo that is not as its standard says: what it holds cannot be told.
    """
    strip = _STRIPPERS.get(kind)
    if strip is None:
        return content
    try:
        return b"".join(strip(content))
    except (_BrokenError, struct.error, IndexError) as error:
        raise CaseworkError(broken_words()) from error


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Yield the segments that make the picture; what lies behind its end (a film of the moment) is left out."""
    yield content[:2]
    at = 2
    for _number in range(_LONGEST):
        if content[at] != 0xFF:  # noqa: PLR2004 -- the first byte of each marker
            raise _BrokenError
        marker = content[at + 1]
        if marker == _EOI:
            yield content[at : at + 2]
            return
        if marker == 0xFF or marker in _ALONE:  # noqa: PLR2004 -- a byte that only fills
            step = 1 if marker == 0xFF else 2  # noqa: PLR2004 -- as above
            yield content[at : at + step]
            at += step
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content) or end < at + 4:
            raise _BrokenError
        if marker == _APP1 and content.startswith(_EXIF, at + 4):
            yield _only_turn(content[at + 4 + len(_EXIF) : end])
        elif _makes_the_picture(marker, content, at + 4):
            yield content[at:end]
        if marker == _SOS:
            start, end = end, _end_of_scan(content, end)
            yield content[start:end]
        at = end
    raise _BrokenError


def _makes_the_picture(marker: int, content: bytes, at: int) -> bool:
    """Whether a segment is needed to show a picture: of those for programs only these for the colours."""
    if marker == _APP2:
        return content.startswith(_COLOURS, at)
    return marker in {_APP0, _APP14} or not (_APP0 <= marker <= _APP15 or marker == _COM)


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where compressed data ends: at the next marker that is none of its own."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _BrokenError
        if content[at + 1] in _INSIDE:
            at += 2
        elif content[at + 1] == 0xFF:  # noqa: PLR2004 -- a byte that only fills
            at += 1
        else:
            return at


def _only_turn(tiff: bytes) -> bytes:
    """Return an Exif segment that says how a photo is turned, and nothing else; nothing for one that lies right."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _TURN and 1 < value <= 8:  # noqa: PLR2004 -- the eight ways of Exif; 1 is upright
            entry = struct.pack(">HHIHH", _TURN, 3, 1, value, 0)
            body = _EXIF + b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG_HEAD
    at = len(_PNG_HEAD)
    for _number in range(_LONGEST):
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise _BrokenError
        if name not in _PNG_TOLD:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
    raise _BrokenError


def _webp(content: bytes) -> Iterator[bytes]:
    parts: list[bytes] = []
    at, end = 12, 8 + struct.unpack_from("<I", content, 4)[0]
    if content[8:12] != b"WEBP" or end > len(content):
        raise _BrokenError
    while at < end:
        name, size = struct.unpack_from("<4sI", content, at)
        after = at + 8 + size + size % 2
        if after > end + 1 or len(parts) > _LONGEST:  # some leave out the last byte that only fills
            raise _BrokenError
        if name == b"VP8X":
            flags = content[at + 8] & ~sum(_WEBP_TOLD.values())
            parts.append(content[at : at + 8] + bytes([flags]) + content[at + 9 : after])
        elif name not in _WEBP_TOLD:
            parts.append(content[at:after].ljust(after - at, b"\0"))
        at = after
    yield b"RIFF" + struct.pack("<I", 4 + sum(map(len, parts))) + b"WEBP"
    yield from parts


_STRIPPERS: Mapping[FileType, Callable[[bytes], Iterator[bytes]]] = {
    FileType.JPEG: _jpeg,
    FileType.PNG: _png,
    FileType.WEBP: _webp,
}
