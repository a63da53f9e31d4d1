"""A photo keeps its picture and its turn, and loses where and when it was taken."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.files.samples import PNG, TAKEN
from tragnetz.casework.enums import FileType
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.photos import without_traces

PLACE = b"GPS 51.53N 7.21E Frauenhaus"
TABLE = b"\xff\xdb\x00\x04\x00\x01"
SCAN = b"\xff\xda\x00\x04\x00\x01" + b"\x11\xff\x00\x22\xff\xd0\x33"
COLOURS = b"ICC_PROFILE\x00\x01\x01profile"


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turn: int, order: str = "<") -> bytes:
    """Exif data with a turn and a place."""
    mark = b"II\x2a\x00" if order == "<" else b"MM\x00\x2a"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 38)
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + PLACE


def jpeg(*segments: bytes, scans: bytes = SCAN, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(segments) + TABLE + scans + b"\xff\xd9" + after


def turn_of(content: bytes) -> int:
    """How a photo is turned, read as a viewer does."""
    at = content.find(b"Exif\x00\x00")
    return struct.unpack_from(">H", content, at + 6 + 8 + 2 + 8)[0] if at >= 0 else 1


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_a_photo_loses_its_place_and_keeps_its_turn(turn, order):
    found = without_traces(FileType.JPEG, jpeg(segment(0xE1, exif(turn, order)), segment(0xE2, COLOURS)))

    assert PLACE not in found
    assert turn_of(found) == turn
    assert found.endswith(segment(0xE2, COLOURS) + TABLE + SCAN + b"\xff\xd9")


def test_what_programs_noted_and_what_lies_behind_the_picture_goes():
    noted = [segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE), segment(0xED, PLACE), segment(0xFE, PLACE),
             segment(0xE2, b"MPF\x00" + PLACE)]  # fmt: skip
    plain = jpeg(segment(0xE0, b"JFIF\x00" + bytes(9)), scans=SCAN + TABLE + SCAN)

    found = without_traces(FileType.JPEG, jpeg(segment(0xE0, b"JFIF\x00" + bytes(9)), *noted, scans=SCAN + TABLE + SCAN,
                                               after=b"ftypmp42" + PLACE))  # fmt: skip

    assert found == plain


def test_a_png_loses_its_texts_and_still_opens():
    chunk = lambda name: struct.pack(">I", len(PLACE)) + name + PLACE + struct.pack(">I", zlib.crc32(name + PLACE))  # noqa: E731
    head = 8 + 25
    told = PNG[:head] + b"".join(chunk(name) for name in (b"eXIf", b"tEXt", b"iTXt", b"tIME")) + PNG[head:] + PLACE

    assert without_traces(FileType.PNG, told) == PNG


def test_a_webp_loses_its_places_and_says_so_in_its_head():
    extended = b"VP8X" + struct.pack("<I", 10) + bytes([0x2C]) + bytes(9)
    picture = b"VP8 " + struct.pack("<I", 3) + b"abc\x00"
    told = b"EXIF" + struct.pack("<I", len(PLACE)) + PLACE + bytes(len(PLACE) % 2)
    whole = b"WEBP" + extended + picture + told

    found = without_traces(FileType.WEBP, b"RIFF" + struct.pack("<I", len(whole)) + whole)

    assert (
        found == b"RIFF" + struct.pack("<I", 4 + 18 + 12) + b"WEBP" + extended[:8] + bytes([0x20]) + bytes(9) + picture
    )


@pytest.mark.parametrize("ending", TAKEN)
def test_any_other_file_stays_as_it_is(ending):
    assert without_traces(FileType(ending), TAKEN[ending]) == TAKEN[ending]


@pytest.mark.parametrize("cut", [30, 60, 90])
def test_a_photo_that_is_cut_is_refused_with_its_place(cut):
    whole = jpeg(segment(0xE1, exif(6)))
    assert PLACE in whole

    with pytest.raises(CaseworkError, match="beschädigt"):
        without_traces(FileType.JPEG, whole[:cut])


@given(kind=st.sampled_from([FileType.JPEG, FileType.PNG, FileType.WEBP]), data=st.data())
def test_whatever_comes_is_answered_and_nothing_is_taken_twice(kind, data):
    whole = {FileType.JPEG: jpeg(segment(0xE1, exif(6))), FileType.PNG: PNG, FileType.WEBP: TAKEN["webp"]}[kind]
    cut = data.draw(st.integers(0, len(whole)))
    content = whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut:]

    try:
        found = without_traces(kind, content)
    except CaseworkError:
        return  # what is broken is refused

    assert len(found) <= len(content) + 36
    assert without_traces(kind, found) == found
