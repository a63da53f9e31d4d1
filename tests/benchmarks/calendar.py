"""Free times of many counsellors, and a rush on a few of them."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import transaction

from tests.benchmarks.measure import milliseconds, show
from tests.personas import EMAILS
from tragnetz.appointments.commands import book
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.models import Booking, Roster
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Wanted
from tragnetz.core.clock import now, today
from tragnetz.network.actors import resident
from tragnetz.network.models import Membership, Network, Organisation, User
from tragnetz.network.scope import scope

MANY_COUNSELLORS = 300


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
    """Sixty people want the same three times at once."""
    first = today(network.zone) + timedelta(days=1)
    found = list(free(network=network, first=first, last=first + timedelta(days=6), not_before=now(), kinds=["phone"]))
    wanted = [Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind) for slot in found[:1]]
    wanted += [Wanted(s.membership_id, s.start, s.end - s.start, s.kind) for s in found if s.start >= found[0].end][:2]
    before = Booking.objects.count()

    def claim(number: int) -> tuple[str, float]:
        begun = time.perf_counter()
        try:
            with scope(network):
                book(
                    actor=resident(network), wanted=wanted[number % 3], contact=None, topic="", language="de",
                    interpreter=False, idempotency_key=f"{datetime.now(UTC).timestamp()}-{number}", now=now(),
                )  # fmt: skip
        except SlotTakenError:
            return "taken", (time.perf_counter() - begun) * 1000
        return "booked", (time.perf_counter() - begun) * 1000

    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(claim, range(120)))
    seconds = time.perf_counter() - begun
    booked = sum(1 for answer, _ in answers if answer == "booked")
    show(f"booking rush, 120 for 3 times, 8 at once: {booked} booked", [ms for _, ms in answers], "p95 < 250 ms")
    print(
        f"{'':<52} {len(answers) / seconds:.0f} answers/s   goal >= 50/s; double: {Booking.objects.count() - before - booked}"
    )
