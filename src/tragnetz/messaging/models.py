"""Rows of the outbox."""

from typing import Any

from django.db import models
from django.utils import timezone

from tragnetz.messaging.enums import Channel, State
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.vault.fields import SealedTextField


class Message(NetworkModel):
    """One message to one person. `params` holds a time and a phone number of ours, nothing about the person.

    A letter or a call is done by people: `organisation` is whose, `name` whom it is for, `settled_by` who did it.
    `expires_at` is when it makes no sense any more: a reminder after its appointment is never sent.
    """

    key = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, choices=Channel)
    address = SealedTextField()
    name = SealedTextField(default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    template = models.CharField(max_length=30)
    params: models.JSONField[Any, Any] = models.JSONField(default=dict)
    code = SealedTextField(default="")
    language = models.CharField(max_length=10, default="de")
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(
                fields=["network", "due_at"],
                condition=models.Q(state__in=[State.QUEUED, State.SENDING]),
                name="message_waiting",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="message_key_is_unique")]
