"""From counts to figures: what is too small is hidden, and what would tell it."""

import pytest

from tragnetz.reporting.outcomes.changes import by_start, changes, moved
from tragnetz.reporting.outcomes.claiming import claim_funnel, claims, money
from tragnetz.reporting.outcomes.comparing import comparison
from tragnetz.reporting.outcomes.figures import funnel, split, splits
from tragnetz.reporting.outcomes.results import aftersaid, contacts, goals, reply_days, results
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FILTERED, WHOLE


def tally_of(numbers, grain=WHOLE) -> Tally:
    found = Tally(numbers)
    found.grain = grain
    return found


def plus(tally, numbers) -> Tally:
    found = tally_of(tally, tally.grain)
    found.update(numbers)
    return found


def counts(found) -> dict:
    return {code: share.hits if share else None for code, share in found.parts.items()}


def test_few_people_are_hidden_with_what_would_tell_them():
    assert counts(split("", {"a": 10, "b": 0, "c": 7}, WHOLE)) == {"a": 10, "b": 0, "c": 7}
    assert None in counts(split("", {"a": 10, "b": 2, "c": 7}, WHOLE)).values()
    assert 2 not in counts(split("", {"a": 10, "b": 2, "c": 7}, WHOLE)).values()
    assert split("", {"a": 1, "b": 1}, WHOLE).n is None
    assert split("", {}, WHOLE).n == 0


def test_no_hidden_cell_follows_from_the_row_above():
    whole, *rows = splits(
        {"money": {"reached": 9, "partly": 8, "dropped": 7}, "work": {"reached": 9, "partly": 8, "dropped": 1}},
        WHOLE,
    )
    dropped = [row.parts["dropped"] for row in rows]

    assert whole.n == 42
    assert rows[1].parts["dropped"] is None
    assert whole.parts["dropped"] is None or dropped.count(None) == 2


def test_steps_of_a_domain_are_counted_and_better_is_up():
    tally = tally_of(
        {"pair|ours|money|1|3": 6, "pair|ours|money|2|2": 4, "pair|ours|money|4|3": 3, "single|ours|money": 5}
    )
    (found,) = changes(tally, "ours")

    assert counts(found.split) == {"better": 6, "same": 4, "worse": 3}
    assert (found.step.value, found.once) == (0, 5)
    assert (round(found.before, 2), round(found.after, 2)) == (2.0, 2.69)
    assert [(row.name, counts(row)) for row in by_start(tally)] == [
        ("low", {"better": 6, "same": 4, "worse": 0}), ("high", {"better": 0, "same": 0, "worse": 3}),
    ]  # fmt: skip
    assert changes(tally, "own") == []


def test_better_in_all_says_how_likely_chance_is():
    found, chance = moved(tally_of({"moved|ours|1": 11, "moved|ours|0": 4, "moved|ours|-1": 3}), "ours")

    assert counts(found) == {"better": 11, "same": 4, "worse": 3}
    assert round(chance, 3) == 0.057


def test_what_is_open_is_no_refusal():
    tally = tally_of(
        {"claim|f|wohngeld|t|granted": 30, "claim|f|wohngeld|t|refused": 10, "claim|f|wohngeld|t|open": 9,
         "claim|f|wohngeld|f|open": 8, "claim|f|wohngeld|t|objection": 5, "claim|t|wohngeld|t|granted": 6}
    )  # fmt: skip

    assert [(name, number) for name, number, _share in claim_funnel(tally, renewals=False).stages] == [
        ("planned", 62), ("sent", 54), ("decided", 45), ("granted", 30),
    ]  # fmt: skip
    assert counts(claims(tally)[0]) == {"granted": 30, "refused": 15}
    assert claim_funnel(tally, renewals=True).stages[0][1] == 6


def test_a_stage_that_lost_one_person_is_hidden():
    assert [number for _name, number, _share in funnel([("a", 20), ("b", 19), ("c", 10)], WHOLE).stages] == [
        20,
        None,
        10,
    ]


def test_money_of_few_households_is_hidden():
    tally = tally_of({"eur|wohngeld|month": 120_050, "paid|wohngeld": 2, "paid": 2, "running|wohngeld": 10_000})
    whole, (row,) = money(tally)
    assert (whole.monthly, row.monthly, row.households) == (None, None, None)

    whole, (row,) = money(plus(tally, {"paid|wohngeld": 7, "paid": 7}))
    assert (str(whole.monthly), str(row.monthly), row.households) == ("1200.5", "1200.5", 9)


def test_half_of_the_answers_counts_who_waits():
    assert reply_days(tally_of({"reply|3|t": 2, "reply|5|t": 2, "reply|9|f": 4})) == (8, 5)
    assert reply_days(tally_of({"reply|3|t": 2, "reply|9|f": 6})) == (8, None)


def test_results_are_of_those_who_could_have_them():
    left, found = results(
        tally_of({"left|filou": 20, "result|filou|EECR04|True": 6, "result|filou|EECR04|False": 9}), "filou"
    )

    assert left == 20
    assert (found["EECR04"].n, counts(found["EECR04"])) == (15, {"True": 6, "False": 9})


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
    assert sum(row.share is None for row in found) == 2  # alone, it would follow from the sum
    assert goals(groups["a"])[0].n == 65


def test_under_a_filter_all_figures_are_full_fives_and_none_is_below():
    tally = tally_of(
        {"goal|money|reached": 43, "goal|money|dropped": 4, "contact|phone": 0, "minutes|phone": 60 * 13,
         "eur|wohngeld|month": 1_234_567_00, "paid|wohngeld": 17, "paid": 17, "running|wohngeld": 98_765},
        FILTERED,
    )  # fmt: skip
    whole, _row = goals(tally)

    assert (whole.n, whole.parts["reached"].hits, whole.parts["dropped"]) == (45, 40, None)
    assert contacts(tally) == (split("", {"phone": 3}, FILTERED), 10)
    assert split("", {"phone": 3}, FILTERED).n is split("", {}, FILTERED).n is None
    assert [str(row.monthly.normalize()) for row in (money(tally)[0], *money(tally)[1])] == ["1.2E+6"] * 2
    assert money(tally)[0].households == 15


def test_groups_under_a_filter_are_compared_by_what_is_shown():
    groups = {
        name: tally_of({"goal|money|reached": reached, "goal|money|dropped": 33}, FILTERED)
        for name, reached in (("a", 44), ("b", 3))
    }
    first, second = comparison(groups, "reached")

    assert (first.share.hits, first.share.n) == (40, 75)
    assert (second.share, second.against.difference) == (None, None)


def test_answers_after_the_end_are_of_those_who_said_something():
    tally = tally_of(
        {"aftersaid|after_3|better": 9, "aftersaid|after_3|same": 5, "aftersaid|after_3|worse": 3,
         "aftersaid|after_3|not_reached": 8, "aftersaid|after_6|better": 4}
    )  # fmt: skip

    assert (aftersaid(tally, "after_3").n, counts(aftersaid(tally, "after_3"))) == (
        17, {"better": 9, "same": 5, "worse": 3},
    )  # fmt: skip
