"""What is counted is what a slow reading of every row counts, whatever the filters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import make_case
from tests.reporting.outcomes.slow import recount
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case, Rating, RatingLine
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.scope import scope
from tragnetz.reporting import sheets
from tragnetz.reporting.models import Sheet
from tragnetz.reporting.nightly import renew_figures
from tragnetz.reporting.outcomes.filters import Filters
from tragnetz.reporting.outcomes.summary import counts_of
from tragnetz.reporting.outcomes.tally import count, whole_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_every_count_is_that_of_a_slow_reading(told_city):
    at = now()
    Case.objects.filter(pk__in=Case.objects.values("pk")[:2]).update(restricted_on=today(told_city.zone))
    year = at.year - 1
    busy = Case.objects.exclude(topic="").values_list("topic", flat=True).first()
    kinds = set()
    for filters in (
        Filters(split="bezirk"), Filters(split="organisation"), Filters(split="thema", year=year),
        Filters(year=year, quarter=4), Filters(district="wanne", split="bezirk"), Filters(topic=busy),
        Filters(organisation="caritas", year=at.year), Filters(programme="filou"), Filters(programme="bqb-sued"),
    ):  # fmt: skip
        counted = count(told_city, filters, at)
        found = {group: +tally for group, tally in counted.items() if +tally}

        assert found == {group: +tally for group, tally in recount(told_city, filters, at).items()}, filters
        kinds |= {key.split("|")[0] for key in whole_of(counted)}
    assert kinds == {
        "case", "pair", "single", "rated", "moved", "goal", "attainment", "claim", "eur", "running", "paid", "paying",
        "referral", "refusal", "reply", "application", "coached", "placement", "kept", "exit", "aftercare", "aftersaid", "contact",
        "minutes", "talks", "feedback", "left", "result",
    }  # fmt: skip


def test_counting_asks_the_same_number_of_queries_however_much_there_is(told_city):
    with CaptureQueriesContext(connection) as many:
        count(told_city, Filters(split="bezirk"), now())
    with CaptureQueriesContext(connection) as few:
        count(told_city, Filters(topic="care", year=now().year, split="bezirk"), now())

    assert len(many) <= 12
    assert len(few) <= len(many)


def test_groups_add_up_to_the_whole(told_city):
    whole = count(told_city, Filters(), now())

    for split in ("bezirk", "thema", "organisation"):
        assert whole_of(count(told_city, Filters(split=split), now())) == whole_of(whole)


def rated(case, day, **levels) -> None:
    part = compartment_of(case)
    row = Rating(
        network=case.network, case=case, compartment=part, rated_on=day, occasion="start", idempotency_key=new_id().hex
    )
    row.save()
    for domain, (ours, own) in levels.items():
        RatingLine(network=case.network, rating=row, compartment=part, domain=domain, level=ours, own_level=own).save()


def test_what_was_not_talked_about_is_no_level(network, owner):
    case = make_case(owner)
    rated(case, case.opened_on, money=(2, 1), work=(3, None))
    rated(case, case.opened_on + 90 * DAY, money=(4, None))

    found = whole_of(count(network, Filters(), now()))

    assert found["pair|ours|money|2|4"] == found["single|own|money"] == found["single|ours|work"] == 1
    assert not [key for key in found if key.startswith("pair|own") or "|work|" in key]
    assert (found["rated|t"], found["moved|ours|1"]) == (1, 1)


def test_two_looks_on_one_day_are_one_look(network, owner):
    case = make_case(owner)
    rated(case, case.opened_on, money=(2, None))
    rated(case, case.opened_on, money=(5, None))

    found = whole_of(count(network, Filters(), now()))

    assert (found["single|ours|money"], found["rated|f"], found["rated|t"]) == (1, 1, 0)


def test_what_was_copied_into_a_new_case_counts_once(network, owner):
    case = make_case(owner, opened_on=date(2026, 3, 1))
    rated(case, date(2026, 1, 5), money=(1, None))  # copied when the household was split
    rated(case, date(2026, 3, 1), money=(2, None))

    assert whole_of(count(network, Filters(), now()))["single|ours|money"] == 1


def granted(case, *grants) -> None:
    part = compartment_of(case)
    by = {"network": case.network, "case": case, "compartment": part, "author_id": case.counsellor_id}
    claim = Claim(**by, benefit="wohngeld", state="granted", state_on=case.opened_on)
    claim.save()
    for number, (amount, first, last) in enumerate(grants):
        ClaimMove(
            **by, claim=claim, state="granted", happened_on=first, rhythm="month", amount=Decimal(amount), from_on=first,
            until_on=last, idempotency_key=new_id().hex, recorded_at=now() + timedelta(seconds=number),
        ).save()  # fmt: skip


def test_a_new_decision_stands_in_the_place_of_the_old_one(network, owner):
    case = make_case(owner, opened_on=date(2025, 1, 1))
    granted(case, (100, date(2025, 1, 1), date(2025, 12, 31)), (150, date(2025, 7, 1), date(2025, 12, 31)))

    whole = whole_of(count(network, Filters(year=2025), now()))
    half = whole_of(count(network, Filters(year=2025, quarter=3), now()))

    assert whole["eur|wohngeld|month"] == (6 * 100 + 6 * 150) * 100
    assert half["eur|wohngeld|month"] == 3 * 150 * 100
    assert (whole["running|wohngeld"], whole["paid"], whole["paying"]) == (150 * 100, 1, 1)


def test_months_that_begin_on_the_31st_are_months(network, owner):
    granted(make_case(owner, opened_on=date(2025, 1, 1)), (10, date(2025, 1, 31), date(2025, 5, 30)))

    found = whole_of(count(network, Filters(year=2025), now()))

    # From 31 January, 28 February, 31 March and 30 April; each ends before the next begins.
    assert found["eur|wohngeld|month"] == 4 * 10 * 100
    assert whole_of(count(network, Filters(year=2025, quarter=1), now()))["running|wohngeld"] == 10 * 100


def test_nobody_counts_the_cases_of_another_network(network, owner, other_network):
    rated(make_case(owner), date(2026, 1, 5), money=(2, None))
    assert whole_of(count(network, Filters(), now()))["case"] == 1  # who may, sees it

    with scope(other_network):
        assert not whole_of(count(other_network, Filters(), now()))


def test_what_was_counted_is_kept_for_minutes_or_for_a_day(network, owner, monkeypatch):
    at, filters = now(), Filters(split="bezirk")
    make_case(owner)
    first = counts_of(network, filters, at)
    make_case(owner, name="Kim Ulm")
    again, later = (counts_of(network, filters, at + timedelta(minutes=minutes)) for minutes in (5, 15))
    assert [(row.groups[""]["case"], row.at - at) for row in (first, again)] == [(1, 0 * DAY), (1, 0 * DAY)]
    assert (later.groups[""]["case"], later.at) == (2, at + timedelta(minutes=15))

    monkeypatch.setattr(sheets, "LARGE", 0)
    assert counts_of(network, filters, at + DAY).at == later.at
    assert counts_of(network, filters, at + 2 * DAY).at == at + 2 * DAY


def test_the_worker_counts_what_is_looked_at_and_forgets_the_rest(network, owner, monkeypatch):
    make_case(owner)
    at = now()
    assert renew_figures(network, at) == 0
    monkeypatch.setattr(sheets, "LARGE", 0)
    counts_of(network, Filters(year=at.year, quarter=1), at)
    usual = {"door", "waits", "outcomes:||", *(f"outcomes:|{year}|" for year in range(2026, at.year + 1))}

    assert renew_figures(network, at + DAY) == len(usual) + 1
    assert set(Sheet.objects.values_list("subject", flat=True)) == usual | {f"outcomes:|{at.year}|1"}
    assert renew_figures(network, at + 20 * DAY) == len(usual)


def test_all_filters_of_one_time_are_counted_once(told_city, monkeypatch):
    monkeypatch.setattr(sheets, "LARGE", 0)
    counts_of(told_city, Filters(), now())
    with CaptureQueriesContext(connection) as queries:
        found = counts_of(told_city, Filters(district="wanne", topic="debt", split="organisation"), now())

    assert len(queries) <= 3
    assert whole_of(found.groups) == whole_of(count(told_city, Filters(district="wanne", topic="debt"), now()))
