"""What is agreed with whom."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.appointments.enums import BookingState, CancelledBy, Kind, Purpose, Via
from tragnetz.appointments.models.groups import Session
from tragnetz.appointments.models.waiting import WaitingEntry
from tragnetz.clients.models import Contact
from tragnetz.network.models import Membership, NetworkModel, Site


class Period(models.Func):
    """The time of a booking as a half-open range."""

    function = "TSTZRANGE"
    output_field: ClassVar[Any] = DateTimeRangeField()


class Booking(NetworkModel):
    """A time of a counsellor that is held or agreed. The code that moves or cancels it is known to the person alone.

    Held ones end by themselves at `held_until`. `replaces` is a booking that cannot take place, for which this is the
    proposal; `waiting` the place on the waiting list it was offered to; a `session` keeps its leader's time.
    `sequence` counts changes for calendars (RFC 5545, 3.8.7.4).
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="bookings")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.FIRST)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="de")
    interpreter = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    via = models.CharField(max_length=10, choices=Via, default=Via.PUBLIC)
    held_until = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="proposals")
    waiting = models.ForeignKey(WaitingEntry, on_delete=models.SET_NULL, null=True, related_name="offers")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, null=True, related_name="booking")
    series = models.UUIDField(null=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    code_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["membership", "starts_at"], name="booking_by_person"),
            models.Index(fields=["network", "starts_at"], name="booking_by_day"),
            models.Index(fields=["held_until"], condition=Q(state=BookingState.HELD), name="booking_held"),
            models.Index(
                fields=["starts_at"],
                condition=Q(interpreter=True, state=BookingState.BOOKED),
                name="booking_interpreted",
            ),
            models.Index(fields=["series"], condition=~Q(series=None), name="booking_of_series"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "code_hash"], name="booking_code_is_unique"),
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="booking_request_is_unique"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state=BookingState.HELD, held_until__isnull=False)
                | (~Q(state=BookingState.HELD) & Q(held_until=None)),
                name="held_booking_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=BookingState.CANCELLED) | Q(cancelled_by=""), name="cancelled_by_is_of_cancelled"
            ),
            ExclusionConstraint(
                name="booking_does_not_overlap",
                expressions=[
                    (Period("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("membership", RangeOperators.EQUAL),
                ],
                condition=~Q(state=BookingState.CANCELLED),
            ),
        ]
