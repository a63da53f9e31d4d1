"""Confidence halves with each interval, what people write they vouch for, and only what changed is told."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.directory.truth.rules import (
    DUE,
    INTERVALS,
    Author,
    Confirmation,
    Level,
    confidence,
    confirmation_of,
    differences,
    fields_of_people,
    level,
    review_on,
    truth_after,
)
from tragnetz.directory.truth.words import label_of

DAY = date(2026, 11, 25)
SOURCE = {"title": "Flyer", "url": "https://example.org/f", "on": "2026-01-10"}
CONFIRMED = {"state": "confirmed", "on": "2026-11-01", "by": "Nils Thomsen"}
TO_CHECK = {"state": "to_check", "on": "2026-11-24"}
EDITOR, PROVIDER, CITY = Author("editor", "Nils"), Author("provider", "DRK"), Author("city", "herne")


def said(days: int, *, sure: bool = True) -> Confirmation:
    return Confirmation(DAY - timedelta(days=days), "", "", "", "", sure)


@pytest.mark.parametrize(("field", "days"), [("capacities", 30), ("hours", 180), ("papers", 365)])
def test_confidence_halves_with_each_interval(field, days):
    assert confidence(said(0), field, DAY) == 1
    assert confidence(said(days), field, DAY) == 0.5
    assert confidence(said(2 * days), field, DAY) == 0.25


@given(st.sampled_from(sorted(INTERVALS)), st.integers(0, 4000), st.integers(0, 4000), st.booleans())
def test_confidence_never_grows_with_age(field, first, more, sure):
    young, old = (confidence(said(days, sure=sure), field, DAY) for days in (first, first + more))

    assert 0 <= old <= young <= 1


@given(st.sampled_from(sorted(INTERVALS)), st.integers(0, 4000))
def test_a_field_is_due_from_the_day_of_its_review(field, days):
    confirmed = {"state": "confirmed", "on": (DAY - timedelta(days=days)).isoformat()}
    record = {field: "x", "source": SOURCE, "checked": confirmed}

    is_due = level(confidence(confirmation_of(field, {}, SOURCE, confirmed), field, DAY)) is Level.DUE

    assert is_due == (review_on(record, {}) <= DAY)


def test_what_nobody_confirmed_is_due_at_once():
    found = confirmation_of("hours", {}, SOURCE, TO_CHECK)

    assert (found.sure, found.on) == (False, date(2026, 1, 10))
    assert confidence(found, "hours", date(2026, 1, 10)) == DUE
    assert review_on({"hours": [1], "source": SOURCE, "checked": TO_CHECK}, {}) == date(2026, 1, 10)


def test_a_field_has_its_own_confirmation_before_that_of_the_record():
    truth = {"hours": {"on": "2026-11-20", "by": "DRK", "how": "provider"}}

    own, other = (confirmation_of(field, truth, SOURCE, CONFIRMED) for field in ("hours", "contact"))

    assert (own.on, own.by, own.how) == (date(2026, 11, 20), "DRK", "provider")
    assert (other.on, other.by, other.source) == (date(2026, 11, 1), "Nils Thomsen", "Flyer")


def test_people_vouch_for_what_they_write_and_files_do_not():
    known = {"hours": {"on": "2026-01-01", "by": "DRK", "how": "provider"}}

    assert truth_after(known, ["hours"], EDITOR, DAY)["hours"] == {"on": "2026-11-25", "by": "Nils", "how": "editor"}
    assert truth_after(known, ["contact"], PROVIDER, DAY) == known | {
        "contact": {"on": "2026-11-25", "by": "DRK", "how": "provider"}
    }
    assert truth_after(known, ["hours"], CITY, DAY) == {}
    assert truth_after(known, ["source"], EDITOR, DAY) == known


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)),
)
def test_differences_are_exactly_the_fields_that_differ(before, after):
    found = differences(before, after)

    assert set(found) == {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert {**after, **{name: before.get(name) for name in found}} == {
        **dict.fromkeys(found),
        **after,
        **{n: before.get(n) for n in found},
    }


def test_each_field_that_is_reviewed_has_a_label():
    assert [field for field in INTERVALS if label_of(field) == field] == []


@dataclass
class Told:
    """A change in a history; `NEW` and `GONE` are a row that came and one that left."""

    origin: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    fields: list[str] = field(default_factory=list)


def told(origin: str, before: object, after: object, name: str = "hours") -> Told:
    return Told(origin, {name: before}, {name: after}, [name])


def new(origin: str) -> Told:
    return Told(origin, None, None)


GONE = Told("city", {"hours": 1}, None)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], set()),
        ([new("city"), told("city", 1, 2)], set()),
        ([new("city"), told("provider", 1, 2)], {"hours"}),
        ([new("city"), told("provider", 1, 2), told("undo", 2, 1)], set()),
        ([new("city"), told("provider", 1, 2), told("undo", 2, 1), told("undo", 1, 2)], {"hours"}),
        ([new("city"), told("editor", 1, 2), told("editor", 2, 3), told("undo", 3, 2)], {"hours"}),
        ([new("city"), told("editor", 1, 2), told("editor", 2, 3), told("undo", 3, 2), told("undo", 2, 1)], set()),
        ([new("city"), told("editor", 1, 2), told("provider", 2, 1)], {"hours"}),  # said, not taken back
        ([new("city"), told("city", 1, 2), told("undo", 2, 1)], {"hours"}),  # against what the folder brought
        ([new("city"), told("city", 1, 2), told("undo", 2, 1), told("undo", 1, 2)], set()),
        ([new("city"), told("editor", 1, 2), told("editor", 1, 2, "cost"), told("undo", 2, 1)], {"cost"}),
        ([new("city"), told("editor", 1, 2), told("import", 2, 3)], set()),
        ([new("import"), told("provider", 1, 2)], {"hours"}),
        ([new("editor"), told("provider", 1, 2), told("undo", 2, 1)], None),
        ([new("city"), told("editor", 1, 2), GONE, new("city")], set()),
        ([new("editor"), GONE, new("city"), told("editor", 1, 2)], {"hours"}),
    ],
)
def test_what_people_changed_and_did_not_take_back_is_theirs(history, expected):
    assert fields_of_people(history) == expected


@given(
    st.lists(st.tuples(st.sampled_from(["editor", "provider"]), st.sampled_from("abc"), st.integers(0, 3))),
    st.data(),
)
def test_what_is_taken_back_step_by_step_leaves_nothing_and_not_before(steps, data):
    row = dict.fromkeys("abc", 0)
    history: list[Told] = [new("city")]
    done: list[Told] = []
    for origin, name, value in steps:
        if row[name] != value:
            done.append(told(origin, row[name], value, name))
            row[name] = value
    history += done
    kept = data.draw(st.integers(0, len(done)))
    history += [told("undo", one.after[one.fields[0]], one.before[one.fields[0]], one.fields[0])
                for one in reversed(done[kept:])]  # fmt: skip

    found = fields_of_people(history)

    assert found >= {name for name, value in row.items() if not done[kept:] and value}
    assert found <= {one.fields[0] for one in done[:kept]}
