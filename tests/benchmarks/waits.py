"""Waiting times of 100,000 enquiries, a counsellor's calendar, and what-if."""

from datetime import timedelta

from django.db import transaction

from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tragnetz.appointments.calendars.commands import make_feed
from tragnetz.appointments.calendars.queries import entries_of
from tragnetz.appointments.calendars.writing import calendar_file
from tragnetz.appointments.load import load_of
from tragnetz.appointments.models import Booking
from tragnetz.appointments.simulation import outcomes
from tragnetz.casework.models import Enquiry
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.actors import of_membership
from tragnetz.network.models import District, Membership, Network
from tragnetz.reporting.waits import SPLITS, attendances, public_wait, talk_waits

MANY = 100_000
YEARS = timedelta(days=3 * 365)


def waits(network: Network) -> None:
    with transaction.atomic():
        _many(network)
        at = now()
        for days, goal in ((90, "p95 < 150 ms"), (365, "p95 < 500 ms"), (1095, "p95 < 1500 ms")):
            since = at - timedelta(days=days)

            def run(number: int, since=since) -> None:
                talk_waits(network, since, at, SPLITS[number % len(SPLITS)])

            show(f"waits of {MANY} enquiries, {days} days", milliseconds(run, 10), goal)
        show(
            "appointments that were missed, 365 days",
            milliseconds(lambda number: attendances(network, at - timedelta(days=365), at, SPLITS[number % 5]), 10),
            "p95 < 500 ms",
        )
        show(
            "what the public is told (once an hour)",
            milliseconds(lambda _number: public_wait(network, at), 10),
            "p95 < 150 ms",
        )
        transaction.set_rollback(True)


def whatif(network: Network) -> None:
    at = now()
    history = load_of(network, at - timedelta(days=365), at)
    show(
        "what-if: reading a year",
        milliseconds(lambda _n: load_of(network, at - timedelta(days=365), at), 5),
        "p95 < 500 ms",
    )
    numbers = [history.counsellors + change for change in (-2, -1, 0, 1, 2)]
    found = milliseconds(lambda number: outcomes(history.load, numbers, seed=number), 5)
    show("what-if: 5 numbers of counsellors x 200 runs", found, "p95 < 1000 ms")


def feed(network: Network) -> None:
    member = Membership.objects.filter(roles__contains=["counsellor"]).first()
    with transaction.atomic():
        row, _secret = make_feed(actor=of_membership(member, network), now=now())
        entries = list(entries_of(row, now()))
        show(
            f"calendar feed: reading {len(entries)} entries",
            milliseconds(lambda _n: list(entries_of(row, now())), 20),
            "p95 < 50 ms",
        )
        show(
            "calendar feed: writing them",
            milliseconds(lambda _n: calendar_file(entries, zone=network.zone, name="x"), 10),
            "",
        )
        transaction.set_rollback(True)


def _many(network: Network) -> None:
    """Make enquiries with an appointment each, spread over three years; the caller takes them out again."""
    members = list(Membership.objects.filter(roles__contains=["counsellor"]))
    districts, organisation = list(District.objects.all()), members[0].organisation_id
    begins = now() - YEARS
    # The rows are made for their number: one counsellor has more of them than a day has hours.
    with as_owner() as cursor:
        cursor.execute("ALTER TABLE appointments_booking DROP CONSTRAINT booking_does_not_overlap")
    for first in range(0, MANY, 10_000):
        contacts, bookings, enquiries = [], [], []
        for number in range(first, first + 10_000):
            at = begins + YEARS * (number / MANY)
            contact = Contact(network=network, organisation_id=organisation, name="x", created_at=at)
            starts = at + timedelta(days=number % 17, minutes=number % 600)
            state = "missed" if number % 12 == 0 else "cancelled" if number % 17 == 3 else "attended"
            booking = Booking(
                network=network, membership=members[number % len(members)], contact=contact, starts_at=starts,
                ends_at=starts + timedelta(hours=1), kind="phone", state=state, topic="debt", created_at=at,
                cancelled_by="person" if state == "cancelled" else "", code_hash=new_id().hex,
                idempotency_key=new_id().hex,
            )  # fmt: skip
            enquiry = Enquiry(
                network=network, organisation_id=organisation, channel="phone", outcome="appointment", topic="debt",
                district=districts[number % len(districts)], contact=contact, booking=booking, created_at=at,
                idempotency_key=new_id().hex,
            )  # fmt: skip
            contacts.append(contact)
            bookings.append(booking)
            enquiries.append(enquiry)
        for model, rows in ((Contact, contacts), (Booking, bookings), (Enquiry, enquiries)):
            model.objects.bulk_create(rows, batch_size=2000)
    with as_owner() as cursor:
        cursor.execute("ANALYZE")
