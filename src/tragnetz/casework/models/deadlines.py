"""Dates of a case that must not be missed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import Arrival, DeadlineState
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField


class Deadline(NetworkModel):
    """Something that must be done by a day (`due_on`), which a person has confirmed.

    With a `rule` of the law `computed_on` is what came of the sum for the dates kept here: it can be explained again; a
    later `due_on` needs a `reason`. Without a rule `matter` says what it is. `letter` names office and reference.
    `tells_person`: whoever asked for help is reminded, too, in neutral words.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40, blank=True)
    matter = EnvelopeTextField(default="")
    letter = EnvelopeTextField(default="")
    reason = EnvelopeTextField(default="")
    start_on = models.DateField(null=True)
    arrival = models.CharField(max_length=8, choices=Arrival, default=Arrival.POST)
    received_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    instructed = models.BooleanField(default=True)
    computed_on = models.DateField(null=True)
    due_on = models.DateField()
    tells_person = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeadlineState, default=DeadlineState.OPEN)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    idempotency_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["ended_on", "due_on", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state=DeadlineState.OPEN), name="deadline_open"),
            models.Index(fields=["case"], name="deadline_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "idempotency_key"], condition=~Q(idempotency_key=""), name="deadline_request_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(state=DeadlineState.OPEN, ended_on=None, ended_by=None)
                | ~Q(state=DeadlineState.OPEN) & Q(ended_on__isnull=False, ended_by__isnull=False),
                name="ended_deadline_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(rule="") | Q(start_on__isnull=False), name="deadline_by_rule_has_a_start"
            ),
        ]
