"""Somebody asked for help."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.appointments.enums import Urgency
from tragnetz.appointments.models import Booking, Callback, Registration, WaitingEntry
from tragnetz.casework.enums import Channel, Outcome
from tragnetz.clients.models import Contact
from tragnetz.network.models import District, Locality, Membership, NetworkModel, Organisation, Programme
from tragnetz.vault.fields import SealedTextField


class Enquiry(NetworkModel):
    """Somebody asked for help. `released` (sealed JSON) is what they chose to hand over from the portal.

    `continued_key` is the key of the call sheet that was written when we called back as promised.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    outcome = models.CharField(max_length=12, choices=Outcome)
    topic = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, default="de")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="enquiries")
    booking = models.OneToOneField(Booking, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    callback = models.OneToOneField(Callback, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    waiting = models.OneToOneField(WaitingEntry, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    registration = models.OneToOneField(Registration, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    concern = SealedTextField(default="")
    released = SealedTextField(default="")
    idempotency_key = models.CharField(max_length=64)
    continued_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="enquiry_by_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="enquiry_request_is_unique"),
            models.UniqueConstraint(
                fields=["network", "continued_key"],
                condition=~Q(continued_key=""),
                name="enquiry_continued_once_a_key",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.INFORMATION)
                | Q(booking=None, callback=None, waiting=None, registration=None),
                name="information_has_no_appointment",
            ),
        ]
