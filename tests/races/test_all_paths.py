"""Every way to take a time at once, by real threads on the real database; and what happens without our guards."""

import random
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import make_actor, make_network, make_roster
from tests.owner import as_owner
from tests.processes import PATIENCE
from tragnetz.appointments import claims
from tragnetz.appointments.claims import claim, end_holds
from tragnetz.appointments.commands import book, book_series, cancel, confirm_hold, hold, move
from tragnetz.appointments.enums import BookingState, Via
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.rules import Wanted
from tragnetz.core.ids import clean_code
from tragnetz.core.transactions import in_transaction
from tragnetz.network.actors import resident
from tragnetz.network.scope import scope
from tragnetz.vault.sealing import code_for, lookup_hash

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)  # 8 h in Herne
THREADS, ACTS = 8, 40
OVERLAPS = """SELECT count(*) FROM appointments_booking a JOIN appointments_booking b
    ON a.membership_id = b.membership_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
    WHERE a.state <> 'cancelled' AND b.state <> 'cancelled'"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rush():
    network = make_network()
    with scope(network):
        actors = [make_actor(network, "alpha", "counsellor", name=name) for name in ("Ada", "Bea")]
        for actor in actors:
            make_roster(actor.membership_id)
    return network, actors


def overlaps() -> int:
    with as_owner() as cursor:
        cursor.execute(OVERLAPS)
        return cursor.fetchone()[0]


def act(rng: random.Random, network, actors) -> str:
    """Do one thing at random with one of few times; tell how it went."""
    actor = rng.choice(actors)
    start = int(MORNING.timestamp()) + 1800 * rng.randrange(12)
    wanted, key = Wanted(actor.membership_id, start, 3600, "phone"), uuid.uuid4().hex
    about = {"contact": None, "topic": "", "language": "de", "interpreter": False, "idempotency_key": key, "now": NOW}
    later = [wanted, wanted._replace(start=start + 3600), wanted._replace(start=start + 86_400)]
    until = NOW + timedelta(minutes=rng.randrange(-1, 10))
    row = Booking.objects.exclude(state=BookingState.CANCELLED).order_by("?").first()
    ways = {
        "public": lambda: book(actor=resident(network), wanted=wanted, **about),
        "desk": lambda: book(actor=actor, wanted=wanted, **about),
        "series": lambda: book_series(actor=actor, wanted=later, **about),
        "hold": lambda: hold(actor=actor, wanted=wanted, until=until, idempotency_key=key, now=NOW, via=Via.PUBLIC),
        "import": lambda: in_transaction(
            lambda: claim(actor=actor, bookings=[imported(actor, start, key)], now=NOW, rostered=False)
        ),
    }
    if row is not None:
        ways |= {
            "move": lambda: move(actor=actor, booking=row, wanted=wanted, now=NOW),
            "confirm": lambda: confirm_hold(actor=actor, booking=row, now=NOW),
            "cancel": lambda: cancel(actor=actor, booking=row, now=NOW),
        }
    way = rng.choice(list(ways))
    try:
        ways[way]()
    except (SlotTakenError, NotPossibleError):
        return "refused"
    return way


def imported(actor, start: int, key: str) -> Booking:
    at = datetime.fromtimestamp(start + 900, UTC)  # beside the grid
    return Booking(
        network=actor.network, membership_id=actor.membership_id, starts_at=at, ends_at=at + timedelta(minutes=45),
        kind="phone", via=Via.IMPORT, idempotency_key=key, code_hash=lookup_hash(clean_code(code_for(key))),
    )  # fmt: skip


def all_at_once(network, actors) -> Counter:
    def many(number: int) -> Counter:
        rng = random.Random(number)  # noqa: S311 -- a test that can be repeated
        try:
            with scope(network):
                return Counter(act(rng, network, actors) for _ in range(ACTS))
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(many, range(THREADS)), Counter())


def test_no_mix_of_ways_books_anybody_twice_and_nobody_sees_a_deadlock(rush):
    done = all_at_once(*rush)

    assert sum(done.values()) == THREADS * ACTS
    assert len(done) == 9  # every way went through at least once, and some were refused
    assert overlaps() == 0


def test_without_lock_and_constraint_the_same_mix_overlaps(rush, monkeypatch):
    """The negative control: take both guards away, let two look before either writes."""
    network, actors = rush
    barrier = threading.Barrier(2)
    real = claims._save

    def together(*args):
        barrier.wait(PATIENCE)
        real(*args)

    monkeypatch.setattr(claims, "wait_for", lambda _name: None)
    monkeypatch.setattr(claims, "_save", together)
    with as_owner() as cursor:
        cursor.execute("ALTER TABLE appointments_booking DROP CONSTRAINT booking_does_not_overlap")
    try:

        def one(number: int) -> None:
            try:
                with scope(network):
                    wanted = Wanted(actors[0].membership_id, int(MORNING.timestamp()), 3600, "phone")
                    book(
                        actor=actors[0], wanted=wanted, contact=None, topic="", language="de", interpreter=False,
                        idempotency_key=f"{number:032x}", now=NOW,
                    )  # fmt: skip
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, range(2)))
        assert overlaps() == 1
    finally:
        with as_owner() as cursor:
            cursor.execute("DELETE FROM appointments_booking")
            cursor.execute(
                "ALTER TABLE appointments_booking ADD CONSTRAINT booking_does_not_overlap EXCLUDE USING gist"
                " (tstzrange(starts_at, ends_at, '[)') WITH &&, membership_id WITH =) WHERE (state <> 'cancelled')"
            )


def test_what_is_held_is_free_again_when_it_ran_out(rush):
    network, actors = rush
    start = int(MORNING.timestamp())
    with scope(network):
        wanted = [
            Wanted(actor.membership_id, start + 3600 * hour, 3600, "phone") for actor in actors for hour in range(8)
        ]
        for number, one in enumerate(wanted):
            hold(
                actor=actors[0], wanted=one, until=NOW + timedelta(minutes=10), idempotency_key=f"h{number}", now=NOW,
                via=Via.PUBLIC,
            )  # fmt: skip
        about = {"contact": None, "topic": "", "language": "de", "interpreter": False}
        with pytest.raises(SlotTakenError):
            book(actor=actors[0], wanted=wanted[0], idempotency_key="early", now=NOW + timedelta(minutes=9), **about)

        later = NOW + timedelta(minutes=10)
        # A claim frees what it wants by itself; the worker frees the rest.
        assert book(actor=actors[0], wanted=wanted[0], idempotency_key="late", now=later, **about)
        assert end_holds(later) == 8
        assert not Booking.objects.filter(state=BookingState.HELD).exists()


def test_a_time_held_twice_over_is_had_by_one(rush):
    """Two tabs confirm the same hold, a third books the time the moment it runs out: one of them has it."""
    network, actors = rush
    wanted = Wanted(actors[0].membership_id, int(MORNING.timestamp()), 3600, "phone")
    with scope(network):
        held = hold(
            actor=actors[0], wanted=wanted, until=NOW + timedelta(minutes=10), idempotency_key="held", now=NOW,
            via=Via.PUBLIC,
        ).booking  # fmt: skip
    edge = NOW + timedelta(minutes=10)

    def confirm(_number: int) -> str:
        with scope(network):
            confirm_hold(actor=actors[0], booking=held, now=edge - timedelta(seconds=1))
        return "confirmed"

    def take(_number: int) -> str:
        with scope(network):
            book(
                actor=actors[1], wanted=wanted, contact=None, topic="", language="de", interpreter=False,
                idempotency_key="other", now=edge,
            )  # fmt: skip
        return "taken"

    def run(job) -> str:
        try:
            return job(0)
        except (SlotTakenError, NotPossibleError):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = Counter(pool.map(run, [confirm, confirm, take]))

    assert answers in ({"confirmed": 2, "refused": 1}, {"taken": 1, "refused": 2})
    assert overlaps() == 0
