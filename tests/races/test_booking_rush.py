"""A rush on few slots over HTTP: real server processes, real database. And what happens without our guards."""

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_actor, make_network, make_roster
from tests.owner import as_owner
from tests.processes import PATIENCE
from tests.server import from_elsewhere, serve
from tragnetz.appointments import claims, commands
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.rules import Wanted
from tragnetz.config.database import READER
from tragnetz.core import transactions
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

RUSH = 60
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def book(actor, wanted: Wanted, key: str) -> None:
    """Book a time at AT for somebody, without telling anybody."""
    commands.book(
        actor=actor, wanted=wanted, contact=None, topic="", language="de", interpreter=False, idempotency_key=key,
        now=AT - timedelta(days=1),
    )  # fmt: skip


def on_duty():
    """Return a network of its own and somebody of it who has hours on all days of work."""
    network = make_network()
    with scope(network):
        actor = make_actor(network, "alpha", "counsellor")
        make_roster(actor.membership_id)
    return network, actor


@pytest.fixture
def served(committed_herne, tmp_path):
    """Herne on the test's database."""
    with serve(tmp_path) as site:
        yield site


class Visitor:
    """A browser without script: one cookie jar."""

    def __init__(self, site: str) -> None:
        self.site, jar = site, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.page = self.opener.open(f"{site}/de/termin/", timeout=PATIENCE).read().decode()
        self.cookies = "; ".join(f"{one.name}={one.value}" for one in jar)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]

    def slots(self) -> list[str]:
        return re.findall(r'name="slot" value="([^"]+)"', self.page)

    def typed(self, slot: str, key: str) -> bytes:
        """What the form sends for a time."""
        form = {"csrfmiddlewaretoken": self.token, "slot": slot, "key": key, "name": "Y.", "phone": "01701234567"}
        return urllib.parse.urlencode(form).encode()

    def book(self, slot: str, key: str) -> tuple[int, float]:
        begun = time.perf_counter()
        try:
            sent = urllib.request.Request(  # noqa: S310 -- our own server
                f"{self.site}/de/termin/", self.typed(slot, key), from_elsewhere(zlib.crc32(key.encode()))
            )
            answer = self.opener.open(sent, timeout=PATIENCE)
            return answer.status, time.perf_counter() - begun
        except urllib.error.HTTPError as error:
            return error.code, time.perf_counter() - begun


def apart(tokens: list[str]) -> list[str]:
    """Return times that do not hinder each other: no two of one counsellor overlap."""
    free_from: dict[str, int] = {}
    found = []
    for token in tokens:
        member, start, length, _kind = token.split(".")
        if int(start) >= free_from.get(member, 0):
            free_from[member] = int(start) + int(length)
            found.append(token)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_rush_on_few_slots_books_each_once_and_tells_the_others(served):
    visitors = [Visitor(served) for _ in range(8)]
    wanted = apart(visitors[0].slots()[4:])[:6]  # not the first: they may leave the notice while the test runs

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda number: visitors[number % 8].book(wanted[number % 6], f"{number:032x}"), range(RUSH)
            )
        )  # fmt: skip

    statuses = Counter(status for status, _seconds in answers)
    assert statuses == {200: 6, 409: RUSH - 6}
    with scope(Network.objects.get()):
        live = list(Booking.objects.exclude(state="cancelled").values_list("membership_id", "starts_at"))
    assert len(live) == len(set(live)) == 6


@pytest.mark.django_db(transaction=True)
def test_one_request_sent_many_times_at_once_books_once_and_tells_each_the_same(served):
    """Somebody presses twice, a slow line sends again: each gets the page of the one booking."""
    visitors = [Visitor(served) for _ in range(8)]
    wanted = visitors[0].slots()[4]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda visitor: visitor.book(wanted, "a" * 32), visitors))

    assert {status for status, _seconds in answers} == {200}
    with scope(Network.objects.get()):
        assert Booking.objects.exclude(state="cancelled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraint_the_same_rush_books_twice():
    """The negative control: the race is real, so the test above can fail."""
    with as_owner() as cursor:
        cursor.execute("CREATE TABLE unguarded (slot int)")
        cursor.execute(f"GRANT ALL ON unguarded TO {READER}")
    barrier = threading.Barrier(4)

    def claim(_number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM unguarded WHERE slot = 1")
            is_free = cursor.fetchone()[0] == 0
            barrier.wait(PATIENCE)
            if is_free:
                cursor.execute("INSERT INTO unguarded VALUES (1)")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(claim, range(4)))

    with as_owner() as cursor:
        cursor.execute("SELECT count(*) FROM unguarded")
        booked = cursor.fetchone()[0]
        cursor.execute("DROP TABLE unguarded")
    assert booked == 4


@pytest.mark.django_db(transaction=True)
def test_the_constraint_alone_holds_when_the_lock_is_gone(monkeypatch):
    """Take our advisory lock away: still nobody is booked twice, because the database refuses."""
    network, actor = on_duty()
    barrier = threading.Barrier(4)
    monkeypatch.setattr(claims, "wait_for", lambda _name: None)
    monkeypatch.setattr(transactions, "TRIES", 50)  # without the lock deadlocks are the rule: that is why it is there
    wanted = Wanted(actor.membership_id, int(AT.timestamp()), 3600, "phone")
    real = claims._save

    first = threading.local()

    def together(*args):
        if not hasattr(first, "done"):  # who fell victim to a deadlock comes again, alone
            first.done = True
            barrier.wait(PATIENCE)
        real(*args)

    monkeypatch.setattr(claims, "_save", together)

    def claim(number: int) -> str:
        try:
            with scope(network):
                book(actor, wanted, f"{number:032x}")
        except SlotTakenError:
            return "taken"
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(4) as pool:
        answers = Counter(pool.map(claim, range(4)))

    assert answers["booked"] == 1
    assert answers["taken"] == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_queue_one_request_sent_twice_at_once_fails(monkeypatch):
    """The negative control of one key: the queue makes the later one look again, the database alone refuses it."""
    network, actor = on_duty()
    barrier = threading.Barrier(2)
    real = commands._new
    monkeypatch.setattr(commands, "wait_for", lambda _name: None)
    monkeypatch.setattr(commands, "_new", lambda *args: (barrier.wait(PATIENCE), real(*args))[1])
    nine, ten = (Wanted(actor.membership_id, int(AT.timestamp()) + late, 3600, "phone") for late in (0, 3600))

    def told(wanted: Wanted) -> str:
        try:
            with scope(network):
                book(actor, wanted, "a" * 32)
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(told, (nine, ten))) == ["booked", "refused"]
