"""Events, written by `commands.record` alone and kept 24 months; signed heads of their chain; when it was verified."""

from typing import Any

from django.db import models
from django.utils import timezone

from tragnetz.network.models import NetworkModel


class Event(NetworkModel):
    """One deed or read: who (ids only), what (`noun:verb`), on which row, and coded details without personal data."""

    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=10)
    user_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    position = models.PositiveBigIntegerField(null=True)
    chain = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_id", "at"], name="audit_by_object"),
            models.Index(fields=["network", "id"], condition=models.Q(position=None), name="audit_unchained"),
            models.Index(fields=["organisation_id", "-at"], name="audit_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "position"], name="audit_position_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class SealedHead(NetworkModel):
    """A signed statement on the chain (`rules.Head`), made once a day, never changed, also kept in a file."""

    number = models.PositiveIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    first = models.PositiveBigIntegerField()
    position = models.PositiveBigIntegerField()
    chain = models.CharField(max_length=64)
    public_key = models.CharField(max_length=44)
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["network", "number"], name="audit_head_number_is_unique")]

    def __str__(self) -> str:
        return f"{self.day} {self.position}"


class Verification(NetworkModel):
    """When the chain was verified, over how many events, and the first things that were found (told in words)."""

    at = models.DateTimeField(default=timezone.now)
    events = models.PositiveBigIntegerField()
    faults = models.PositiveIntegerField()
    found: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.faults}"
