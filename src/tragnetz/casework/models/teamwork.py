"""What colleagues do for a case, and how it goes from one to another."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.casework.enums import AfterCare, HandoverPoint, TaskKind
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.once import asked_once
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField
from tragnetz.vault.fields import SealedTextField


class Task(NetworkModel):
    """Something a colleague is to do for a case until a day.

    `answer`: what somebody said when they were asked after the end, as a code; words stand in the notes, sealed.
    Done without `done_by`: nobody had to, because the person answered by themselves.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=TaskKind, default=TaskKind.OTHER)
    text = SealedTextField(default="")
    assignee = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tasks")
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    answer = models.CharField(max_length=11, choices=AfterCare, blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    request_key = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["done_on", "due_on", "id"]
        indexes = [
            models.Index(fields=["assignee", "due_on"], condition=Q(done_on=None), name="task_open"),
            models.Index(fields=["case"], name="task_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_on__isnull=False), name="only_done_task_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(kind__in=[TaskKind.AFTER_3, TaskKind.AFTER_6], done_on__isnull=False),
                name="only_after_care_is_answered",
            ),
            asked_once("task_request_is_unique"),
        ]


class Handover(NetworkModel):
    """A case went from one counsellor to another: what was seen to (`points`), and what the new one should know."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField()
    points = ArrayField(models.CharField(max_length=12, choices=HandoverPoint), default=list)
    text = EnvelopeTextField(default="")

    class Meta:
        ordering = ["handed_on", "id"]
        indexes = [
            models.Index(fields=["taker", "handed_on"], name="handover_by_taker"),
            models.Index(fields=["case"], name="handover_by_case"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_is_to_another")]
