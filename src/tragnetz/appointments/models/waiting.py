"""The waiting list."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.appointments.enums import Kind, Purpose, Urgency, WaitingState
from tragnetz.clients.models import Contact
from tragnetz.network.models import District, Membership, NetworkModel, Organisation


class WaitingEntry(NetworkModel):
    """Somebody waits for a time that suits: wishes (empty: no wish), and how it went on.

    `weekdays` are numbers (0 is Monday) and `earliest`/`latest` hours of the day in which they can; `missed` counts
    offers that ran out. Its code shows the place in the queue and ends it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="waits")
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.FIRST)
    topic = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="de")
    interpreter = models.BooleanField(default=False)
    gender = models.CharField(max_length=1, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    earliest = models.TimeField(null=True)
    latest = models.TimeField(null=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    state = models.CharField(max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    missed = models.PositiveSmallIntegerField(default=0)
    code_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["network", "created_at"], condition=Q(state=WaitingState.WAITING), name="waiting_now")
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "code_hash"], name="waiting_code_is_unique"),
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="waiting_request_is_unique"),
        ]
