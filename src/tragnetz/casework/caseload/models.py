"""What somebody can carry."""

from django.db import models
from django.db.models import Q

from tragnetz.network.models import Membership, NetworkModel


class Capacity(NetworkModel):
    """The open cases that a counsellor can carry, as agreed with the lead. No norm exists: without a row, no share."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="capacity")
    cases = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cases__range=(1, 200)), name="capacity_is_possible")]
