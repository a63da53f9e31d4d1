"""What was counted of many cases, kept for a day: no row of it tells of one person."""

from typing import Any

from django.db import models

from tragnetz.network.models import NetworkModel


class OutcomeSummary(NetworkModel):
    """What was counted under some filters (`key`), by group: figures are made of it without looking at the cases.

    Counts stand here as they are; what is too small to be shown, the figures hide. `asked_on`: who looked last.
    """

    key = models.CharField(max_length=300)
    tallies: models.JSONField[Any, Any] = models.JSONField()
    computed_at = models.DateTimeField()
    asked_on = models.DateField()

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="outcome_summary_is_unique")]
