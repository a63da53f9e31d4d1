"""The door is shown in fives, whatever is looked at."""

import uuid
from datetime import date

from tragnetz.reporting.reach.cells import Place, Wanted
from tragnetz.reporting.reach.door import Tallies
from tragnetz.reporting.reach.opened import entrance_of

OWN, WANNE = uuid.UUID(int=1), uuid.UUID(int=2)
LIMIT = 480


def asked(year, number, *, urgent=0, channel="phone", locality=WANNE):
    numbers = {
        "enquiries": number, "information": number, "urgent": urgent, "talks": number, "interpreted": 0,
        f"channel:{channel}": number, "language:de": number, f"locality:{locality}": number,
        f"within:{LIMIT}": number, f"above:{LIMIT}": 1,
    }  # fmt: skip
    return Tallies(Place(date(year, 5, 1), OWN, WANNE, "debt"), numbers)


def opened(tallies, *, year=2026):
    return entrance_of(tallies, Wanted(date(year, 1, 1), date(2026, 12, 1)), LIMIT)


TALLIES = [asked(2025, 40, urgent=9), asked(2026, 20, urgent=2), asked(2026, 12, channel="web")]


def test_single_numbers_are_full_fives_and_none_is_below():
    found = opened(TALLIES).cards()
    assert (found["enquiries"], found["urgent"], found["interpreted"], found["above"]) == (30, None, None, None)
    assert opened(TALLIES, year=2025).cards()["enquiries"] == 70


def test_parts_add_up_and_what_is_too_few_is_left_out():
    found = opened([*TALLIES, asked(2026, 2, channel="mail")])
    assert found.channels() == {"phone": 20, "web": 10}
    assert sum(found.channels().values()) == found.cards()["enquiries"]
    assert found.languages() == {"de": 30}
    assert found.localities([OWN, WANNE]) == {OWN: None, WANNE: 30}


def test_nobody_at_the_door_is_not_told_apart_from_few():
    found = opened([])
    assert set(found.cards().values()) == {None}
    assert (found.channels(), found.localities([WANNE])) == ({}, {WANNE: None})
