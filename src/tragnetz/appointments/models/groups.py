"""Groups: workshops and series, their dates, who comes."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.appointments.enums import GroupState, Presence, RegistrationState
from tragnetz.clients.models import Contact
from tragnetz.network.models import Membership, NetworkModel, Organisation, Programme, Site


class Group(NetworkModel):
    """A workshop or a series of dates with so many places. Texts and materials are by language.

    `materials` is a list of `{title: {de: ...}, url: ...}`; a certificate is given from `certificate_percent` of the
    dates on (empty: none); `is_public` ones stand in the public calendar.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=80)
    title: models.JSONField[Any, Any] = models.JSONField()
    description: models.JSONField[Any, Any] = models.JSONField(default=dict)
    topic = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="de")
    places = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=GroupState, default=GroupState.DRAFT)
    is_public = models.BooleanField(default=True)
    registration_until = models.DateTimeField(null=True)
    certificate_percent = models.PositiveSmallIntegerField(null=True)
    materials: models.JSONField[Any, Any] = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="group_key_is_unique"),
            models.CheckConstraint(condition=Q(places__range=(1, 500)), name="group_has_places"),
            models.CheckConstraint(
                condition=Q(certificate_percent=None) | Q(certificate_percent__range=(1, 100)),
                name="certificate_percent_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Session(NetworkModel):
    """One date of a group. The leader's time is kept by a booking (`Booking.session`)."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    leader = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    room = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start")]


class Registration(NetworkModel):
    """Somebody wants to come. Who has a place has a `seat` from 1 to the group's places, each given once."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="registrations")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="registrations")
    state = models.CharField(max_length=10, choices=RegistrationState)
    seat = models.PositiveSmallIntegerField(null=True)
    code_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["network", "code_hash"], name="registration_code_is_unique"),
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="registration_request_is_unique"),
            models.UniqueConstraint(fields=["group", "seat"], condition=~Q(seat=None), name="seat_is_given_once"),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.REGISTERED, seat__gte=1)
                | (~Q(state=RegistrationState.REGISTERED) & Q(seat=None)),
                name="registered_has_a_seat",
            ),
        ]


class Attendance(NetworkModel):
    """Whether somebody was at one date; `marked_by` is empty if they signed in themselves."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField(max_length=10, choices=Presence)
    marked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "registration"], name="attendance_once_a_date")]
