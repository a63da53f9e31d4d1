"""Rows of what is foreseen."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.clients.models import Household
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.screening.outlook.enums import DismissReason, ForeseenKind, ForeseenState
from tragnetz.vault.fields import SealedTextField


class Outlook(NetworkModel):
    """The reduced copy of a household that is looked through at night: ages, rent, income, no name.

    It is sealed with the installation's ring, because nobody is logged in at night (docs/decisions/0024). A trigger
    deletes it with a consent that it stands on. `looked_through` says by which law and for which month it was last
    looked through, `is_readable` whether the law could compute it then.
    """

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="outlook")
    content = SealedTextField()
    based_on = models.DateField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    looked_through = models.CharField(max_length=80, blank=True)
    looked_at = models.DateTimeField(null=True)
    is_readable = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["looked_through", "id"], name="outlook_by_look")]


class Foreseen(NetworkModel):
    """A benefit that changes with a month, and what was done about it. Amounts and reasons are sealed."""

    outlook = models.ForeignKey(Outlook, on_delete=models.CASCADE, related_name="foreseen")
    kind = models.CharField(max_length=8, choices=ForeseenKind)
    benefit = models.CharField(max_length=80)
    month = models.DateField()
    content = SealedTextField()
    state = models.CharField(max_length=10, choices=ForeseenState, default=ForeseenState.NEW)
    reason = models.CharField(max_length=10, choices=DismissReason, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True)

    class Meta:
        ordering = ["month", "benefit", "id"]
        indexes = [
            models.Index(
                fields=["month"], condition=Q(state__in=[ForeseenState.NEW, ForeseenState.SEEN]), name="foreseen_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["outlook", "kind", "benefit", "month"], name="foreseen_stands_once"),
            models.CheckConstraint(
                condition=Q(state=ForeseenState.DISMISSED) ^ Q(reason=""), name="dismissed_foreseen_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ForeseenState.NEW, ForeseenState.SEEN], settled_on=None, settled_by=None)
                | Q(
                    state__in=[ForeseenState.DONE, ForeseenState.DISMISSED],
                    settled_on__isnull=False,
                    settled_by__isnull=False,
                ),
                name="settled_foreseen_says_when_and_by_whom",
            ),
        ]
