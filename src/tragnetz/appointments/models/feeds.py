"""Secret calendar addresses."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.network.models import Membership, NetworkModel


class CalendarFeed(NetworkModel):
    """A secret address at which a counsellor's calendar program reads their appointments; we keep its hash alone."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="feeds")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(ended_at=None), name="one_feed_a_person")
        ]
