"""A sealed stream opens whole and unchanged, or not at all."""

import io
import os
import random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tragnetz.config.backup import container
from tragnetz.config.backup.container import CHUNK, TAG, Opener, Sealer, read_head, write_head
from tragnetz.config.backup.entries import LONGEST, Entry, read_entries, write_end
from tragnetz.config.backup.errors import DamagedError

KEY, LOCK = bytes(range(32)), b"R" + bytes(96)


def _sealed(content: bytes, lock: bytes = LOCK, piece: int = 100_000) -> bytes:
    raw = io.BytesIO()
    sealer = Sealer(raw, KEY, write_head(raw, lock))
    for start in range(0, len(content), piece):
        sealer.write(content[start : start + piece])
    sealer.close()
    return raw.getvalue()


def _opened(sealed: bytes, size: int) -> bytes:
    raw = io.BytesIO(sealed)
    _lock, bound = read_head(raw)
    opener = Opener(raw, KEY, bound)
    content = opener.read(size)
    opener.end()
    return content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_a_stream_of_any_length_opens_as_it_was(size):
    content = os.urandom(size)

    assert _opened(_sealed(content), size) == content


def test_the_head_tells_its_lock():
    assert read_head(io.BytesIO(_sealed(b"x")))[0] == LOCK


def test_no_clear_text_shows():
    assert b"Geheimnis" not in _sealed(b"Geheimnis" * 1000)


CONTENT = random.Random(1).randbytes(4 * CHUNK + 1000)  # noqa: S311 -- only to be the same each time
SEALED = _sealed(CONTENT)
HEAD = len(SEALED) - len(CONTENT) - 5 * TAG


def _frames() -> list[bytes]:
    return [SEALED[start : start + CHUNK + TAG] for start in range(HEAD, len(SEALED), CHUNK + TAG)]


def _flips(number: int) -> list[bytes]:
    chosen = random.Random(2)  # noqa: S311 -- as above
    found = []
    for place in [*range(0, HEAD, 3), *(chosen.randrange(HEAD, len(SEALED)) for _ in range(number))]:
        changed = bytearray(SEALED)
        changed[place] ^= 1 << chosen.randrange(8)
        found.append(bytes(changed))
    return found


def _cuts() -> list[bytes]:
    chosen = random.Random(3)  # noqa: S311 -- as above
    at_borders = [HEAD + number * (CHUNK + TAG) for number in range(5)]
    return [SEALED[:place] for place in [*at_borders, 0, 10, HEAD - 1, *chosen.choices(range(len(SEALED)), k=30)]]


def _other_orders() -> list[bytes]:
    head, frames = SEALED[:HEAD], _frames()
    orders = [[1, 0, 2, 3, 4], [0, 2, 1, 3, 4], [0, 1, 2, 4, 3], [0, 1, 3, 4], [1, 2, 3, 4], [0, 0, 1, 2, 3, 4],
              [0, 1, 2, 3, 4, 4], [4], [0, 4], [4, 3, 2, 1, 0]]  # fmt: skip
    return [head + b"".join(frames[number] for number in order) for order in orders]


def _longer() -> list[bytes]:
    return [SEALED + more for more in (b"\0", b"\0" * (CHUNK + TAG), os.urandom(100), SEALED, _frames()[0])]


def test_two_hundred_changed_files_are_all_refused():
    other = _sealed(CONTENT[::-1], lock=LOCK[::-1])
    mixed = [SEALED[:HEAD] + other[HEAD:], other[:HEAD] + SEALED[HEAD:], SEALED[:-TAG] + other[-TAG:]]
    changed = [*_flips(120), *_cuts(), *_other_orders(), *_longer(), *mixed]
    assert _opened(SEALED, len(CONTENT)) == CONTENT  # unchanged it opens

    opened = [number for number, sealed in enumerate(changed) if _opens(sealed)]

    assert len(changed) >= 200
    assert opened == []


def _opens(sealed: bytes) -> bool:
    try:
        _opened(sealed, len(CONTENT))
    except DamagedError:
        return False
    return True


def test_another_head_with_the_same_key_does_not_fit():
    raw = io.BytesIO()
    write_head(raw, LOCK[:-1] + b"\1")

    assert not _opens(raw.getvalue() + SEALED[HEAD:])


def test_a_newer_format_says_so(monkeypatch):
    monkeypatch.setattr(container, "FORMAT", 2)
    raw = io.BytesIO(_sealed(b"x"))
    monkeypatch.undo()

    with pytest.raises(DamagedError, match="Use a newer version"):
        read_head(raw)


def test_more_is_asked_for_than_there_is():
    with pytest.raises(DamagedError, match="ends before"):
        _opened(_sealed(b"short"), 6)


def test_less_is_asked_for_than_there_is():
    with pytest.raises(DamagedError, match="goes on"):
        _opened(_sealed(b"long enough"), 3)


@hypothesis_settings(max_examples=60)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.lists(st.binary(max_size=300), max_size=5)), max_size=5))
def test_entries_come_out_as_they_went_in(given_entries):
    sink = io.BytesIO()
    for name, parts in given_entries:
        with Entry(sink, name) as entry:
            for part in parts:
                entry.write(part)
    write_end(sink)

    found = [(name, b"".join(content)) for name, content in read_entries(io.BytesIO(sink.getvalue()))]

    assert found == [(name, b"".join(parts)) for name, parts in given_entries]


def test_an_entry_that_nobody_reads_is_read_over():
    sink = io.BytesIO()
    for name in ("a", "b"):
        with Entry(sink, name) as entry:
            entry.write(os.urandom(300_000))
    write_end(sink)

    assert [name for name, _content in read_entries(io.BytesIO(sink.getvalue()))] == ["a", "b"]


@pytest.mark.parametrize(
    "packed",
    [
        b"\0\1\xff",  # no name
        b"\0\1a" + (LONGEST + 1).to_bytes(4),  # an absurd length
        b"\0\1a" + (4).to_bytes(4) + b"junk",  # nothing squeezed
        b"\0\1a" + bytes(4) + bytes(2),  # no end of what was squeezed
    ],
)
def test_entries_that_make_no_sense_are_refused(packed):
    with pytest.raises(DamagedError, match="makes no sense"):
        list(read_entries(io.BytesIO(packed + bytes(100))))
