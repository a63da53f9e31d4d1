"""Tries counted in the database: one by one, by many at once, and what a count can tell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tragnetz.core.clock import now
from tragnetz.staff.enums import Counted
from tragnetz.staff.models import Bucket
from tragnetz.staff.rules import RATES, after_try
from tragnetz.staff.throttle import forget_buckets, give_back, take

WHOSE = "hanna@alpha.example"
NONE = timedelta(0)


@pytest.mark.django_db
def test_a_thousand_guesses_in_an_hour_are_looked_at_twenty_times_at_most():
    begun = now()

    allowed = sum(
        take(Counted.ACCOUNT, WHOSE, begun + timedelta(milliseconds=3600 * number)) == NONE for number in range(1000)
    )

    assert 10 < allowed <= 20


@pytest.mark.django_db
@pytest.mark.parametrize("what", [Counted.ACCOUNT, Counted.MAIL, Counted.APP_CODE])
def test_the_database_counts_as_the_rule_says(what):
    """An hour and a quarter of tries, first one after another, then a few minutes apart."""
    begun, full_at = now(), None
    for number in range(300):
        at = begun + timedelta(seconds=number**1.5)
        after, wait = after_try(full_at, at, RATES[what])
        full_at = full_at if wait else after

        assert take(what, WHOSE, at) == wait
        assert Bucket.objects.get().full_at == full_at


@pytest.mark.django_db
def test_who_must_wait_is_told_how_long():
    at = now()
    for _ in range(10):
        assert take(Counted.ACCOUNT, WHOSE, at) == NONE

    assert take(Counted.ACCOUNT, WHOSE, at) == timedelta(minutes=6)
    assert take(Counted.ACCOUNT, WHOSE, at + timedelta(minutes=4)) == timedelta(minutes=2)
    assert take(Counted.ACCOUNT, "other@alpha.example", at) == NONE


@pytest.mark.django_db
def test_what_was_no_guess_is_given_back():
    at = now()
    for _ in range(30):
        assert take(Counted.ACCOUNT, WHOSE, at) == NONE
        give_back(Counted.ACCOUNT, WHOSE)


@pytest.mark.django_db
def test_a_bucket_tells_no_name_and_goes_when_it_is_full():
    at = now()
    take(Counted.ACCOUNT, WHOSE, at)

    assert "hanna" not in str(Bucket.objects.values().get())
    assert forget_buckets(at) == 0
    assert forget_buckets(at + timedelta(minutes=7)) == 1


def _at_once(count, one_try):
    def run(_number):
        try:
            return one_try()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_no_more_than_the_bucket_holds():
    at = now()

    assert _at_once(60, lambda: take(Counted.ACCOUNT, WHOSE, at) == NONE) == 10


@pytest.mark.django_db(transaction=True)
def test_a_count_by_reading_first_would_let_more_through():
    """The negative control: what `take` would be without its one statement."""
    at, rate = now(), RATES[Counted.ACCOUNT]
    Bucket.objects.create(key="control", full_at=at)

    def careless():
        row = Bucket.objects.get(key="control")
        after, wait = after_try(row.full_at, at, rate)
        if not wait:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.02)")
            Bucket.objects.filter(key="control").update(full_at=after)
        return wait == NONE

    assert _at_once(60, careless) > 10
