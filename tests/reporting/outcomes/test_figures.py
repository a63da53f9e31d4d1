"""From counts to figures: what is too small is hidden, and what would tell it."""

import pytest

from tragnetz.reporting.outcomes.changes import by_start, changes, moved
from tragnetz.reporting.outcomes.claiming import claim_funnel, claims, money
from tragnetz.reporting.outcomes.comparing import comparison
from tragnetz.reporting.outcomes.figures import funnel, split, splits
from tragnetz.reporting.outcomes.results import aftersaid, contacts, goals, reply_days, results
from tragnetz.reporting.outcomes.tally import Tally


def tally_of(numbers) -> Tally:
    return Tally(numbers)


def plus(tally, numbers) -> Tally:
    found = tally_of(tally)
    found.update(numbers)
    return found


def counts(found) -> dict:
    return {code: share.hits if share else None for code, share in found.parts.items()}


def test_shares_are_of_what_is_shown_and_add_up():
    assert counts(split("", {"a": 10, "b": 0, "c": 7})) == {"a": 10, "b": None, "c": 5}
    assert counts(split("", {"a": 10, "b": 2, "c": 8})) == {"a": 10, "b": None, "c": 10}
    assert split("", {"a": 10, "b": 2, "c": 8}).n == 20
    assert split("", {"a": 1, "b": 1}).n is split("", {}).n is None


def test_rows_add_up_to_the_row_above():
    whole, *rows = splits(
        {"money": {"reached": 9, "partly": 8, "dropped": 7}, "work": {"reached": 9, "partly": 8, "dropped": 1}}
    )

    assert [row.name for row in (whole, *rows)] == ["", "money", "work"]
    assert whole.n == sum(row.n for row in rows) == 40
    for code in ("reached", "partly", "dropped"):
        assert counts(whole)[code] == sum(counts(row)[code] or 0 for row in rows)
    assert splits({}) == []


def test_steps_of_a_domain_are_counted_and_better_is_up():
    tally = tally_of(
        {"pair|ours|money|1|3": 12, "pair|ours|money|2|2": 6, "pair|ours|money|4|3": 9, "single|ours|money": 5}
    )
    (found,) = changes(tally, "ours")

    assert counts(found.split) == {"better": 10, "same": 5, "worse": 10}
    assert (found.step.value, found.once) == (0, 5)
    assert (round(found.before, 2), round(found.after, 2)) == (2.22, 2.78)
    assert [(row.name, counts(row)) for row in by_start(tally)] == [
        ("low", {"better": 10, "same": 5, "worse": None}), ("high", {"better": None, "same": None, "worse": 5}),
    ]  # fmt: skip
    assert changes(tally, "own") == []
    # A mean beside a part that is not told could tell it.
    (few,) = changes(tally_of({"pair|ours|money|1|3": 12, "pair|ours|money|4|3": 1}), "ours")
    assert (few.split.n, few.before, few.after) == (10, None, None)


def test_better_in_all_says_how_likely_chance_is():
    found, chance = moved(tally_of({"moved|ours|1": 11, "moved|ours|0": 4, "moved|ours|-1": 3}), "ours")

    assert counts(found) == {"better": 10, "same": 5, "worse": None}
    assert round(chance, 3) == 0.057


def test_what_is_open_is_no_refusal():
    tally = tally_of(
        {"claim|f|wohngeld|t|granted": 30, "claim|f|wohngeld|t|refused": 10, "claim|f|wohngeld|t|open": 9,
         "claim|f|wohngeld|f|open": 8, "claim|f|wohngeld|t|objection": 5, "claim|t|wohngeld|t|granted": 6}
    )  # fmt: skip

    assert [(name, number) for name, number, _share in claim_funnel(tally, renewals=False).stages] == [
        ("planned", 60), ("sent", 50), ("decided", 45), ("granted", 30),
    ]  # fmt: skip
    assert counts(claims(tally)[0]) == {"granted": 30, "refused": 15}
    assert claim_funnel(tally, renewals=True).stages[0][1] == 5


