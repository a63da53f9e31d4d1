"""A rush on the places of a group, with real threads on the real database. And what happens without our guards."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.appointments.groups.conftest import NOW, come, made
from tests.factories import make_actor, make_network
from tests.processes import PATIENCE
from tragnetz.appointments.groups import registering
from tragnetz.appointments.groups.registering import deregister
from tragnetz.appointments.models import Registration
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident
from tragnetz.network.database import owner
from tragnetz.network.scope import scope

PEOPLE, PLACES, THREADS = 24, 6, 8
SEAT_ONCE = "seat_is_given_once"


@pytest.fixture
def group(transactional_db):
    network = make_network()
    with scope(network):
        yield made(make_actor(network, "alpha", "counsellor"), places=PLACES)


def at_once(group, run, number: int, threads: int = THREADS):
    """Let so many people do something, some of them in the same moment."""

    def one(which: int):
        try:
            with scope(group.network):
                return run(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(number)))


def seats() -> list[int]:
    return sorted(Registration._base_manager.exclude(seat=None).values_list("seat", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_rush_fills_each_place_once_and_all_others_wait(group):
    at_once(group, lambda which: come(group.network, group, f"k{which}"), PEOPLE)

    states = Counter(Registration._base_manager.values_list("state", flat=True))
    assert seats() == list(range(1, PLACES + 1))
    assert states == {"registered": PLACES, "waiting": PEOPLE - PLACES}


@pytest.mark.django_db(transaction=True)
def test_one_request_sent_many_times_at_once_registers_once(group):
    found = at_once(group, lambda _which: come(group.network, group, "same"), THREADS)

    assert len({one.code for one in found}) == len({one.registration.pk for one in found}) == 1
    assert Registration._base_manager.count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_leaving_at_once_let_exactly_the_first_of_the_line_move_up(group):
    came = [come(group.network, group, f"k{which}").registration for which in range(PLACES + 4)]

    at_once(
        group, lambda which: deregister(actor=resident(group.network), registration=came[which], now=NOW), 3, threads=3
    )

    registered = set(Registration._base_manager.filter(state="registered").values_list("pk", flat=True))
    assert registered == {one.pk for one in came[3 : PLACES + 3]}
    assert seats() == list(range(1, PLACES + 1))
    assert Message._base_manager.filter(template="group_moved_up").count() == 3


def together(monkeypatch, number: int) -> None:
    """Take the lock away and let everybody look for a free seat before anybody takes one."""
    barrier, looked, real = threading.Barrier(number), threading.local(), registering._taken

    def look(group):
        found = real(group)
        if not hasattr(looked, "done"):
            looked.done = True
            barrier.wait(PATIENCE)
        return found

    monkeypatch.setattr(registering, "wait_for", lambda _name: None)
    monkeypatch.setattr(registering, "_taken", look)


@pytest.mark.django_db(transaction=True)
def test_the_constraint_alone_holds_when_the_lock_is_gone(group, monkeypatch):
    together(monkeypatch, THREADS)

    at_once(group, lambda which: come(group.network, group, f"k{which}"), THREADS)

    assert seats() == list(range(1, PLACES + 1))
    assert Registration._base_manager.filter(state="waiting").count() == THREADS - PLACES


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraint_the_same_rush_gives_one_seat_many_times(group, monkeypatch):
    """The negative control: the race is real, so the tests above can fail."""
    constraint = next(one for one in Registration._meta.constraints if one.name == SEAT_ONCE)
    with owner.as_owner("migrate"), connection.schema_editor() as editor:
        editor.remove_constraint(Registration, constraint)
    try:
        together(monkeypatch, THREADS)
        at_once(group, lambda which: come(group.network, group, f"k{which}"), THREADS)

        assert seats() == [1] * THREADS
    finally:
        with owner.as_owner("migrate"):
            Registration._base_manager.all().delete()
        with owner.as_owner("migrate"), connection.schema_editor() as editor:
            editor.add_constraint(Registration, constraint)
