"""Figures of reach, each beside what plain Python counts of the same rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor
from tests.reporting.conftest import make_case, make_programme, take_in
from tests.reporting.figures import counted_slowly, enter_many
from tragnetz.network.models import District
from tragnetz.reporting.groups import groups_of
from tragnetz.reporting.lines.line import lines
from tragnetz.reporting.models import Participation
from tragnetz.reporting.reach.cells import Wanted, missing, sums, total
from tragnetz.reporting.reach.queries import cells_of

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 12, 31)


@pytest.fixture
def programmes(network):
    bqb = make_programme(network, "bqb", target={"total": 1300, "shared_with": ["gut"]})
    return [bqb, make_programme(network, "gut", line="esf-2014")]


@pytest.fixture
def rows(network, owner, programmes):
    return enter_many(owner, [make_actor(network, "beta", "counsellor", name="Fred")], programmes)


def test_the_sum_is_what_one_counts_by_hand(rows, programmes):
    found = total(cells_of(programmes, until=UNTIL))

    assert found == counted_slowly(rows)
    assert found.persons > found.households > found.families > 0 < found.incomplete
    assert found.elsewhere > 0


@pytest.mark.parametrize("field", ["organisation", "district", "topic"])
def test_parts_are_what_one_counts_by_hand_and_add_up(rows, programmes, field):
    cells = cells_of(programmes, until=UNTIL)
    parts = sums(cells, lambda cell: getattr(cell, field))

    suffix = "" if field == "topic" else "_id"
    assert parts == {key: counted_slowly(rows, **{field + suffix: key}) for key in parts}
    assert sum(parts.values(), start=total([])) == total(cells)


def test_months_and_filters_are_what_one_counts_by_hand(rows, programmes):
    district, organisation = District.objects.first().pk, rows[0].organisation_id
    wanted = Wanted(date(2026, 4, 1), date(2027, 2, 1), organisation, district, "debt")
    cells = cells_of(programmes, until=UNTIL)
    found = total(cell for cell in cells if wanted.takes(cell))

    slow = counted_slowly(
        rows, first=date(2026, 4, 1), last=date(2027, 2, 28), organisation_id=organisation, district_id=district,
        topic="debt",
    )  # fmt: skip
    assert found == slow
    assert found.people > 0


def test_a_day_before_counts_less(rows, programmes):
    day = date(2026, 7, 15)
    found = total(cells_of(programmes, until=day))

    assert found == counted_slowly([row for row in rows if row.entered_on <= day])


def test_it_takes_a_few_queries_however_many_take_part(network, owner, programmes, rows):
    with CaptureQueriesContext(
        connection,
    ) as few:
        cells_of(programmes, until=UNTIL)
    enter_many(owner, [], programmes, seed=2)
    with CaptureQueriesContext(connection) as many:
        cells_of(programmes, until=UNTIL)

    assert len(few) == len(many) == 4


def test_a_household_counts_once_in_projects_with_one_target(owner, programmes):
    case = make_case(owner, ("Rosa Linde", "self", 1988), ("Otto Linde", "partner", 1985), ("Kim", "child", 2018))
    otto = case.household.people.get(relation="partner")
    take_in(owner, case, programmes[0])
    take_in(owner, case, programmes[1], person=otto, entered_on=date(2026, 5, 1))
    other = make_programme(owner.network, "filou")
    take_in(owner, case, other)

    cells = cells_of(programmes, until=UNTIL)
    together = total(cells)
    alone = {row.key: total(one for one in cells if one.programme == row.pk) for row in programmes}
    assert [(one.households, one.elsewhere) for one in alone.values()] == [(1, 0), (0, 1)]
    assert (together.persons, together.households, together.families, together.children) == (2, 1, 1, 1)
    assert total(cells_of([other], until=UNTIL)).households == 1


def test_who_entered_outside_of_the_time_of_the_project_counts_for_nothing(owner, programme):
    inside, before, after = (
        take_in(owner, make_case(owner, name=f"{name} Ulm"), programme) for name in ("A", "B", "C")
    )
    for row, day in ((before, programme.starts - timedelta(days=1)), (after, programme.ends + timedelta(days=1))):
        Participation.objects.filter(pk=row.pk).update(entered_on=day)
    cells = cells_of([programme], until=programme.ends + timedelta(days=60))

    assert [(cell.month, cell.counts.persons, cell.counts.households) for cell in cells] == [
        (inside.entered_on.replace(day=1), 1, 1)
    ]


def test_projects_with_one_target_are_looked_at_together_and_alone(programmes):
    found = groups_of(programmes)

    assert [(one.key, one.target.total, one.whole is not None) for one in found] == [
        ("bqb.gut", 1300, False), ("bqb", None, True), ("gut", None, True),
    ]  # fmt: skip
    assert found[0].name == "Bqb und Gut"


def test_what_is_missing_is_named(owner, programme):
    take_in(owner, make_case(owner), programme, school=None)
    take_in(owner, make_case(owner, name="Kim Ulm"), programme, school=None, gender=None)
    take_in(owner, make_case(owner, name="Ali Ay"), programme)
    found = missing(cells_of([programme], until=UNTIL))

    texts = {one.key: one.text for one in lines()["esf-plus"].questions}
    assert found == {texts["school"]: 2, texts["gender"]: 1}
