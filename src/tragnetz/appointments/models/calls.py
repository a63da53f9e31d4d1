"""Calls: promised ones, tries to reach somebody, and who picks up the lines when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.appointments.enums import CallbackState, CallResult, Urgency
from tragnetz.clients.models import Contact
from tragnetz.network.models import District, Hotline, Membership, NetworkModel, Organisation


class Callback(NetworkModel):
    """A promise to call somebody back by a time; `taken_by` calls right now, so that nobody is called twice.

    `about` is the talk for which we are to find another time; a call that was asked for otherwise has none.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="callbacks")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(
        "appointments.Booking", on_delete=models.SET_NULL, null=True, related_name="calls", db_index=False
    )
    topic = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    promised_until = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CallbackState, default=CallbackState.OPEN)
    taken_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["promised_until"]
        indexes = [
            models.Index(
                fields=["organisation", "promised_until"], condition=Q(state=CallbackState.OPEN), name="callback_open"
            ),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="callback_about"),
        ]


class CallAttempt(NetworkModel):
    """One try to keep a promise."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="attempts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=CallResult)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]


class LineDuty(NetworkModel):
    """Weekly hours (0 is Monday, local time) in which somebody picks up a line, between two dates."""

    hotline = models.ForeignKey(Hotline, on_delete=models.CASCADE, related_name="duties")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="duties")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="duty_weekday_exists"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="duty_ends_after_start"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="duty_term_is_not_reversed"
            ),
        ]


class LinePresence(NetworkModel):
    """Somebody signed on at a line; `until` is empty while they pick up."""

    hotline = models.ForeignKey(Hotline, on_delete=models.CASCADE, related_name="presences")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="presences")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["hotline"], condition=Q(until=None), name="presence_now")]
        constraints = [
            models.UniqueConstraint(
                fields=["hotline", "membership"], condition=Q(until=None), name="signed_on_once_a_line"
            )
        ]
