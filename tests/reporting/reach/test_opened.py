"""The door is shown exactly by calendar years, and in fives under any other filter."""

import uuid
from datetime import date

from tragnetz.reporting.reach.cells import Place, Wanted
from tragnetz.reporting.reach.door import Tallies
from tragnetz.reporting.reach.opened import entrance_of
from tragnetz.reporting.statistics import FILTERED, PUBLISHED, WHOLE

OWN, WANNE = uuid.UUID(int=1), uuid.UUID(int=2)
LIMIT = 480


def asked(year, number, *, urgent=0, channel="phone", locality=WANNE):
    numbers = {
        "enquiries": number, "information": number, "urgent": urgent, "talks": number, "interpreted": 0,
        f"channel:{channel}": number, "language:de": number, f"locality:{locality}": number,
        f"within:{LIMIT}": number, f"above:{LIMIT}": 1,
    }  # fmt: skip
    return Tallies(Place(date(year, 5, 1), OWN, WANNE, "debt"), numbers)


def opened(tallies, *, year=None, grain=WHOLE, first=date(2026, 1, 1)):
    return entrance_of(tallies, Wanted(first, date(2026, 12, 1), year=year), LIMIT, grain)


TALLIES = [asked(2025, 40, urgent=9), asked(2026, 20, urgent=2), asked(2026, 12, channel="web")]


def test_all_years_and_one_year_come_from_one_table():
    whole, year = opened(TALLIES).cards(), opened(TALLIES, year=2025).cards()

    assert (whole["enquiries"], year["enquiries"], year["talks"]) == (72, 40, 40)
    # 2 in 2026 are hidden: so is what was urgent before, for the sum would tell.
    assert opened(TALLIES, year=2026).cards()["urgent"] is None
    assert None in (whole["urgent"], year["urgent"])
    assert opened(TALLIES, year=2026).channels() == {"phone": 20, "web": 12}
    assert opened(TALLIES, year=2025).channels() == {"phone": 40}
    assert opened(TALLIES).localities([WANNE, OWN]) == {WANNE: 72, OWN: 0}


def test_projects_whose_times_differ_by_a_month_tell_nothing_of_it():
    assert opened(TALLIES).cards() == opened(TALLIES, first=date(2026, 5, 1)).cards()


def test_other_filters_are_in_fives():
    found = opened(TALLIES, grain=FILTERED)
    assert (found.cards()["enquiries"], found.cards()["urgent"], found.cards()["interpreted"]) == (30, None, None)
    assert found.channels() == {"phone": 20, "web": 10}
    assert found.localities([OWN]) == {OWN: None}


def test_nobody_at_the_door_is_nobody():
    found = opened([], grain=PUBLISHED)
    assert set(found.cards().values()) == {0}
    assert (found.channels(), found.localities([WANNE])) == ({}, {WANNE: 0})
