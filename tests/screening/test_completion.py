"""What may be, and the question that tells most."""

from datetime import date

import numpy as np
import pytest

from tests.conftest import CITIES
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book
from tragnetz.eligibility.facts import clean_facts
from tragnetz.screening.completion import ASKED, Judged, chances, complete, judge, judge_of_nobody, next_question

ON = date(2026, 11, 24)
BOOK = read_book(CITIES / "catalogue" / "nrw" / "rules")


@pytest.fixture(scope="module")
def law():
    return laws(CITIES.parent / "var" / "law")[-1]


def test_answers_are_kept_and_everything_else_is_drawn():
    drawn = complete(clean_facts({"age": "30", "children": "0"}), samples=50)

    assert {row["age"] for row in drawn} == {30}
    assert {row["children"] for row in drawn} == {0}
    assert all(set(ASKED) <= set(row) for row in drawn)
    assert len({row["gross_wage"] for row in drawn}) > 10
    assert complete({}, samples=5) == complete({}, samples=5)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_drawn_can_be(law, seed):
    judged = judge(complete({}, samples=150, seed=seed), 2, law, ON, BOOK)

    assert judged.has.shape == judged.amounts.shape == (150, len(judged.names))
    assert not judged.amounts[~judged.has].any()


def test_of_nobody_the_same_is_said_as_without_keeping_it_and_once(law):
    found, plain = judge_of_nobody(2, law, ON, BOOK), judge(complete({}), 2, law, ON, BOOK)

    assert (found.has.tolist(), found.amounts.tolist()) == (plain.has.tolist(), plain.amounts.tolist())
    assert judge_of_nobody(2, law, ON, BOOK) is found
    assert judge_of_nobody(5, law, ON, BOOK) is not found


def test_the_question_that_decides_is_asked_and_noise_is_not():
    rng = np.random.default_rng(1)
    rows = [{name: bool(rng.random() < 0.5) for name in ASKED} for _ in range(200)]
    has = np.array([[row["partner"]] for row in rows])

    assert next_question(Judged(tuple(rows), ("wohngeld",), has, has * 300.0), {}) == "partner"
    assert next_question(Judged(tuple(rows), ("wohngeld",), has, has * 300.0), {}, skipped=["partner"]) is None
    nobody = np.zeros((200, 1), dtype=bool)
    assert next_question(Judged(tuple(rows), ("wohngeld",), nobody, nobody * 1.0), {}) is None


def test_a_chance_is_sure_when_all_is_known(law):
    facts = clean_facts({
        "age": "38", "partner": "yes", "children": "2", "youngest_child_age": "5", "employment": "employed",
        "gross_wage": "2400", "wage_before": "0", "insured_12_of_30": "yes", "pension": "0", "housing": "rent",
        "rent": "920", "assets": "0", "maintenance": "0", "residence": "german", "pregnant": "no", "care_level": "0", "daycare_child": "no",
    }) | {"benefits": frozenset()}  # fmt: skip
    found = {one.benefit: one for one in chances(judge(complete(facts), 2, law, ON, BOOK))}

    assert {one.share for one in found.values()} <= {0.0, 1.0}
    assert found["wohngeld"].verdict == "yes"
    assert found["wohngeld"].low_m == found["wohngeld"].high_m > 0
    assert found["pflegegeld"].verdict == "no"


def test_an_advance_on_maintenance_is_likely_only_for_who_gets_none(law):
    """Nobody said what the other parent pays: that is asked, and until then the advance is no more than possible."""
    alone = clean_facts({"age": "38", "partner": "no", "children": "2", "youngest_child_age": "6"})
    said = {
        amount: {one.benefit: one.verdict for one in chances(judge(complete(alone | known), 2, law, ON, BOOK))}
        for amount, known in (("", {}), ("0", {"maintenance": 0}), ("1000", {"maintenance": 1000}))
    }

    assert [said[amount]["unterhaltsvorschuss"] for amount in ("", "0", "1000")] == ["unknown", "yes", "no"]
