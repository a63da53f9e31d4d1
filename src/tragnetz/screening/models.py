"""Rows of checks."""

from django.db import models
from django.utils import timezone

from tragnetz.clients.models import Household
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.fields import SealedTextField


class RuleFile(NetworkModel):
    """A file of rules of the state or the city, as `tragnetz city load` read it; `digest` tells when it changed."""

    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "position"], name="rule_file_position_is_unique")]


class Record(NetworkModel):
    """A check that a counsellor kept: when, by whom, by which law; the household and the result are sealed."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="records")
    kept_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)
    on = models.DateField()
    law_of = models.DateField()
    content = SealedTextField()

    class Meta:
        ordering = ["-kept_at"]
        indexes = [models.Index(fields=["household", "-kept_at"], name="record_by_household")]


from tragnetz.screening.outlook.models import Foreseen, Outlook  # noqa: E402 -- part of this app's models

__all__ = ["Foreseen", "Outlook", "Record", "RuleFile"]
