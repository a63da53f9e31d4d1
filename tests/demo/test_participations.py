"""The demo's projects run in its three years, and people take part in them."""

import random
from datetime import date

import pytest

from tests.personas import CITIES_FOLDER
from tragnetz.city.read import read_folder
from tragnetz.core.clock import today
from tragnetz.core.ids import new_id
from tragnetz.core.months import months_later
from tragnetz.demo.answers import Told, entry_of
from tragnetz.demo.flaws import FLAWS
from tragnetz.demo.history import load_history
from tragnetz.demo.participations import load_participations, read_texts
from tragnetz.demo.projects import move_programmes
from tragnetz.network.models import Membership, Programme
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.derive import open_questions
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import frame_of
from tragnetz.reporting.participation.rules import Record, due, faults

WHO = {"gender": "w", "age": 38, "language": "uk", "employment": "employed", "children": 2}
HOUSEHOLDS = 60


@pytest.fixture
def demo(herne):
    found = read_folder(CITIES_FOLDER / "herne").demo.model_copy(update={"households": HOUSEHOLDS})
    counsellors = list(Membership.objects.filter(roles__contains=["counsellor"]).select_related("organisation"))
    load_history(herne, found, counsellors, today(herne.zone), lambda _done, _total: None)
    load_participations(herne, found, today(herne.zone))
    return found


def test_projects_that_are_over_run_in_the_time_of_the_history(herne):
    day, row = today(herne.zone), Programme.objects.get(key="bqb-sued")

    assert months_later(row.starts, 33) == day.replace(day=1)
    assert 1 <= (row.ends - day).days / 30.4 <= 3
    assert row.note["de"].startswith("In der Demo verschoben; wirklich 2020 bis 2022.")
    assert Programme.objects.get(key="filou").starts == date(2023, 9, 1)
    aims = [row.terms["yearly"][year]["total"] for year in sorted(row.terms["yearly"])]
    assert aims == sorted(aims)
    assert aims[-1] == 1300


def test_no_project_is_moved_outside_of_a_demo(herne):
    herne.is_demo, row = False, Programme.objects.get(key="gut")
    Programme.objects.filter(pk=row.pk).update(starts=date(2020, 1, 1), ends=date(2022, 12, 31))

    move_programmes(herne, read_folder(CITIES_FOLDER / "herne").demo, today(herne.zone))
    assert Programme.objects.get(pk=row.pk).starts == date(2020, 1, 1)


def test_as_many_take_part_as_the_projects_have_reached_by_now(herne, demo):
    rows = Participation.objects.select_related("programme", "case", "person").prefetch_related("moments")
    wanted = {one.id: round(one.reached * HOUSEHOLDS) for one in demo.programmes if one.started_months_ago}

    assert {key: rows.filter(programme__key=key).count() for key in wanted} == wanted
    assert rows.exclude(case=None).exists()
    for row in rows:
        told = {one.moment: one.answers for one in row.moments.all()}
        missing = [one for one in open_questions(frame_of(row.programme).questions, told) if one.part == 1]
        assert row.is_countable == (not [one for one in missing if one.moment == Moment.ENTRY])
        assert row.left_on is None or row.left_on <= today(herne.zone)


@pytest.mark.parametrize("check", list(FLAWS))
def test_each_flaw_is_found_by_its_check(herne, check):
    programme = Programme.objects.get(key="filou")
    frame, (fits, flaw) = frame_of(programme), FLAWS[check]
    asked = {one.key for one in frame.questions}
    for seed in range(60):
        who = WHO | {"employment": ["employed", "unemployed"][seed % 2]}
        entry = entry_of(random.Random(seed), read_texts(), who, asked)  # noqa: S311 -- believable, no secret
        row = Participation(pk=new_id(), programme=programme, entered_on=date(2025, 3, 1), left_on=date(2025, 9, 1))
        told = Told(
            asked, entry, row.entered_on, {Moment.EXIT: {"exit_qualification": "no"}}, {Moment.EXIT: row.left_on}
        )
        if fits(told):
            break
    assert check not in _found(row, told, frame)

    flaw(row, told)
    assert check in _found(row, told, frame)


def _found(row, told, frame):
    record = Record(row.entered_on, row.left_on, told.moments, told.days, row.entered_on.year - 38)
    return [*faults(record, frame), *due(record, frame, date(2025, 9, 2))]
