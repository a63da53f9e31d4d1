"""Figures counted by the database are those counted by hand."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import make_case
from tests.reporting.conftest import make_programme, take_in
from tests.reporting.snapshots.conftest import FIRST, LAST, invented
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import CaseContact
from tragnetz.reporting.exports.tables import tables_of
from tragnetz.reporting.lines.derive import in_base
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import answer, leave
from tragnetz.reporting.participation.programmes import indicators_of, line_of, terms_of
from tragnetz.reporting.snapshots.report import GENDERS, Cell, checks_of, report_of
from tragnetz.reporting.snapshots.rows import live

pytestmark = pytest.mark.django_db


def counted_slowly(programme, first, last):
    """Count as the rules are written, one participation after the other."""
    rows = [
        _Row(row, first, last) for row in Participation.objects.filter(programme=programme) if row.entered_on <= last
    ]
    cells = Counter()
    cells[Cell("ever", "persons", "", 0)] = sum(row.row.is_countable for row in rows)
    for row in rows:
        for cell in row.cells(indicators_of(line_of(programme), terms_of(programme))):
            cells[cell] += 1
    for family in {row.row.family for row in rows}:
        of_family = [row for row in rows if row.row.family == family]
        entries = [(row.row.entered_on, -row.row.children) for row in of_family if row.row.is_countable]
        since, children = min(entries, default=(None, 0))
        if since is not None:
            cells[Cell("ever", "households", "", 0)] += 1
            cells[Cell("ever", "families", "", 0)] += children < 0
        if since is not None and since >= first:
            cells[Cell("households", "", "", since.year)] += 1
            cells[Cell("families", "", "", since.year)] += children < 0
            cells[Cell("children", "", "", since.year)] -= children
        begun, ended = min(one.row.entered_on for one in of_family), max(one.until for one in of_family)
        for talk in CaseContact.objects.filter(case=of_family[0].row.case).exclude(kind="alone"):
            if max(begun, first) <= talk.held_on <= ended:
                cells[Cell("contacts", "", "", 0)] += 1
                cells[Cell("minutes", "", "", 0)] += talk.minutes
    return cells


class _Row:
    """A participation as it was known at the end of a period."""

    def __init__(self, row, first, last):
        self.row, self.first, self.last = row, first, last
        moments = {one.moment: one for one in row.moments.all()}
        self.has_left = row.left_on is not None and row.left_on <= last
        self.until = row.left_on if self.has_left else last
        self.told_on = {name: one.answered_on for name, one in moments.items() if name != "entry" and self.has_left}
        self.told = {"entry"} | {name for name, day in self.told_on.items() if day <= last}
        self.answers = {name: one.answers for name, one in moments.items()}

    def cells(self, indicators):
        row = self.row
        if row.entered_on >= self.first:
            yield Cell("persons" if row.is_countable else "incomplete", "", row.gender, row.entered_on.year)
        if self.has_left and row.left_on >= self.first:
            yield Cell("left", row.leaving, row.gender, row.left_on.year)
            if "exit" in self.told and (self.told_on["exit"] - row.left_on).days > 28:
                yield Cell("late", "", row.gender, row.left_on.year)
            if "exit" not in self.told and (self.last - row.left_on).days > 28:
                yield Cell("untold", "", row.gender, row.left_on.year)
        for one in indicators if row.is_countable else ():
            yield from self.of_indicator(one)

    def of_indicator(self, one):
        moment = {"output": "entry", "immediate": "exit", "longer": "six_months"}[one.kind]
        day = self.row.entered_on if one.kind == "output" else self.row.left_on if self.has_left else None
        if day is None or day < self.first:
            return
        if one.code in self.row.codes and moment in self.told:
            yield Cell("code", one.code, self.row.gender, day.year)
        if one.kind != "output" and in_base(one, self.answers):
            yield Cell("base", one.code, self.row.gender, day.year)
            if moment in self.told:
                yield Cell("told", one.code, self.row.gender, day.year)


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, LAST), (date(2027, 1, 1), date(2027, 12, 31)), (date(2026, 3, 1), date(2026, 8, 31))],
)
def test_figures_are_those_of_a_slow_path(owner, programme, first, last):
    invented(owner, programme, 40)
    for number, row in enumerate(Participation.objects.order_by("pk")):  # some alone, some with more children later
        row.children = number % 3
        row.save()
    found = report_of(live(programme, first, last))

    assert found.cells == counted_slowly(programme, first, last)
    assert found.of("households") > found.of("families") > 0
    assert found.of("persons") > 0
    assert [check.text for check in checks_of(found) if not check.is_kept] == []


def test_a_total_that_does_not_add_up_is_told(owner, programme):
    invented(owner, programme, 4)
    row = Participation.objects.filter(is_countable=True).first()
    Participation.objects.filter(pk=row.pk).update(codes=[one for one in row.codes if one != "EECO01"])
    broken = [check.text for check in checks_of(report_of(live(programme, FIRST, LAST))) if not check.is_kept]
    assert any("EECO01 = EECO02" in text for text in broken)


@pytest.mark.parametrize(
    ("line", "gone", "more", "told"),
    [
        ("esf-2014", "CO01", "", "vollständige Teilnahmen = CO01 + CO03 + CO05"),
        ("esf-plus", "", "EECO06", "EECO01 = EECO06 + EECO07 + EECO08 + 30 bis 54 Jahre"),
        ("esf-2014", "", "CO06", "vollständige Teilnahmen = CO06 + CO07 + 25 bis 54 Jahre"),
    ],
)
def test_totals_of_each_line_are_checked(network, owner, line, gone, more, told):
    programme = make_programme(network, "bqb", line=line)
    row = take_in(owner, make_case(owner), programme, age=60)
    assert [check.text for check in checks_of(report_of(live(programme, FIRST, LAST))) if not check.is_kept] == []

    codes = [one for one in row.codes if one != gone] + ([more] if more else [])
    Participation.objects.filter(pk=row.pk).update(codes=codes)
    broken = [check.text for check in checks_of(report_of(live(programme, FIRST, LAST))) if not check.is_kept]

    assert broken == [f"{told}, in jedem Jahr und für jedes Geschlecht"]


def test_what_happened_after_the_cut_off_day_is_not_counted(owner, case, programme):
    row = take_in(owner, case, programme)
    leave(actor=owner, participation=row, left_on=date(2026, 6, 1), leaving="early_job")
    answer(actor=owner, participation=row, moment="exit", told={"exit_employment": "yes"}, told_on=date(2026, 6, 9))

    def reached(last):
        found = report_of(live(programme, FIRST, last))
        return found.of("code", "EECR04"), found.of("base", "EECR04"), found.of("told", "EECR04")

    assert reached(date(2026, 5, 31)) == (0, 0, 0)
    assert reached(date(2026, 6, 8)) == (0, 1, 0)
    assert reached(date(2026, 6, 9)) == (1, 1, 1)


def test_who_entered_out_of_the_time_of_the_project_counts_for_nothing_and_is_told(owner, programme):
    cases = [make_case(owner) for _ in range(3)]
    for case, entered_on in zip(cases, (date(2026, 3, 1), date(2026, 6, 1), date(2026, 10, 1)), strict=True):
        take_in(owner, case, programme, entered_on=entered_on)
        CaseContact.objects.create(
            network=owner.network, case=case, compartment=compartment_of(case), author_id=owner.membership_id,
            kind="phone", held_on=date(2026, 10, 2), minutes=20, idempotency_key=case.pk.hex,
        )  # fmt: skip
    programme.starts, programme.ends = date(2026, 4, 1), date(2026, 9, 30)  # another term than when they entered
    programme.save()
    found = report_of(live(programme, date(2026, 1, 1), date(2026, 12, 31)))

    assert found.of("persons") == found.of("households") == found.of("ever", "persons") == found.of("contacts") == 1
    assert [check.text for check in checks_of(found) if not check.is_kept] == [
        "2 Eintritte liegen nicht in der Zeit des Projekts und zählen nicht, bis ihr Tag berichtigt ist"
    ]


def test_a_family_is_one_with_all_its_children_once(owner, programme):
    case = make_case(owner, ("Rosa Linde", "self", 1988), ("Otto Linde", "partner", 1985), ("Ida Linde", "child", 2019))
    take_in(owner, case, programme)
    take_in(owner, case, programme, person=case.household.people.get(relation="partner"), gender="m")
    found = report_of(live(programme, FIRST, LAST))
    counted = [found.of(measure) for measure in ("persons", "households", "families", "children")]
    assert counted == [2, 1, 1, 1]
    assert [found.of("persons", gender=one) for one in GENDERS] == [1, 1, 0]


def test_a_report_is_the_same_queries_however_many_take_part(owner, programme):
    invented(owner, programme, 3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        report_of(live(programme, FIRST, LAST))
    invented(owner, programme, 6)
    with CaptureQueriesContext(connection) as many:
        report_of(live(programme, FIRST, LAST))
    assert len(few) == len(many) < 6


def test_who_lives_alone_is_a_household_and_no_family(owner, case, programme):
    take_in(owner, case, programme)
    found = report_of(live(programme, FIRST, LAST))
    assert [found.of(measure) for measure in ("households", "families", "children")] == [1, 0, 0]


def test_what_was_to_be_reached_stands_beside_what_was(network, owner):
    make_programme(network, "gut", line="esf-2014")
    target = {"total": 1300, "families": 10, "shared_with": ["gut"]}
    programme = make_programme(network, "bqb", target=target, terms={"yearly": {2026: {"total": 365}}})
    family = make_case(owner, ("Rosa Linde", "self", 1988), ("Ida Linde", "child", 2019))
    take_in(owner, family, programme)
    take_in(owner, make_case(owner, name="Kim Ulm"), programme, entered_on=date(2026, 7, 1))
    report = report_of(live(programme, date(2026, 6, 1), date(2026, 12, 31)))
    goals, reached = tables_of(report)[:2]

    assert [(row.name, row.numbers) for row in goals.rows] == [("Haushalte", (1300, 365, 2)), ("Familien", (10, 3, 1))]
    assert "für dieses Projekt und Gut zusammen" in goals.note
    assert reached.rows[1].numbers == (1,)  # in the period alone
    without = tables_of(report_of(live(make_programme(network, "solo"), FIRST, LAST)))
    assert without[0].title == "Erreicht"
