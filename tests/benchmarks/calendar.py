"""Free times of many counsellors, and a rush on a few of them."""

import http.client
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from tests.benchmarks.measure import milliseconds, show
from tests.personas import EMAILS
from tests.races.test_all_paths import act, overlaps
from tests.races.test_booking_rush import Visitor
from tests.server import from_elsewhere, serve
from tragnetz.appointments.enums import Audience, BookingState
from tragnetz.appointments.models import Booking, Roster
from tragnetz.appointments.queries import free
from tragnetz.core.clock import now, today
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network, Organisation, User
from tragnetz.network.scope import scope

MANY_COUNSELLORS = 300
ATTEMPTS, SLOTS, CLIENTS, RATE = 1000, 100, 16, 50
MIXED = 10_000


def slots(network: Network) -> None:
    first = today(network.zone)

    def run(_number: int) -> int:
        return sum(1 for _ in free(network=network, first=first, last=first + timedelta(days=27), not_before=now()))

    show(f"free slots, 12 counsellors x 28 days ({run(0)})", milliseconds(run, 20), "p95 < 30 ms")
    with transaction.atomic():
        _many(network, run)
        transaction.set_rollback(True)


def _many(network: Network, run: Callable[[int], int]) -> None:
    """Fill the network up with counsellors; the caller takes them out again."""
    organisation = Organisation.objects.filter(is_member=True).first()
    users = User.objects.bulk_create(
        User(email=f"b{number}@bench.example", first_name="B", last_name=str(number), password="!")
        for number in range(MANY_COUNSELLORS - 12)
    )
    members = Membership.objects.bulk_create(
        Membership(network=network, user=user, organisation=organisation, roles=["counsellor"]) for user in users
    )
    model = list(Roster.objects.filter(membership__user__email=EMAILS["colleague"]))
    Roster.objects.bulk_create(
        Roster(
            network=network,
            membership=member,
            weekday=row.weekday,
            starts=row.starts,
            ends=row.ends,
            kinds=row.kinds,
            valid_from=row.valid_from,
        )
        for member in members
        for row in model
    )
    show(f"free slots, {MANY_COUNSELLORS} x 28 days ({run(0)})", milliseconds(run, 10), "p95 < 150 ms")


def rush(network: Network) -> None:
    """A thousand people want a hundred times, over HTTP: at the rate to reach, then as fast as the answers come.

    Each time is booked once, the others are told what is free.
    """
    first = today(network.zone) + timedelta(days=1)
    offered = free(
        network=network, first=first, last=first + timedelta(days=34), not_before=now(), kinds=["phone"],
        audience=Audience.PUBLIC,
    )  # fmt: skip
    # One of a counsellor's day: a second one may be too much for them on that day.
    wanted: dict[tuple[uuid.UUID, date], str] = {}
    for slot in sorted(offered):
        wanted.setdefault((slot.membership_id, slot.starts_at.date()), slot.token)
    tokens = list(wanted.values())
    with TemporaryDirectory() as folder, serve(Path(folder)) as site:
        visitors = [Visitor(site) for _ in range(CLIENTS)]
        _rush(visitors, tokens[:SLOTS], RATE)
        _rush(visitors, tokens[SLOTS : 2 * SLOTS], 0)


def _rush(visitors: list[Visitor], tokens: list[str], rate: int) -> None:
    """Let all visitors try, at a rate (0: as fast as they come), and print what they were told."""
    before, begun = Booking.objects.filter(state=BookingState.BOOKED).count(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = pool.map(lambda n: _attempts(visitors[n], n, tokens, begun, rate), range(CLIENTS))
        answers = [one for client in found for one in client]
    seconds = time.perf_counter() - begun
    statuses = Counter(status for status, _ in answers)
    booked = Booking.objects.filter(state=BookingState.BOOKED).count() - before
    told = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
    name = f"rush over HTTP, {f'at {rate}/s' if rate else f'{CLIENTS} at once without a pause'}"
    goal = "p95 < 250 ms" if rate else f"reference: {CLIENTS} share what two cores answer"
    show(name, [1000 * took for _, took in answers], goal)
    print(f"{'':<52} {len(answers) / seconds:.0f} answers/s   goal >= 50/s; Easy!Appointments 88/s and not safe")
    print(f"{'':<52} {ATTEMPTS} for {len(tokens)} times: {told}")
    print(
        f"{'':<52} booked {booked}, double {overlaps()}, lost {statuses[200] - booked}   goal {len(tokens)}, 0, 0",
        flush=True,
    )


def _attempts(visitor: Visitor, client: int, tokens: list[str], begun: float, rate: int) -> list[tuple[int, float]]:
    """Try to book as one of the clients, over one kept connection as a browser has; returns status and seconds.

    At a rate each attempt has its moment, and waiting for a free connection counts as answer time.
    """
    line, found = http.client.HTTPConnection(visitor.site.removeprefix("http://"), timeout=60), []
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": visitor.cookies}
    for number in range(client, ATTEMPTS, CLIENTS):
        typed = visitor.typed(tokens[number % len(tokens)], uuid.uuid4().hex)
        due = begun + number / rate if rate else time.perf_counter()
        time.sleep(max(due - time.perf_counter(), 0))
        line.request("POST", "/de/termin/", typed, headers | from_elsewhere(number))
        answer = line.getresponse()
        answer.read()
        found.append((answer.status, time.perf_counter() - due))
    return found


def mixed(network: Network) -> None:
    """Every way to take a time, at random, by eight threads: nobody is booked twice, nobody sees a deadlock."""
    members = Membership.objects.filter(ended_on=None, rosters__isnull=False).distinct().select_related("user")
    actors = [of_membership(row, network) for row in members[:2]]

    def many(number: int) -> Counter[str]:
        rng = random.Random(number)  # noqa: S311 -- can be repeated
        done: Counter[str] = Counter()
        with scope(network):
            for _ in range(MIXED // 8):
                try:
                    done[act(rng, network, actors)] += 1
                except Exception as error:  # noqa: BLE001 -- what it counts
                    done[type(error).__name__] += 1
        connection.close()
        return done

    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(many, range(8)), Counter())
    per_second = MIXED / (time.perf_counter() - begun)
    faults = {name: number for name, number in done.items() if name[0].isupper()}
    print(
        f"{f'{MIXED} mixed acts by 8 threads ({per_second:.0f}/s)':<52} double {overlaps()}, faults {faults}   goal 0, none"
    )
