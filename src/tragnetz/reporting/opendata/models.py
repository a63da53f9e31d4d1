"""What was published. The database refuses to alter it: the difference of two editions would tell on people."""

from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils import timezone

from tragnetz.network.models import NetworkModel


class Dataset(TextChoices):
    """What is counted; the value stands in addresses."""

    ENQUIRIES = "anfragen", "Anfragen"
    REACHED = "teilnahmen", "Teilnahmen"
    GAPS = "luecken", "Lücken"


class Edition(NetworkModel):
    """One dataset of one year. `values`: those of each dimension. `cells`: each with its number, null if hidden."""

    dataset = models.CharField(max_length=12, choices=Dataset)
    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    values: models.JSONField[Any, Any] = models.JSONField()
    cells: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ["-year", "dataset"]
        constraints = [
            models.UniqueConstraint(fields=["network", "dataset", "year"], name="open_data_is_published_once")
        ]
