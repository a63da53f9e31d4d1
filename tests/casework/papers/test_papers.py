"""Papers once: how they stand, which to get next (against brute force), who may say so."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.claims.test_claims import move, plan
from tests.casework.papers_of import PAPERS, make_benefits
from tests.conftest import CITIES
from tragnetz.audit.models import Event
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import CasePaper
from tragnetz.casework.papers.commands import Mark, mark_papers
from tragnetz.casework.papers.queries import missing_papers, sheet_of
from tragnetz.casework.papers.rules import MOST_EXACT, good_until, ladder, standing
from tragnetz.casework.papers.validity import validities
from tragnetz.city.read import read_folder

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
sets = st.dictionaries(st.integers(0, 5), st.frozensets(st.sampled_from("abcdef")), max_size=6)


def by_force(missing):
    """Return for each size of a set the most claims that it completes, as far as more papers help."""
    waiting = {claim: papers for claim, papers in missing.items() if papers}
    every = sorted(frozenset().union(*waiting.values()))
    found = []
    for size in range(1, len(every) + 1):
        most = max(sum(1 for papers in waiting.values() if papers <= set(some)) for some in combinations(every, size))
        if most > (found[-1][1] if found else 0):
            found.append((size, most))
    return found


@given(sets)
def test_the_choices_are_those_of_brute_force(missing):
    found = ladder(missing)

    assert [(len(choice.papers), len(choice.opens)) for choice in found] == by_force(missing)
    for choice in found:
        assert all(missing[claim] <= choice.papers for claim in choice.opens)


@given(st.dictionaries(st.integers(0, 40), st.frozensets(st.integers(0, 12)), min_size=MOST_EXACT + 1, max_size=30))
def test_many_claims_still_get_the_nearest_first_and_all_in_the_end(missing):
    found = ladder(missing)
    waiting = [papers for papers in missing.values() if papers]

    if waiting:
        assert len(found[0].papers) == min(map(len, waiting))
        assert len(found[-1].opens) == len(waiting)


def test_six_papers_open_four_benefits():
    missing = {"a": frozenset("123"), "b": frozenset("124"), "c": frozenset("56"), "d": frozenset("12")}

    found = ladder(missing)

    assert [("".join(sorted(choice.papers)), "".join(choice.opens)) for choice in found] == [
        ("12", "d"), ("123", "ad"), ("1234", "abd"), ("123456", "abcd"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "ago", "months", "shown"),
    [
        ("missing", None, 3, "missing"), ("there", None, 3, "there"), ("there", 80, 3, "there"), ("there", 100, 3, "old"),
        ("seen", 100, None, "seen"), ("seen", 100, 3, "old"), ("not_needed", 500, 3, "not_needed"),
    ],
)  # fmt: skip
def test_a_paper_grows_too_old(state, ago, months, shown):
    issued = TODAY - timedelta(days=ago) if ago is not None else None

    assert standing(state, issued, months, TODAY) == shown
    assert good_until(date(2026, 8, 31), 3) == date(2026, 11, 30)


def test_what_grows_old_is_in_the_one_vocabulary():
    assert validities().keys() <= {paper.id for paper in read_folder(CITIES / "herne").papers}


@pytest.fixture(autouse=True)
def benefits(network):
    return make_benefits(network)


def mark(owner, case, *papers, state="seen", issued_on=None, person=None, owner_of="person"):
    part = compartment_of(case, person).pk
    marks = [Mark(part, paper, state, owner_of, issued_on) for paper in papers]
    return mark_papers(actor=owner, case=case, marks=marks, now=NOW)


def standings(case):
    return {need.paper.key: need.standing for need in sheet_of(case, TODAY).needs}


def test_each_paper_is_asked_for_once_and_says_which_claims_wait(owner, case):
    plan(owner, case, "wohngeld")
    plan(owner, case, "kinderzuschlag")

    sheet = sheet_of(case, TODAY)

    assert {need.paper.key: len(need.claims) for need in sheet.needs} == {
        "mietvertrag": 2, "einkommensnachweise": 2, "personalausweis": 1,
    }  # fmt: skip
    assert [(len(choice.papers), len(choice.opens)) for choice in sheet.ladder] == [(2, 1), (3, 2)]


def test_a_paper_that_was_seen_is_missing_no_more_and_completes_a_claim(owner, case):
    wohngeld, _other = plan(owner, case, "wohngeld"), plan(owner, case, "kinderzuschlag")

    assert mark(owner, case, "mietvertrag", "einkommensnachweise", issued_on=TODAY) == 2

    sheet = sheet_of(case, TODAY)
    assert sheet.complete == ["Kinderzuschlag"]
    assert [need.paper.key for need in missing_papers(wohngeld, sheet)] == ["personalausweis"]
    assert CasePaper.objects.first().seen_on == TODAY
    assert standings(case) | {"einkommensnachweise": "old"} == {
        need.paper.key: need.standing for need in sheet_of(case, TODAY + timedelta(days=200)).needs
    }


def test_what_is_as_it_was_is_not_written_again(owner, case):
    plan(owner, case)
    assert mark(owner, case, "mietvertrag") == 1

    assert mark(owner, case, "mietvertrag") == 0
    assert mark(owner, case, "personalausweis", state="missing") == 0
    assert mark(owner, case, "mietvertrag", state="missing") == 1
    assert [row.seen_on for row in CasePaper.objects.all()] == [None]
    assert Event.objects.filter(verb="paper:mark").count() == 2


def test_what_the_household_has_is_there_for_its_adults_but_not_the_other_way_round(owner, case, people):
    plan(owner, case, "wohngeld")
    plan(owner, case, "kinderzuschlag", person=people["Emil"])
    mark(owner, case, "mietvertrag")
    mark(owner, case, "einkommensnachweise", person=people["Emil"])

    found = {(need.paper.key, len(need.claims), need.part_id): need.standing for need in sheet_of(case, TODAY).needs}
    ours, his = compartment_of(case).pk, compartment_of(case, people["Emil"]).pk

    assert found["mietvertrag", 1, his] == "seen"
    assert (found["einkommensnachweise", 1, ours], found["einkommensnachweise", 1, his]) == ("missing", "seen")


def test_an_office_that_asks_back_asks_only_for_what_it_names(owner, case):
    claim = move(owner, plan(owner, case), "sent")
    assert sheet_of(case, TODAY).needs == []

    move(owner, claim, "asked_back", papers=["geburtsurkunde", "gibt-es-nicht"])

    assert standings(case) == {"geburtsurkunde": "missing"}


def test_a_sheet_costs_the_same_however_many_claims(owner, case, django_assert_num_queries):
    plan(owner, case)
    with django_assert_num_queries(9):
        sheet_of(case, TODAY)
    for benefit in ("wohngeld", "kinderzuschlag", "kindergeld"):
        plan(owner, case, benefit)
    mark(owner, case, *PAPERS)

    with django_assert_num_queries(9):
        assert len(sheet_of(case, TODAY).claims) == 4


@pytest.mark.parametrize(
    ("paper", "given", "words"),
    [
        ("unbekannt", {}, "gibt es nicht"), ("mietvertrag", {"state": "lost"}, "wie es"),
        ("mietvertrag", {"owner_of": "nobody"}, "wie es"), ("mietvertrag", {"issued_on": TODAY + timedelta(1)}, "Zukunft"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(owner, case, paper, given, words):
    with pytest.raises(CaseworkError, match=words):
        mark(owner, case, paper, **given)


def test_others_say_nothing_about_papers_and_no_part_of_another_case_is_taken(owner, case, colleague, foreign):
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            mark(actor, case, "mietvertrag")
    from tests.casework.conftest import make_case

    other = compartment_of(make_case(owner)).pk
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        mark_papers(actor=owner, case=case, marks=[Mark(other, "mietvertrag", "seen")], now=NOW)
    assert mark(owner, case, "mietvertrag") == 1
