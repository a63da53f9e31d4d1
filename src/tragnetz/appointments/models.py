"""Rows of appointments."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils import timezone

from tragnetz.appointments.enums import BookingState, CallbackState, Kind, Urgency
from tragnetz.clients.models import Contact
from tragnetz.network.models import District, Membership, NetworkModel, Organisation, Site


class Roster(NetworkModel):
    """Weekly hours of a counsellor on one weekday (0 is Monday), local time, between two dates."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="rosters")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=10, choices=Kind))
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="roster_weekday_exists"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="roster_ends_after_start"),
        ]


class Absence(NetworkModel):
    """A time when a counsellor is not there."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["membership", "starts_at"], name="absence_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_start"
            )
        ]


class Period(models.Func):
    """The time of a booking as a half-open range."""

    function = "TSTZRANGE"
    output_field: ClassVar[Any] = DateTimeRangeField()


class Booking(NetworkModel):
    """An agreed appointment. The code that moves or cancels it is known to the person alone; we keep its hash."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="bookings")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="de")
    interpreter = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    code_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["membership", "starts_at"], name="booking_by_person"),
            models.Index(fields=["network", "starts_at"], name="booking_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "code_hash"], name="booking_code_is_unique"),
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="booking_request_is_unique"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="booking_ends_after_start"
            ),
            ExclusionConstraint(
                name="booking_does_not_overlap",
                expressions=[
                    (Period("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("membership", RangeOperators.EQUAL),
                ],
                condition=~models.Q(state=BookingState.CANCELLED),
            ),
        ]


class Callback(NetworkModel):
    """A promise to call somebody back by a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="callbacks")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    promised_until = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CallbackState, default=CallbackState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["promised_until"]
        indexes = [
            models.Index(
                fields=["organisation", "promised_until"],
                condition=models.Q(state=CallbackState.OPEN),
                name="callback_open",
            )
        ]
