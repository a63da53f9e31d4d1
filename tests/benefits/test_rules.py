"""Rules as data: formulas, three values, faults with their lines, the reform of 2026, a city's own."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.benefits.check import check, check_many
from tragnetz.benefits.groups import families
from tragnetz.benefits.household import read_household
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import COUNTRY, read_book
from tragnetz.benefits.rules.columns import Column, chosen
from tragnetz.benefits.rules.examples import failures
from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.rules.formula import FormulaError, Kind, read_formula
from tragnetz.config.cli import main

FOLDER = CITIES.parent / "var" / "law"
NRW = CITIES / "catalogue" / "nrw" / "rules"
AUENTAL = CITIES / "auental" / "rules"
ON = date(2026, 11, 24)
NAMES = {name: fact.kind for name, fact in FACTS.items()} | {"wohngeld": Kind.NUMBER}
truths = st.sampled_from([True, False, None])


@pytest.fixture(scope="module")
def law():
    return laws(FOLDER)[-1]


def column(*values):
    data = np.array([bool(value) for value in values])
    return Column(data, np.array([value is not None for value in values]))


def told(column: Column) -> list:
    return [bool(value) if known else None for value, known in zip(column.data, column.known, strict=True)]


@given(truths, truths)
def test_logic_is_kleenes(one, two):
    both, either = told(column(one) & column(two)), told(column(one) | column(two))

    assert both == [False if False in (one, two) else None if None in (one, two) else True]
    assert either == [True if True in (one, two) else None if None in (one, two) else False]
    assert told(~column(one)) == [None if one is None else not one]


def test_zero_times_unknown_is_zero_and_a_choice_is_known_where_both_agree():
    unknown = Column(np.array([0.0]), np.array([False]))
    zero, five = (Column(np.array([number]), np.array([True])) for number in (0.0, 5.0))

    assert zero.times(unknown).known.all()
    assert not five.times(unknown).known.any()
    assert chosen(column(None), five, five).known.all()
    assert not chosen(column(None), five, zero).known.any()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("wage_m +", "cannot be read"),
        ("wage", "`wage` is not a fact"),
        ("__import__('os')", "calls a function that formulas do not have"),
        ("age.real", "cannot be said in a formula"),
        ("wage_m and pregnant", "`wage_m` is number, where yes or no is needed"),
        ("age ** 2", "uses a sign that formulas do not know"),
        ("pick(age, 3)", "must be a parameter that is a table"),
        ("housing == 3", "compares a word with number"),
        ("housing < role", "can only be compared by == or !="),
        ("where(age > 3, 1)", "needs 3 values, not 2"),
        ("housing in role", "must be a list of words"),
        ("min(age)", "needs at least 2 values"),
        ("1 +" + " 1 +" * 200 + " 1", "is longer than 600 characters"),
        ("receives(wohngeld)", "needs the name of a benefit in quotes"),
        ("[x for x in age]", "cannot be said in a formula"),
    ],
)
def test_formula_that_says_something_else_is_refused_with_the_reason(text, reason):
    with pytest.raises(FormulaError) as error:
        read_formula(text, NAMES, frozenset({"table"}))

    assert reason in str(error.value)


def test_all_examples_in_all_files_come_out(law):
    for folders in ((), (NRW,), (NRW, AUENTAL)):
        book = read_book(*folders)
        assert book.faults == ()
        assert [str(failure) for failure in failures(book, lambda _on: law)] == []


def test_example_that_does_not_come_out_is_named(tmp_path, law):
    text = (COUNTRY / "care.yaml").read_text().replace("amount: 599}", "amount: 600}")
    (tmp_path / "care.yaml").write_text(text)

    assert [str(failure) for failure in failures(read_book(tmp_path), lambda _on: law)] == [
        "pflegegeld, test 1: gives 599.00 EUR, expected 600.00"
    ]


GOOD = """\
- id: stadtpass
  name: {de: Stadtpass}
  kind: saving
  statute: Satzung
  source: {title: Satzung, on: 2026-01-01}
  checked: {state: to_check, on: 2026-01-01}
  parameters:
    worth: {2026-01-01: 12}
  conditions:
    - when: wohngeld > 0
      text: {de: Wohngeld}
  amount: worth
  tests:
    - {on: 2026-11-24, household: {persons: [{id: a, role: self, age: 40}]}, paid: {wohngeld: 9}, truth: "yes", amount: 12}
