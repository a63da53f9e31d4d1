"""A freed time, two workers that offer it, and somebody who books it directly: real threads, real database."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_actor, make_network, make_roster
from tests.processes import PATIENCE
from tragnetz.appointments.commands import book
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.models import Booking, Roster, WaitingEntry
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import wanted_from
from tragnetz.appointments.waiting import commands
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.transactions import in_transaction
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident
from tragnetz.network.scope import scope

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROUNDS = 4


@pytest.fixture
def one_hour(transactional_db):
    """One free hour, and three people who wait for it."""
    network = make_network()
    with scope(network):
        actor = make_actor(network, "alpha", "counsellor")
        make_roster(actor.membership_id, weekdays=[2], starts=time(9), ends=time(10), kinds=("phone",))
        Roster.objects.update(valid_until=NOW.date() + timedelta(days=3))
        for number in range(3):
            details = ContactDetails(name=f"Person {number}", phone="0170 1234567", may_text=True)
            contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
            commands.put_on_list(
                actor=actor, organisation_id=actor.organisation_id, contact=contact, wishes=Wishes(),
                urgency="normal", idempotency_key=f"key-{number}", now=NOW - timedelta(hours=number),
            )  # fmt: skip
        yield network


def slot_of(network):
    return next(free(network=network, first=NOW.date(), last=NOW.date() + timedelta(days=7), not_before=NOW))


def in_threads(network, works):
    barrier = threading.Barrier(len(works))

    def run(work):
        try:
            with scope(network):
                barrier.wait(PATIENCE)
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result(PATIENCE) for one in [pool.submit(run, work) for work in works]]


def offer(network):
    return lambda: commands.offer_freed(network, NOW)


def book_directly(network, slot, key):
    def run():
        wanted = wanted_from(slot)
        try:
            book(
                actor=resident(network), wanted=wanted, contact=None, topic="", language="de", interpreter=False,
                idempotency_key=key, now=NOW,
            )  # fmt: skip
        except SlotTakenError:
            return 0
        return 1

    return run


def check(network, won):
    live = Booking.objects.exclude(state="cancelled")
    assert sum(won) == live.count() == 1
    offers = live.filter(state="held")
    assert WaitingEntry.objects.filter(state="offered").count() == offers.count()
    told = Message.objects.filter(template="waiting_offer")
    assert [row.params["starts_at"] for row in told] == [row.starts_at.isoformat() for row in offers]
    if offers:
        assert offers.get().waiting.contact.name == "Person 2"  # who waits longest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_freed_time_goes_to_one_alone(one_hour, number):
    slot = slot_of(one_hour)

    won = in_threads(one_hour, [offer(one_hour), offer(one_hour), book_directly(one_hour, slot, f"direct-{number}")])

    check(one_hour, won)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_queue_the_claim_still_gives_it_once(one_hour, monkeypatch):
    monkeypatch.setattr(commands, "_lock", lambda _network: None)
    slot = slot_of(one_hour)

    in_threads(one_hour, [offer(one_hour), offer(one_hour), book_directly(one_hour, slot, "direct")])

    assert Booking.objects.exclude(state="cancelled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_only_looks_and_writes_takes_it_twice(one_hour):
    """The negative control: all see the time free at once; nothing but the constraint hinders the second."""
    looked = threading.Barrier(2)

    def take(number):
        def run():
            slot = slot_of(one_hour)
            looked.wait(PATIENCE)
            row = Booking(
                network=one_hour, membership_id=slot.membership_id, starts_at=slot.starts_at, ends_at=slot.ends_at,
                kind=slot.kind, code_hash=str(number), idempotency_key=str(number),
            )  # fmt: skip
            try:
                in_transaction(row.save)  # a deadlock on the constraint's index is repeated, as everywhere
            except IntegrityError:
                return "refused by the database"
            return "written"

        return run

    assert Counter(in_threads(one_hour, [take(1), take(2)])) == {"refused by the database": 1, "written": 1}
