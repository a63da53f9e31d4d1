"""The domains of life, by two people, on several days."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.casework.conftest import TODAY
from tragnetz.audit.models import Event
from tragnetz.casework.enums import LifeDomain, Occasion
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Rating, RatingLine
from tragnetz.casework.ratings.anchors import ANCHORS, LEVEL_NAMES
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.queries import compared, latest_words
from tragnetz.casework.ratings.rules import LEVELS, Line, changes, day_fits, likely_occasion
from tragnetz.printing.charts import LevelRow, levels_picture

MARCH = date(2026, 3, 2)


def rated(owner, case, *lines, on=TODAY, key="a" * 32, occasion="between", person=None):
    return rate(
        actor=owner, case=case, rated_on=on, occasion=occasion, lines=lines, idempotency_key=key, today=TODAY,
        person=person,
    )  # fmt: skip


def test_every_domain_has_five_anchors_of_its_own():
    assert set(ANCHORS) == set(LifeDomain)
    texts = [str(text) for anchors in ANCHORS.values() for text in anchors]
    assert len(set(texts)) == len(texts) == 50
    assert list(LEVEL_NAMES) == list(LEVELS)


def test_what_was_not_talked_about_has_no_row_and_is_not_low(case, owner):
    rated(owner, case, Line("money", 2, 3, "soon", "fragt um Rat", "Übersicht"), Line("work"), Line("mind", None, 1))

    rows = {row.domain: (row.level, row.own_level) for row in RatingLine.objects.all()}
    assert rows == {"money": (2, 3), "mind": (None, 1)}
    assert Event.objects.get(verb="rating:keep").details == {"occasion": "between", "domains": 2}


def test_a_rating_of_nothing_is_refused(case, owner):
    with pytest.raises(CaseworkError, match="mindestens eine"):
        rated(owner, case, Line("money"))


@pytest.mark.parametrize("level", [0, 6])
def test_levels_are_one_to_five(case, owner, level):
    with pytest.raises(CaseworkError, match="1 bis 5"):
        rated(owner, case, Line("money", level))
    assert Rating.objects.count() == 0
    rated(owner, case, Line("money", 5))
    with pytest.raises(IntegrityError, match="level_is_on_its_scale"), transaction.atomic():
        RatingLine.objects.update(own_level=level)


def test_a_rating_sent_twice_is_kept_once(case, owner):
    assert rated(owner, case, Line("money", 2)).pk == rated(owner, case, Line("money", 4)).pk
    assert RatingLine.objects.get().level == 2


@pytest.mark.parametrize(("on", "fits"), [(date(2026, 1, 4), False), (date(2026, 1, 5), True), (TODAY, True)])
def test_a_rating_is_of_a_day_of_the_case(on, fits):
    assert day_fits(on, date(2026, 1, 5), TODAY) == fits


def test_a_rating_to_come_is_refused(case, owner):
    with pytest.raises(CaseworkError, match="zwischen dem Beginn"):
        rated(owner, case, Line("money", 2), on=TODAY + timedelta(days=1))


def test_changes_compare_both_views_and_leave_out_what_is_missing():
    found = changes([Line("money", 2, 1), Line("home", 4)], [Line("money", 3, None), Line("work", 2)])

    assert [(row.domain, row.level, row.own_level) for row in found] == [
        ("money", 1, None), ("work", None, None), ("home", None, None),
    ]  # fmt: skip


def test_first_and_last_are_compared_or_any_two(case, owner):
    first = rated(owner, case, Line("money", 1), on=MARCH, key="a" * 32)
    middle = rated(owner, case, Line("money", 3), on=MARCH + timedelta(days=90), key="b" * 32)
    last = rated(owner, case, Line("money", 4), key="c" * 32)

    whole = compared(case)[0]
    chosen = compared(case, [str(last.pk), str(middle.pk)])[0]

    assert (whole.first, whole.last, whole.changes[0].level) == (first, last, 3)
    assert (chosen.first, chosen.last, chosen.changes[0].level) == (middle, last, 1)


def test_household_and_adult_are_rated_apart(case, owner, people):
    rated(owner, case, Line("money", 2), key="a" * 32)
    rated(owner, case, Line("money", 5), key="b" * 32, person=people["Emil"])

    assert [(part.person, part.changes[0].after.level) for part in compared(case)] == [("", 2), ("Emil Linde", 5)]


def test_the_latest_word_on_each_domain_counts(case, owner):
    rated(owner, case, Line("money", 1), Line("home", 2), on=MARCH, key="a" * 32)
    rated(owner, case, Line("money", 4), key="b" * 32)

    assert {word.domain: word.level for word in latest_words(case)} == {"money": 4, "home": 2}


def test_the_form_begins_with_the_likely_occasion():
    asked = [(False, False), (True, False), (True, True)]
    found = [likely_occasion(rated=rated, closing=closing) for rated, closing in asked]
    assert found == [Occasion.START, Occasion.BETWEEN, Occasion.END]


def test_the_picture_has_a_dot_only_where_there_is_a_level():
    picture = levels_picture([LevelRow("Geld", (1, 5), (None, 3))], is_two=True)

    assert [(dot.name, dot.x) for dot in picture.dots] == [
        ("first-before", picture.ticks[0].at), ("first-after", picture.ticks[4].at),
        ("second-after", picture.ticks[2].at),
    ]  # fmt: skip
    assert len(picture.ways) == 1
    assert [dot.name for dot in levels_picture([LevelRow("Geld", (1, 5), (2, 3))], is_two=False).dots] == [
        "first-after", "second-after",
    ]  # fmt: skip