"""


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("wohngeld > 0", "wohngelt > 0"), 10, "`wohngelt` is not a fact"),
        (("wohngeld > 0", "wohngeld"), 10, "must be yes or no, is number"),
        (("kind: saving", "kind: gift"), 3, "is not one of the allowed values"),
        (("amount: worth", "amont: worth"), 12, "amont: is not a known field"),
        (("{de: Wohngeld}", "{en: Wohngeld}"), 11, "needs `de`"),
        (("amount: worth", "amount: worth\n  feeds: wohngeld"), 13, "is not one of"),
        (("- id: stadtpass", "- changes: nothing\n  id: x"), 2, "id: is not a known field"),
        (("  amount: worth", "  amount: [worth"), 13, "not readable as YAML"),
        (("amount: worth", "excludes: [grundsicherungsgeld]"), 12, "go together"),
        (("amount: worth", "amount: stadtpass"), 12, "`stadtpass` is not a fact"),
    ],
)
def test_fault_in_a_file_names_line_and_reason(tmp_path, change, line, reason):
    (tmp_path / "own.yaml").write_text(GOOD.replace(*change))

    faults = read_book(tmp_path).faults
    assert any(fault.line == line and reason in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert read_book(tmp_path).rules, "the country's rules still stand"


def test_rules_that_stand_on_each_other_are_refused(tmp_path):
    other = GOOD.replace("stadtpass", "kulturpass").replace("wohngeld > 0", "stadtpass > 0")
    (tmp_path / "own.yaml").write_text(GOOD.replace("wohngeld > 0", "kulturpass > 0") + other)

    assert "rules stand on each other: stadtpass, kulturpass" in str(read_book(tmp_path).faults[0])


def test_city_changes_only_what_there_is(tmp_path):
    tail = "  source: {title: x, on: 2026-01-01}\n  checked: {state: confirmed, on: 2026-01-01}\n"
    (tmp_path / "own.yaml").write_text(f"- changes: pflegegeld\n  parameters:\n    amunts: {{2026-01-01: 3}}\n{tail}")

    assert [(fault.line, fault.reason) for fault in read_book(tmp_path).faults] == [
        (3, "pflegegeld has no such parameter")
    ]


def test_what_opens_what_is_read_from_the_rules(capsys):
    opens = read_book(NRW).opens()

    assert {"bildung-und-teilhabe", "sozialticket", "kita-beitrag-befreiung"} <= set(opens["wohngeld"])
    assert "rundfunkbeitrag-befreiung" not in opens["wohngeld"]
    assert main(["law", "opens", "--city", str(CITIES / "auental")]) == 0
    assert "auentalpass" in capsys.readouterr().out


def alone(**facts):
    return read_household({"persons": [{"id": "a", "role": "self", "age": 30, "wage_m": 0} | facts],
                           "housing": {"cold_rent_m": 500, "heating_m": 60, "rent_level": 2}})  # fmt: skip


def test_reform_of_july_2026_counts_savings_by_age_from_the_first_month_on(law):
    def paid(assets: float, age: int, on: date) -> float:
        return check(alone(assets=assets, age=age), law, on, read_book()).finding("grundsicherungsgeld").paid_m or 0.0

    assert paid(12_000, 30, date(2026, 6, 30)) > 900
    assert paid(12_000, 30, date(2026, 7, 1)) == 0
    assert paid(9_999, 30, date(2026, 7, 1)) > 900
    assert paid(12_000, 41, date(2026, 7, 1)) > 900


def test_who_is_excluded_gets_no_basic_income_and_is_told_why(law):
    def found(**facts):
        return check(alone(**facts), law, ON, read_book())

    basic = found(residence="german", training="none").finding("grundsicherungsgeld")
    asylum = found(residence="asylum").finding("grundsicherungsgeld")
    student = found(training="university", wage_m=1100)

    assert basic.paid_m > 900
    assert (asylum.truth, asylum.paid_m) == ("no", 0)
    assert "Leistungen für Asylsuchende statt" in asylum.reasons[0].text["de"]
    assert found(residence="asylum").disposable_m < 1
    assert student.finding("grundsicherungsgeld").paid_m == 0
    assert student.finding("wohngeld").paid_m == student.finding("wohngeld").claim_m > 0
    assert found(residence="asylum").finding("asylbewerberleistungen").truth == "yes"


def test_city_caps_the_rent_and_only_where_it_says_so(law):
    data = {
        "persons": [{"id": "a", "role": "self", "age": 30, "wage_m": 0}],
        "housing": {"cold_rent_m": 900, "heating_m": 60},
    }
    free, capped = (check(read_household(data), law, ON, read_book(*folders)) for folders in ((), (NRW, AUENTAL)))

    difference = (free.finding("grundsicherungsgeld").paid_m or 0) - (capped.finding("grundsicherungsgeld").paid_m or 0)
    assert difference == pytest.approx(900 - 1.5 * 440)


def test_finding_asks_the_one_question_that_decides(law):
    found = check(alone(), law, ON, read_book(NRW))

    assert found.finding("pflegegeld").truth == "unknown"
    assert found.finding("pflegegeld").asks == ("care_level",)
    assert check(alone(care_level=0), law, ON, read_book(NRW)).finding("pflegegeld").truth == "no"
    assert found.finding("rundfunkbeitrag-befreiung").truth == "yes"


def test_many_households_are_computed_as_one_each(law):
    households = [alone(wage_m=wage, care_level=level) for wage, level in ((0, 0), (1400, 3), (2600, 5), (520, 1))]
    together = check_many(households, law, ON, read_book(NRW))

    assert together == [check(household, law, ON, read_book(NRW)) for household in households]


def test_who_is_set_apart_is_a_bedarfsgemeinschaft_of_its_own(law):
    persons = [
        {"id": "a", "role": "self", "age": 50, "wage_m": 0},
        {"id": "b", "role": "child", "age": 22, "wage_m": 2600},
    ]
    together = read_household({"persons": persons})
    persons[1] = persons[1] | {"apart": True}
    apart = read_household({"persons": persons})

    assert families(together, ON) == [0, 0]
    assert families(apart, ON) == [0, 1]
    joint, own = (check(one, law, ON, read_book()) for one in (together, apart))
    assert joint.finding("grundsicherungsgeld").paid_m == 0
    assert (own.finding("grundsicherungsgeld").paid_m or 0) > 400
    assert own.families == ("a", "b")


@given(st.lists(st.integers(0, 40), max_size=4), st.booleans(), st.booleans())
def test_our_groups_are_those_of_the_law(ages, couple, other):
    law = laws(FOLDER)[-1]
    persons = [{"id": "a", "role": "self", "age": 60}, *([{"id": "b", "role": "partner", "age": 58}] if couple else [])]
    persons += [{"id": f"c{number}", "role": "child", "age": age} for number, age in enumerate(ages)]
    persons += [{"id": "o", "role": "other", "age": 33}] if other else []
    household = read_household({"persons": persons})
    from tragnetz.benefits.columns import prepare

    batch = prepare([household], law, ON)
    _names, theirs = np.unique(law.evaluate(batch.columns)["bg_id"], return_inverse=True)
    _names, ours = np.unique(batch.family, return_inverse=True)
    assert len({(one, two) for one, two in zip(theirs, ours, strict=True)}) == len(set(theirs)) == len(set(ours))


def test_parental_leave_gives_elterngeld_and_its_longer_form(law):
    persons = [
        {"id": "a", "role": "self", "age": 30, "wage_m": 0, "parental_leave": True, "net_wage_before_m": 1600},
        {"id": "b", "role": "child", "birth": "2026-08-01"},
    ]
    found = check(read_household({"persons": persons}), law, ON, read_book())

    assert found.finding("elterngeld").paid_m == pytest.approx(0.65 * 1600, rel=0.02)
    assert found.finding("elterngeld-plus").paid_m == pytest.approx((found.finding("elterngeld").paid_m or 0) / 2)


def test_command_runs_the_examples_and_prints_faults(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TRAGNETZ_VAR", str(FOLDER.parent))

    assert main(["law", "test", "--city", str(CITIES / "herne")]) == 0
    assert "0 wrong" in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"city\.yaml: the file is missing"):
        main(["law", "test", "--city", str(tmp_path)])


def test_documentation_names_every_fact_and_its_example_is_right(tmp_path, law):
    text = (CITIES.parent / "docs" / "rules.md").read_text()
    example = text.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "stadtpass.yaml").write_text(example)
    book = read_book(tmp_path)

    assert book.faults == ()
    assert list(failures(book, lambda _on: law)) == []
    for name, fact in FACTS.items():
        assert f"| `{name}` | {fact.kind} | {fact.meaning} |" in text
