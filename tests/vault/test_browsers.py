"""What one browser alone can open: its cookie names the row and holds the key."""

import uuid

import pytest

from tragnetz.vault.browsers import bind, parts_of, unbind


def test_a_cookie_opens_its_row_alone():
    row, other = uuid.uuid4(), uuid.uuid4()
    sealed, cookie = bind(row, b"secret")
    named, key = parts_of(cookie)

    assert named == row
    assert len(key) == 32
    assert b"secret" not in sealed
    assert unbind(row, sealed, key) == unbind(row, memoryview(sealed), key) == b"secret"
    assert unbind(other, sealed, key) is None
    assert unbind(row, sealed, bind(row, b"")[1].encode()[:32]) is None
    assert unbind(row, sealed, b"short") is None


@pytest.mark.parametrize("cookie", ["", ".", "x.y", f"{uuid.UUID(int=7).hex}.A", "\x00", "a" * 5000])
def test_what_is_no_cookie_of_ours_opens_nothing(cookie):
    assert parts_of(cookie) is None
