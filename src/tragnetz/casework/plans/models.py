"""That a plan was taken over: from which template, and how much came of it."""

from django.db import models
from django.utils import timezone

from tragnetz.network.models import Membership, NetworkModel


class PlanTaking(NetworkModel):
    """What was ticked of a proposal went into a case: so many goals, steps, deadlines, claims. Once a request."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="plans_taken")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=40)
    goals = models.PositiveSmallIntegerField()
    steps = models.PositiveSmallIntegerField()
    deadlines = models.PositiveSmallIntegerField()
    claims = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)
    request_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["taken_at", "id"]
        indexes = [models.Index(fields=["case", "taken_at"], name="plan_taking_by_case")]
        constraints = [models.UniqueConstraint(fields=["case", "request_key"], name="plan_is_taken_over_once")]