def test_a_stage_of_too_few_is_not_told_and_the_next_is_a_share_of_the_last_that_is():
    stages = funnel([("a", 20), ("b", 19), ("c", 10), ("d", 3)]).stages

    assert [(number, share.n if share else None) for _name, number, share in stages] == [
        (20, None), (15, 20), (10, 15), (None, None),
    ]  # fmt: skip


def test_money_of_few_households_is_hidden():
    tally = tally_of({"eur|wohngeld|month": 120_050, "paid|wohngeld": 2, "paid": 2, "running|wohngeld": 10_000})
    whole, (row,) = money(tally)
    assert (whole.monthly, row.monthly, row.households) == (None, None, None)

    whole, (row,) = money(plus(tally, {"paid|wohngeld": 7, "paid": 7}))
    assert (int(whole.monthly), int(row.monthly), row.households) == (1200, 1200, 5)
    # A part of five may be of one household: its money is told of five at least.
    _whole, (first, second) = money(
        tally_of({"eur|alg|month": 900, "paid|alg": 4, "eur|kiz|month": 700, "paid|kiz": 1, "paid": 5})
    )
    assert (first.monthly, second.monthly) == (None, None)


def test_half_of_the_answers_counts_who_waits():
    assert reply_days(tally_of({"reply|3|t": 3, "reply|5|t": 3, "reply|9|f": 4})) == (10, 5)
    assert reply_days(tally_of({"reply|3|t": 2, "reply|9|f": 6})) == (5, None)


def test_results_are_of_those_who_could_have_them():
    left, found = results(
        tally_of({"left|filou": 20, "result|filou|EECR04|False": 6, "result|filou|EECR04|True": 9}), "filou"
    )

    assert left == 20
    assert (found["EECR04"].n, counts(found["EECR04"])) == (15, {"True": 10, "False": 5})


@pytest.mark.parametrize("few", [1, 2])
def test_a_small_group_stands_there_without_figures(few):
    groups = {
        name: tally_of({"goal|money|reached": reached, "goal|money|dropped": 30})
        for name, reached in (("b", 40), ("a", 35), ("c", 33))
    }
    found = comparison({**groups, "d": tally_of({"goal|money|reached": few})}, "reached")

    assert [row.key for row in found] == ["a", "b", "c", "d"]
    assert found[3].share is None
    assert found[3].against.difference is None
    assert [row.share is None for row in found] == [False, False, False, True]
    assert goals(groups["a"])[0].n == 65


def test_all_figures_are_full_fives_and_none_is_below():
    tally = tally_of(
        {"goal|money|reached": 43, "goal|money|dropped": 4, "contact|phone": 0, "minutes|phone": 60 * 13,
         "eur|wohngeld|month": 1_234_567_00, "paid|wohngeld": 17, "paid": 17, "running|wohngeld": 98_765},
    )  # fmt: skip
    whole, _row = goals(tally)

    assert (whole.n, counts(whole)["reached"], counts(whole)["dropped"]) == (45, 40, 5)
    assert contacts(tally) == (split("", {"phone": 3}), 10)
    assert [str(row.monthly.normalize()) for row in (money(tally)[0], *money(tally)[1])] == ["1.2E+6"] * 2
    assert money(tally)[0].households == 15


def test_groups_are_compared_by_what_is_shown():
    groups = {
        name: tally_of({"goal|money|reached": reached, "goal|money|dropped": 33})
        for name, reached in (("a", 44), ("b", 3))
    }
    first, second = comparison(groups, "reached")

    assert (first.share.hits, first.share.n) == (45, 75)
    assert (second.share.hits, second.share.n) == (5, 35)


def test_answers_after_the_end_are_of_those_who_said_something():
    tally = tally_of(
        {"aftersaid|after_3|better": 9, "aftersaid|after_3|same": 5, "aftersaid|after_3|worse": 3,
         "aftersaid|after_3|not_reached": 8, "aftersaid|after_6|better": 4}
    )  # fmt: skip

    assert (aftersaid(tally, "after_3").n, counts(aftersaid(tally, "after_3"))) == (
        15, {"better": 5, "same": 5, "worse": 5},
    )  # fmt: skip
