"""Fixed figures: rows that nobody can change, chained by their hashes. The database refuses to alter or delete them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.network.models import Membership, NetworkModel, Programme


class Snapshot(NetworkModel):
    """The figures of a project for a period, as they stood when somebody fixed them.

    `rows_sha` is the SHA-256 of the rows as lines of JSON; `chain` that of the chain before and of what this row says.
    `counting`: the funding line of that day with what the project asked and counted of it (`frames`).
    `erased_on`: the time of keeping was over and the rows were deleted; this row stays, for the chain to be verified.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="snapshots")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField()
    rows_sha = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    counting: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})
    request_key = models.CharField(max_length=64)
    erased_on = models.DateField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="snapshot_number_is_unique"),
            models.UniqueConstraint(fields=["network", "request_key"], name="snapshot_request_is_unique"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="snapshot_ends_after_its_start"),
        ]


class SnapshotRow(NetworkModel):
    """One participation as it was known: by pseudonym, in codes and dates.

    `bases`: the results that could have been reached. `answers`: moment -> what was answered. `exit_on`, `later_on`:
    when the results were told. `contacts`, `minutes`: of the household within the period, the same for all of a family.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="participations")
    pseudonym = models.CharField(max_length=14)
    family = models.UUIDField()
    organisation = models.CharField(max_length=80)
    district = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    children = models.PositiveSmallIntegerField()
    entered_on = models.DateField()
    left_on = models.DateField(null=True)
    leaving = models.CharField(max_length=14, blank=True)
    is_countable = models.BooleanField()
    codes = ArrayField(models.CharField(max_length=6))
    bases = ArrayField(models.CharField(max_length=6))
    answers: models.JSONField[Any, Any] = models.JSONField()
    exit_on = models.DateField(null=True)
    later_on = models.DateField(null=True)
    contacts = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["pseudonym"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "pseudonym"], name="snapshot_has_each_person_once")]
