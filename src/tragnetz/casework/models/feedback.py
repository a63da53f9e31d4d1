"""What people said about the help, without a name."""

import uuid

from django.db import models
from django.db.models import Q

from tragnetz.network.models import NetworkModel, Organisation

LEAST_ANSWER, MOST_ANSWER = 1, 4
QUESTIONS = ("understood", "better", "again")


def random_id() -> uuid.UUID:
    """Return an id without a time in it: nobody finds out which talk an answer followed."""
    return uuid.uuid4()


class Feedback(NetworkModel):
    """Three answers of somebody, from 1 (no) to 4 (yes). Of the time only the month is kept, of the person nothing."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=random_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    understood = models.PositiveSmallIntegerField(null=True)
    better = models.PositiveSmallIntegerField(null=True)
    again = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["organisation", "month"], name="feedback_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{name: None}) | Q(**{f"{name}__range": (LEAST_ANSWER, MOST_ANSWER)}),
                name=f"answer_{name}_is_on_its_scale",
            )
            for name in QUESTIONS
        ]
