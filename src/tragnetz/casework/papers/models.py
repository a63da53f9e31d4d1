"""Rows of papers: that one is there, never the paper itself."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import StepOwner
from tragnetz.casework.papers.enums import PaperState
from tragnetz.network.models import Membership, NetworkModel


class CasePaper(NetworkModel):
    """How it stands with a paper (`paper`: key of the directory) for a part of a case; the latest row counts.

    `owner` gets it, `issued_on` is the day that it is of, `seen_on` when somebody of us saw it.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="papers")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.MISSING)
    owner = models.CharField(max_length=12, choices=StepOwner, default=StepOwner.PERSON)
    issued_on = models.DateField(null=True)
    seen_on = models.DateField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["changed_at", "id"]
        indexes = [models.Index(fields=["case", "changed_at"], name="case_paper_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PaperState.SEEN, seen_on__isnull=False) | ~Q(state=PaperState.SEEN) & Q(seen_on=None),
                name="seen_paper_says_when",
            )
        ]
