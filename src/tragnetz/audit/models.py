"""The event. Written by `commands.record` alone; read by the data-protection officer; kept 24 months."""

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
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "position"], name="audit_position_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
