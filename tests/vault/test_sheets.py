"""Two sheets open together, one tells nothing, and a slip of the pen is noticed."""

import os

import pytest

from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.sheets import join, read_sheet, split, write_sheet

PRIVATE = os.urandom(32)


def test_two_shares_make_the_key_and_each_alone_is_random():
    first, second = split(PRIVATE)

    assert join(first, second) == join(second, first) == PRIVATE
    assert len(first) == len(second) == 32
    assert PRIVATE not in {first, second}
    assert split(PRIVATE)[0] != first


@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_sheet_is_read_as_it_was_written_however_it_is_typed(letter):
    share = os.urandom(32)
    sheet = write_sheet(share, letter)

    assert read_sheet(sheet) == (letter, share)
    assert read_sheet(sheet.lower().replace(" ", "-")) == (letter, share)
    assert read_sheet(sheet[0] + sheet[1:].replace("O", "0").replace("I", "1").replace("B", "8")) == (letter, share)
    assert sheet.startswith(f"{letter} ")
    assert {len(group) for group in sheet.split()[1:]} == {4}


def test_every_wrong_sign_is_noticed():
    sheet = write_sheet(bytes(range(32)), "A")
    for place, sign in enumerate(sheet):
        if sign == " " or place == 0:
            continue
        wrong = "C" if sign != "C" else "D"
        with pytest.raises(WrongSecretError):
            read_sheet(sheet[:place] + wrong + sheet[place + 1 :])


@pytest.mark.parametrize(
    "change", [lambda s: "C" + s[1:], lambda s: "B" + s[1:], lambda s: s[:-1], lambda s: s + "AAAA", lambda _: ""]
)
def test_another_letter_too_few_and_too_many_signs_are_no_sheet(change):
    with pytest.raises(WrongSecretError):
        read_sheet(change(write_sheet(bytes(32), "A")))
