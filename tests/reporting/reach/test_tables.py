"""No table tells of a few people, not even by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.reach.cells import Counts
from tragnetz.reporting.reach.tables import rows_of, shown
from tragnetz.reporting.statistics import INSIDE, OUTSIDE

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 30), max_size=8)


@given(COUNTS, st.sampled_from([INSIDE, OUTSIDE]))
def test_what_is_hidden_cannot_be_computed_from_the_sum(counts, least):
    found = shown(counts, least)

    assert all(number is None or number == counts[key] for key, number in found.items())
    assert not [number for number in found.values() if number is not None and 0 < number < least]
    hidden = [counts[key] for key, number in found.items() if number is None]
    alone = all(number == 0 or found[key] is None for key, number in counts.items())
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= least) or alone


def test_rows_stand_in_their_order_and_the_unnamed_last():
    groups = {None: Counts(persons=7), "b": Counts(persons=9, children=1), "a": Counts(persons=20)}
    found = rows_of(groups, {"a": "Mitte", "b": "Nord", "c": "Süd"}, least=INSIDE)

    assert [(row.name, row.persons) for row in found] == [("Mitte", 20), ("Nord", 9), ("", 7)]
    assert found[1].figures == (9, 0, 0, None)
