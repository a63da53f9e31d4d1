"""Rows of the end of a project: codes and dates only, no word about anybody."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.models import Case, Task
from tragnetz.network.models import Membership, NetworkModel, Programme
from tragnetz.referrals.models import Referral
from tragnetz.reporting.ending.enums import DecisionState, Way
from tragnetz.reporting.ending.rules import LIVE


class EndDecision(NetworkModel):
    """How the help for a case goes on after a project. `asker` asks its people six months after they left.

    Replaced ones stay: who decided what, and when, can be read later. `referral`: by which it is handed over.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="end_decisions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="end_decisions")
    way = models.CharField(max_length=8, choices=Way)
    to_programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.SET_NULL, null=True, related_name="+")
    asker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DecisionState, default=DecisionState.DECIDED)
    decided_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    request_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "case"], condition=Q(state__in=list(LIVE)), name="one_end_decision_holds"
            ),
            models.UniqueConstraint(fields=["network", "request_key"], name="end_decision_request_is_unique"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DONE, done_on__isnull=False, done_by__isnull=False)
                | Q(state=DecisionState.DECIDED, done_on=None, done_by=None)
                | Q(state=DecisionState.REPLACED),
                name="end_decision_done_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.MOVES, to_programme__isnull=False) | ~Q(way=Way.MOVES) & Q(to_programme=None),
                name="end_decision_moves_to_a_project",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.HANDED) | Q(referral=None), name="only_what_is_handed_has_a_referral"
            ),
        ]


class PlannedQuestion(NetworkModel):
    """Who asks somebody six months after they left a project, also when the project is long over."""

    participation = models.OneToOneField(
        "reporting.Participation", on_delete=models.CASCADE, related_name="planned_question"
    )
    asker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    ask_on = models.DateField()
    planned_on = models.DateField()

    class Meta:
        ordering = ["ask_on", "id"]
