"""Waiting times count who still waits, show no small groups, and are few queries."""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor
from tragnetz.appointments.load import load_of
from tragnetz.appointments.models import Absence, Booking, CallAttempt, Callback, WaitingEntry
from tragnetz.casework.models import Enquiry
from tragnetz.clients.models import Contact
from tragnetz.core.ids import new_id
from tragnetz.network.models import District
from tragnetz.reporting.statistics import FIVES
from tragnetz.reporting.waits import (
    SHARES_FROM,
    SPLITS,
    TIMES_FROM,
    _Groups,
    _waits,
    attendances,
    call_waits,
    public_wait,
    talk_waits,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SINCE = NOW - 90 * DAY


@pytest.fixture
def counsellor(network):
    return make_actor(network, "alpha", "counsellor")


def booked(actor, contact, starts_at, state="attended", length=HOUR, **fields) -> Booking:
    row = Booking(
        network=actor.network, membership_id=actor.membership_id, contact=contact, starts_at=starts_at,
        ends_at=starts_at + length, kind="phone", state=state, code_hash=new_id().hex, idempotency_key=new_id().hex,
        created_at=starts_at - DAY, **fields,
    )  # fmt: skip
    row.save()
    return row


_minutes = cycle(number * MINUTE for number in range(600))


def asked(actor, days_ago: int, waited: int | None = None, state="attended", district="mitte", **fields) -> Enquiry:
    """Let somebody ask some days ago; with `waited` they have an appointment so many days later."""
    contact = Contact(network=actor.network, organisation_id=actor.organisation_id, name="x")
    contact.save()
    at = NOW - days_ago * DAY + next(_minutes)  # each at another minute: nobody can be with two people at once
    kept = {name: fields.pop(name) for name in list(fields) if name in {"topic", "language", "waiting"}}
    booking = None
    if waited is not None:
        told = {name: value for name, value in kept.items() if name != "waiting"}
        booking = booked(actor, contact, at + waited * DAY, state, length=MINUTE, **told, **fields)
    row = Enquiry(
        network=actor.network, organisation_id=actor.organisation_id, channel="phone",
        outcome="appointment" if booking else "waiting", contact=contact, booking=booking,
        district=District.objects.get(key=district), idempotency_key=new_id().hex, created_at=at, **kept,
    )  # fmt: skip
    row.save()
    return row


def test_half_of_the_people_and_nine_in_ten(network, counsellor):
    for waited in (1, 2, 3, 4, 5, 6, 7, 8, 9, 30):
        asked(counsellor, 60, waited)

    assert talk_waits(network, SINCE, NOW)[0] == talk_waits(network, SINCE, NOW, "monat")[0]
    whole = talk_waits(network, SINCE, NOW)[0]
    assert (whole.people, whole.half, whole.most) == (10, 5, 9)


def test_days_are_days_of_the_calendar_in_the_city(network, counsellor):
    for number in range(10):
        row, start = asked(counsellor, 30, 1), datetime(2026, 9, 1, 23, number, tzinfo=UTC)
        # 23:30 in summer is the next day's 1:30: by the clock of the city it was one day, by UTC none.
        Enquiry.objects.filter(pk=row.pk).update(created_at=datetime(2026, 9, 1, 21, 30, tzinfo=UTC))
        Booking.objects.filter(pk=row.booking_id).update(starts_at=start, ends_at=start + MINUTE)

    assert talk_waits(network, SINCE, NOW)[0].half == 1


def test_who_still_waits_counts_as_waiting(network, counsellor):
    for waited in (2, 2, 2, 2, 2, 2, 9, 9, 9, 9):
        asked(counsellor, 50, waited)
    assert talk_waits(network, SINCE, NOW)[0].half == 2
    entry = {"network": network, "organisation_id": counsellor.organisation_id, "code_hash": "", "idempotency_key": ""}
    for _ in range(10):
        waiting = WaitingEntry(**entry | {"code_hash": new_id().hex, "idempotency_key": new_id().hex})
        waiting.save()
        asked(counsellor, 20, None, waiting=waiting)

    whole = talk_waits(network, SINCE, NOW)[0]
    assert (whole.people, whole.half) == (20, 9)


@pytest.mark.parametrize(
    ("state", "fields", "half"),
    [
        # Five had it after 1, five after 9 days. Five more dropped out after 2 days: not known to have waited longer.
        ("missed", {}, 9),
        ("cancelled", {"cancelled_by": "person", "changed_at": NOW - 48 * DAY}, 9),
        # Whom we called off waits on, until today.
        ("cancelled", {"cancelled_by": "network", "changed_at": NOW - 48 * DAY}, 9),
        ("booked", {}, 9),
    ],
)  # fmt: skip
def test_an_appointment_that_was_none_is_no_talk(network, counsellor, state, fields, half):
    for waited in (1, 9):
        for _ in range(5):
            asked(counsellor, 50, waited)
    for _ in range(5):
        asked(counsellor, 50, 2, state, **fields)

    whole = talk_waits(network, SINCE, NOW)[0]
    assert (whole.people, whole.half) == (15, half)
    # Dropped out they are gone after 9 days: nobody waits. Called off by us a third still waits.
    assert (whole.most is None) == (fields.get("cancelled_by") == "network")


def test_a_later_talk_ends_the_wait_of_who_missed_the_first(network, counsellor):
    for _ in range(10):
        first = asked(counsellor, 50, 2, "missed")
        booked(counsellor, first.contact, first.created_at + 12 * DAY, length=MINUTE)

    assert talk_waits(network, SINCE, NOW)[0].half == 12


def test_only_those_who_asked_in_the_time_count(network, other_network, counsellor):
    for _ in range(6):
        asked(counsellor, 100, 1)
        asked(counsellor, 10, 3)

    assert [talk_waits(network, since, NOW)[0].people for since in (SINCE, NOW - 200 * DAY)] == [5, 10]
    from tragnetz.network.scope import scope

    with scope(other_network):
        assert talk_waits(other_network, SINCE, NOW)[0].people == 0


@pytest.mark.parametrize("split", SPLITS)
def test_figures_split_and_few_queries(network, counsellor, split, django_assert_max_num_queries):
    for number in range(12):
        asked(counsellor, 14, 3, district="nord" if number % 2 else "mitte", topic="debt", language="tr")
    with django_assert_max_num_queries(6):  # one for each figure, and one each for the names of the groups
        talks, missed = talk_waits(network, SINCE, NOW, split), attendances(network, SINCE, NOW, split)
        call_waits(network, SINCE, NOW, split)

    assert sum(row.people for row in talks[1:]) == talks[0].people == 10
    assert sum(row.people for row in missed[1:]) == missed[0].people == 10
    names = {
        "bezirk": {"Mitte", "Nord"},
        "thema": {"nicht bekannt"},
        "sprache": {"Türkisch"},
        "organisation": {"Alpha"},
    }
    if split != "monat":
        assert (
            {row.name for row in talks[1:] if row.people}
            == {row.name for row in missed[1:] if row.people}
            == names[split]
        )


def test_every_group_has_its_row_with_or_without_anybody(network, counsellor):
    for _ in range(8):
        asked(counsellor, 20, 3, district="mitte")
    for _ in range(4):
        asked(counsellor, 20, 3, district="nord")

    # The running sum is 8, then 12: a five each. Of neither is a time told, of all together it is.
    whole, *rows = talk_waits(network, SINCE, NOW, "bezirk")
    assert (whole.people, whole.half) == (10, 3)
    assert [(row.name, row.people, row.half) for row in rows] == [
        ("Mitte", 5, None), ("Nord", 5, None), ("nicht bekannt", 0, None),
    ]  # fmt: skip
    assert all(row.is_few for row in attendances(network, SINCE, NOW, "bezirk"))


def test_what_is_told_of_small_numbers_is_the_same_whatever_they_are(network, counsellor):
    def page():
        return [(row.name, row.people, row.half) for row in talk_waits(network, SINCE, NOW, "bezirk")[1:]]

    for _ in range(11):
        asked(counsellor, 20, 3, district="mitte")
    before, pages = page(), []
    for _ in range(3):  # one, two, three people of the other district: nobody reads it off the page
        asked(counsellor, 20, 3, district="nord")
        pages.append(page())

    assert pages == [before] * 3
    assert before[0] == ("Mitte", 10, 3)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_times_and_shares_hang_on_what_is_told_alone(numbers):
    groups = _Groups([f"g{number}" for number in range(len(numbers))], {})
    rows = [(name, DAY, True, number) for name, number in zip(groups.names, numbers, strict=True)]
    whole, *found = _waits(rows, "monat", groups, DAY)
    told = FIVES.many(dict(zip(groups.names, numbers, strict=True)))

    assert {row.name: row.people for row in found} == {name: number or 0 for name, number in told.items()}
    assert all((row.half is None) == (row.people < TIMES_FROM) == row.is_few for row in [whole, *found])
    assert all(number >= 6 for row, number in zip(found, numbers, strict=True) if not row.is_few)


def test_no_shows_and_short_notice(network, counsellor):
    states = [("attended", {})] * 36 + [("missed", {})] * 12
    late, early, ours = (
        ("cancelled", {"cancelled_by": by, "changed_at": NOW - 18 * DAY - ahead})
        for by, ahead in (("person", 2 * HOUR), ("person", 30 * HOUR), ("network", 2 * HOUR))
    )
    for state, fields in [*states, *[late] * 12, early, ours]:
        asked(counsellor, 20, 2, state, **fields)
    whole = attendances(network, SINCE, NOW)[0]

    # The running sum is 36, 48, 60.
    assert (whole.attended, whole.missed, whole.late, whole.people) == (35, 10, 15, 60)
    assert (whole.missed_share, whole.late_share) == (10 / 45, 0.25)
    assert not whole.is_few
    assert whole.people >= SHARES_FROM


def test_months_stand_there_without_anybody(network, counsellor):
    assert [row.name for row in talk_waits(network, SINCE, NOW, "monat")[1:]] == [
        "2026-08",
        "2026-09",
        "2026-10",
        "2026-11",
    ]
    january = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # in the city it is February
    assert [row.name for row in talk_waits(network, january, january + DAY, "monat")[1:]] == ["2026-02"]


def test_promised_calls_count_in_hours(network, counsellor):
    Callback.objects.create(  # who found a time without the call did not wait for it
        network=network, organisation_id=counsellor.organisation_id, promised_until=NOW - DAY, created_at=NOW - 2 * DAY,
        state="spared", settled_at=NOW - DAY,
    )  # fmt: skip
    for number, hours in enumerate((1, 1, 1, 1, 1, 1, 5, 5, 5, 30)):
        at = NOW - 10 * DAY
        row = Callback(
            network=network, organisation_id=counsellor.organisation_id, promised_until=at + DAY, created_at=at
        )
        if number < 2:
            row.state, row.settled_at = "done", at + hours * HOUR
        row.save()
        if number >= 2:
            for result, after in (("no_answer", 0.5), ("reached", hours)):
                CallAttempt(
                    network=network, callback=row, membership_id=counsellor.membership_id, result=result,
                    at=at + after * HOUR,
                ).save()  # fmt: skip

    whole = call_waits(network, SINCE, NOW)[0]
    assert (whole.people, whole.half, whole.most) == (10, 1, 5)


def test_the_public_is_told_from_twenty_people_on(network, counsellor):
    for _ in range(19):
        asked(counsellor, 20, 4)
    assert public_wait(network, NOW) is None
    asked(counsellor, 20, 4)

    assert public_wait(network, NOW).half == 4


def test_load_is_what_was_offered_and_asked(network, counsellor):
    from tests.factories import make_roster

    make_roster(counsellor.membership_id)  # eight hours, Monday to Friday
    since, until = datetime(2026, 9, 7, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC)  # four weeks without a holiday
    Absence(
        network=network, membership_id=counsellor.membership_id, starts_at=datetime(2026, 9, 7, 6, tzinfo=UTC),
        ends_at=datetime(2026, 9, 7, 10, tzinfo=UTC),
    ).save()  # fmt: skip
    for number, state in enumerate(("attended", "attended", "attended", "missed")):
        booked(counsellor, None, datetime(2026, 9, 8 + number, 8, tzinfo=UTC), state)
    history = load_of(network, since, until)

    assert history.counsellors == 1
    assert history.load.offered == (7.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0)
    assert history.load.asked == (0.25, 0.25, 0.25, 0.25, 0.0, 0.0, 0.0)
    assert (history.load.missed, history.load.called_off, set(history.load.lengths)) == (0.25, 0.0, {1.0})
    assert load_of(network, since - 100 * DAY, since - 50 * DAY) is None
