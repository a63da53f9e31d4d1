"""What is missing, who may enter, and the same checks in the database as in Python."""

import json
from datetime import date, timedelta

import pytest

from tests.factories import make_actor
from tests.reporting.conftest import TOLD, make_case, make_programme, take_in
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import CaseContact
from tragnetz.core.ids import new_id
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.reporting.enums import Check
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import answer, leave
from tragnetz.reporting.participation.prefill import from_case
from tragnetz.reporting.participation.queries import (
    code_counts,
    due_conditions,
    minutes_of,
    offers_of,
    overview,
    pending,
    projects,
    shown,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
FITS = {"all": [{"fact": "children", "at_least": 1}, {"fact": "single_parent", "is": True}]}


def talk(case, day, minutes=60, kind="phone"):
    CaseContact(
        network=case.network, case=case, compartment=compartment_of(case), author=case.counsellor, kind=kind,
        held_on=day, minutes=minutes, participants=[], idempotency_key=new_id().hex,
    ).save()  # fmt: skip


@pytest.fixture
def team(network, owner, programme):
    """People in every state, with the days on which something is due."""
    rows = {}
    for name in ("fine", "open", "left", "told", "silent", "outside"):
        told = {"school": None} if name == "open" else {}
        rows[name] = take_in(owner, make_case(owner, name=f"{name.title()} Ulm"), programme, **told)
        talk(rows[name].case, date(2026, 3, 1) if name == "silent" else TODAY - timedelta(days=3))
    for name in ("left", "told"):
        leave(actor=owner, participation=rows[name], left_on=date(2026, 7, 1), leaving="regular")
    answer(
        actor=owner, participation=rows["told"], moment="exit", told={"exit_training": "no"}, told_on=date(2026, 7, 9)
    )
    Participation.objects.filter(pk=rows["outside"].pk).update(entered_on=date(2025, 12, 1))
    return rows


def test_checks_in_the_database_find_what_the_rules_find(team, programme):
    conditions = due_conditions([programme], TODAY)
    by_row = {one.row.pk: set(one.checks) for one in shown(Participation.objects.all(), TODAY)}

    for check, condition in conditions.items():
        found = set(Participation.objects.filter(condition).values_list("pk", flat=True))
        assert found == {pk for pk, checks in by_row.items() if check in checks}, check
    assert {check for checks in by_row.values() for check in checks} - {Check.AGE} == {
        Check.TERM, Check.RESULT_DUE, Check.ENTRY_DUE, Check.SILENT,
    }  # fmt: skip


def test_the_day_page_counts_what_is_missing_in_ones_own_cases(network, owner, team):
    found = pending(owner, TODAY, own=True)
    assert (found.entries, found.results, found.silent, found.twice, found.total) == (1, 1, 1, 0, 3)
    assert pending(make_actor(network, "alpha", "counsellor", name="Otto"), TODAY, own=True).total == 0


def test_six_months_after_the_exit_one_asks_once(owner, team):
    later = date(2027, 1, 1)
    assert pending(owner, later, own=True).later == 2
    answer(
        actor=owner, participation=team["told"], moment="six_months", told={"later_employment": "no_answer"},
        told_on=later,
    )  # fmt: skip
    assert pending(owner, later, own=True).later == 1
    assert pending(owner, date(2027, 4, 2), own=True).later == 0


def test_figures_of_a_project_are_the_same_counted_by_hand(team, programme):
    rows = list(Participation.objects.all())
    found = overview(programme, Participation.objects.all(), TODAY)
    counts, people = code_counts(programme, ["EECO01", "EECO02", "EECO05"])

    assert found.total == len(rows) == 6
    assert found.complete == people == sum(row.is_countable for row in rows) == 5
    assert found.running == sum(row.left_on is None for row in rows) == 4
    assert counts == {code: sum(code in row.codes for row in rows) for code in counts}
    ((project, line),) = projects(type(programme).objects.all(), Participation.objects.all())
    assert (project, line.total, line.complete, line.running) == (programme, 6, 5, 4)


def test_the_list_costs_the_same_however_many_take_part(owner, team, programme, django_assert_num_queries):
    for number in range(12):
        take_in(owner, make_case(owner, name=f"{number} Kern"), programme)
    with django_assert_num_queries(4):
        assert len(shown(Participation.objects.all(), TODAY)) == 18


def test_who_may_enter_is_said_with_what_is_missing(owner, network):
    make_programme(network, target_group=FITS)
    case = make_case(owner)
    people = list(case.household.people.all())

    def verdict(**facts):
        (offer,) = offers_of(case, clean_facts(facts), people, TODAY)
        return offer.verdict.truth, [one.fact for one in offer.verdict.missing]

    assert verdict(children=2, single_parent=True) == (Truth.YES, [])
    assert verdict(children=0)[0] is Truth.NO
    assert verdict(children=2) == (Truth.UNKNOWN, ["single_parent"])


def test_a_project_that_is_over_is_offered_only_where_somebody_took_part(owner, network, programme):
    case = make_case(owner)
    people = list(case.household.people.all())
    after = date(2029, 1, 2)
    assert offers_of(case, {}, people, after) == []

    take_in(owner, case, programme)
    (offer,) = offers_of(case, {}, people, after)
    assert (len(offer.rows), offer.others) == (1, [])


def test_minutes_of_help_are_talks_up_to_today(owner, case):
    talk(case, TODAY, 40)
    talk(case, TODAY - timedelta(days=9), 80, kind="home")
    talk(case, TODAY, 30, kind="alone")
    talk(case, TODAY + timedelta(days=1), 20)
    assert minutes_of(case, TODAY) == 120


def test_the_case_proposes_what_it_knows_and_nothing_protected():
    facts = {"employment": "short_time_work", "children": 2, "benefits": ["kinderzuschlag"], "disability": True,
             "single_parent": False, "residence": "permit"}  # fmt: skip
    proposed = from_case(facts, first=True)

    assert proposed == {
        "employment": "employed", "children": 2, "benefit": "kiz", "single_parent": "no", "third_country": "yes",
        "foreign_background": "yes",
    }  # fmt: skip
    assert from_case(json.loads(json.dumps(facts)), first=False) == {"children": 2, "benefit": "kiz"}
    assert from_case({"employment": "parental_leave"}, first=True) == {}
    assert set(proposed) - set(TOLD) == {"children", "benefit", "single_parent", "third_country", "foreign_background"}
