"""A few faults in the demo's participations, so that each finding can be seen: what a real team forgets, too."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from tragnetz.demo.answers import Told
from tragnetz.reporting.enums import Check, Moment
from tragnetz.reporting.models import Participation

if TYPE_CHECKING:
    from tragnetz.demo.participations import Makes


PAIRS, UNFINISHED = 6, 41  # pairs of the same person; one of so many entries is not finished
EACH = 2  # people with each of the flaws


def spoil(makes: "Makes") -> None:
    """Put each flaw into a few of those whose case is there, of each project, and some unfinished entries."""
    for programme in makes.frames:
        rows = [row for row in makes.rows if row.programme_id == programme and row.person_id]
        _flaw_entries(makes, rows)
        for row in rows[3::UNFINISHED]:
            for key in ("vocational", "isced", "school") if row.left_on is None else ("gender",):
                makes.told[row.pk].entry.pop(key, None)
    _same_people(makes)


def _flaw_entries(makes: "Makes", rows: list[Participation]) -> None:
    # Only on those whose entry is complete; the last rows have come last, these are from the middle.
    free = iter(rows[len(rows) // 3 :])
    for fits, flaw in FLAWS.values():
        found = (row for row in free if fits(makes.told[row.pk]))
        for _ in range(EACH):
            row = next(found, None)
            if row is not None:
                flaw(row, makes.told[row.pk])


def _same_people(makes: "Makes") -> None:
    """Let some people of a like name be one person, who came to two places."""
    for one, other in list(_namesakes(makes))[:PAIRS]:
        born = makes.born[one.pk]
        year = other.person.birth_year if other.person else None
        makes.born[one.pk] = makes.born[other.pk] = date(year or born.year, born.month, born.day)


def _namesakes(makes: "Makes") -> Iterator[tuple[Participation, Participation]]:
    """Yield pairs of one project and of the same name, of two households: in a city many bear the same."""
    rows = sorted(
        (row for row in makes.rows if row.pk in makes.born),
        key=lambda row: (str(row.programme_id), makes.names[row.pk], row.entered_on),
    )
    for one, other in pairwise(rows):
        same = makes.names[one.pk] == makes.names[other.pk] and one.programme_id == other.programme_id
        if same and one.household_id != other.household_id:
            yield one, other


def _too_late(row: Participation, _told: Told) -> None:
    row.entered_on = row.programme.starts - timedelta(days=5)


def _set(**answers: str | int) -> Callable[[Participation, Told], None]:
    def flaw(_row: Participation, told: Told) -> None:
        told.entry.update(answers)

    return flaw


def _result(moment: Moment, key: str) -> Callable[[Participation, Told], None]:
    def flaw(row: Participation, told: Told) -> None:
        told.moments.setdefault(moment, {})[key] = "yes"
        told.days.setdefault(moment, row.left_on or row.entered_on)

    return flaw


def _any(_told: Told) -> bool:
    return True


def _unlearned(told: Told) -> bool:
    return told.entry["vocational"] == "none"


def _left(told: Told) -> bool:
    return Moment.EXIT in told.moments


def _working(told: Told) -> bool:
    return _left(told) and told.entry["employment"] == "employed"


def _jobless(told: Told) -> bool:
    return _left(told) and told.entry["employment"] == "unemployed"


def _asks_origin(told: Told) -> bool:
    return "third_country" in told.asked


FLAWS: Mapping[Check, tuple[Callable[[Told], bool], Callable[[Participation, Told], None]]] = {
    Check.TERM: (_any, _too_late),
    Check.WORK: (_any, _set(employment="unknown")),
    Check.MONTHS: (_working, _set(unemployed_months=14)),
    Check.AGE: (_any, _set(age=71)),
    Check.EDUCATION: (_unlearned, _set(isced="high")),
    Check.YOUNG_DEGREE: (_any, _set(age=17, vocational="degree", isced="high")),
    Check.JOB_SEARCH: (_working, _result(Moment.EXIT, "exit_job_search")),
    Check.JOB: (_working, _result(Moment.EXIT, "exit_employment")),
    Check.BETTER_JOB: (_jobless, _result(Moment.SIX_MONTHS, "later_improved")),
    Check.BACKGROUND: (_asks_origin, _set(third_country="yes", foreign_background="no")),
}
