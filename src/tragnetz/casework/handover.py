"""What somebody leaves behind: figures without names, so that a lead hands it over first."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Step
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much is open: cases a person leads, steps in them, appointments that are still to come."""

    cases: int = 0
    steps: int = 0
    bookings: int = 0

    @property
    def is_there(self) -> bool:
        """Whether anything is to be handed over."""
        return bool(self.cases or self.steps or self.bookings)


def open_work(actor: Actor, membership_id: uuid.UUID, now: datetime) -> OpenWork:
    """Return what a colleague of the own organisation has open; nothing for those who do not manage its people."""
    if not may(actor, Deed.STAFF_MANAGE):
        return OpenWork()
    cases = Case.objects.filter(
        organisation=actor.organisation_id, counsellor=membership_id, state=CaseState.OPEN
    ).order_by()
    bookings = Booking.objects.filter(
        membership=membership_id, membership__organisation=actor.organisation_id, starts_at__gte=now,
        state=BookingState.BOOKED,
    )  # fmt: skip
    return OpenWork(
        cases=cases.count(),
        steps=Step.objects.filter(case__in=cases, done_on=None).count(),
        bookings=bookings.count(),
    )
