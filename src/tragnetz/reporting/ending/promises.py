"""What was promised to people whose project ends: one query for each kind, however many cases there are."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tragnetz.appointments.enums import BookingState, CallbackState, RegistrationState, WaitingState
from tragnetz.appointments.models import Booking, Callback, Registration, Session, WaitingEntry
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.enums import DeadlineState
from tragnetz.casework.models import Case, Claim, Deadline, Step, Task
from tragnetz.network.models import Programme
from tragnetz.referrals.models import Referral
from tragnetz.referrals.rules import LIVE
from tragnetz.reporting.ending.enums import Promise

UNDECIDED = [ClaimState.SENT, ClaimState.ASKED_BACK, ClaimState.OBJECTION]
type Promises = Mapping[tuple[uuid.UUID, str], int]


def promises_of_cases(programme: Programme, cases: QuerySet[Case]) -> Promises:
    """Return how much of each kind is open in each of some cases."""
    keys = list(cases.order_by().values_list("pk", flat=True))
    owners = {
        contact: merged or pk
        for pk, merged, contact in Case.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys), contact__isnull=False)
        .order_by()
        .values_list("pk", "merged_into", "contact")
    }
    found: Counter[tuple[uuid.UUID, str]] = Counter()
    for kind, rows in _by_case():
        for case, number in _counted(rows.filter(case__in=keys), "case"):
            found[case, kind] += number
    for kind, rows in _by_contact(programme):
        for contact, number in _counted(rows.filter(contact__in=list(owners)), "contact"):
            found[owners[contact], kind] += number
    return found


def promises_of_organisations(programme: Programme, cases: QuerySet[Case]) -> Promises:
    """Return how much of each kind is open in some cases, by their organisations."""
    found: Counter[tuple[uuid.UUID, str]] = Counter()
    keys = cases.order_by().values("pk")
    contacts = Case.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys), contact__isnull=False)
    contacts = contacts.order_by()
    for kind, rows in _by_case():
        for organisation, number in _counted(rows.filter(case__in=keys), "case__organisation"):
            found[organisation, kind] += number
    for kind, rows in _by_contact(programme):
        mine = rows.filter(contact__in=contacts.values("contact"))
        for organisation, number in _counted(mine, "contact__organisation"):
            found[organisation, kind] += number
    return found


def _counted(rows: QuerySet[Any], by: str) -> Iterator[tuple[uuid.UUID, int]]:
    yield from rows.order_by().values(by).annotate(number=Count("pk")).values_list(by, "number")


def _by_case() -> Iterator[tuple[str, QuerySet[Any]]]:
    # What is open stays open, whenever the project ends.
    yield Promise.STEP, Step.objects.filter(done_on=None)
    yield Promise.TASK, Task.objects.filter(done_on=None)
    yield Promise.DEADLINE, Deadline.objects.filter(state=DeadlineState.OPEN)
    yield Promise.CLAIM, Claim.objects.filter(state__in=UNDECIDED)
    yield Promise.REFERRAL, Referral.objects.filter(state__in=list(LIVE))


def _by_contact(programme: Programme) -> Iterator[tuple[str, QuerySet[Any]]]:
    after = datetime.combine(programme.ends + timedelta(days=1), time(), programme.network.zone)
    yield Promise.BOOKING, Booking.objects.filter(state=BookingState.BOOKED, session=None, starts_at__gte=after)
    yield Promise.CALLBACK, Callback.objects.filter(state=CallbackState.OPEN)
    waits = [WaitingState.WAITING, WaitingState.OFFERED]
    yield Promise.WAITING, WaitingEntry.objects.filter(state__in=waits)
    places = [RegistrationState.REGISTERED, RegistrationState.WAITING]
    later = Exists(Session.objects.filter(group=OuterRef("group"), starts_at__gte=after))
    yield Promise.GROUP, Registration.objects.filter(later, state__in=places)
