"""Files of a case: what came, sealed in pieces, and papers that were only seen."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import FileState, FileType, KeepFor
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.deadlines import Deadline
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeBytesField, EnvelopeTextField

_WITH_CONTENT = (FileState.KEPT, FileState.WAITING)


class CaseFile(NetworkModel):
    """A paper of a case: its content (`chunks`), or only that somebody saw it on a day.

    `paper` is a key of the one vocabulary (papers/vocabulary.py), `issued_on` the day on the paper, `paper_at` when
    somebody last said so. One that the person sent may be `for_household`: claims of the household count it as there,
    its content stays in the person's part.

    Without an `author` the person sent it from their own page; then `looked_at` is empty until the counselling looked.
    `scanned_at` is empty where no scanner for viruses is set up. `keep_until` is the last day it is needed; without
    one it goes with the case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.SET_NULL, null=True, related_name="files")
    paper = models.CharField(max_length=80)
    issued_on = models.DateField(null=True)
    paper_at = models.DateTimeField(default=timezone.now)
    for_household = models.BooleanField(default=False)
    type = models.CharField(max_length=4, choices=FileType, blank=True)
    name = EnvelopeTextField(default="")
    note = EnvelopeTextField(default="")
    size = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=FileState)
    scanned_at = models.DateTimeField(null=True)
    seen_on = models.DateField(null=True)
    seen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    keep_for = models.CharField(max_length=8, choices=KeepFor, default=KeepFor.CASE)
    keep_until = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    request_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["case", "-created_at"], name="file_by_case"),
            models.Index(fields=["case"], condition=Q(author=None, looked_at=None), name="file_not_looked_at"),
            models.Index(fields=["compartment", "created_at"], condition=Q(author=None), name="file_sent_by_person"),
            models.Index(fields=["keep_until"], condition=Q(keep_until__isnull=False), name="file_by_last_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "request_key"], name="file_request_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=_WITH_CONTENT, size__gt=0) & ~Q(type="")
                | ~Q(state__in=_WITH_CONTENT) & Q(size=0),
                name="file_has_content_or_none",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.SEEN, seen_on__isnull=False, seen_by__isnull=False)
                | ~Q(state=FileState.SEEN) & Q(seen_on=None, seen_by=None),
                name="seen_paper_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(keep_for=KeepFor.CASE, keep_until=None)
                | ~Q(keep_for=KeepFor.CASE) & Q(keep_until__isnull=False),
                name="file_is_kept_until_a_day_or_with_its_case",
            ),
        ]


class FileChunk(NetworkModel):
    """A piece of a file. What is sealed begins with whose piece it is, and which: pieces cannot be swapped."""

    file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="chunks")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    content = EnvelopeBytesField()

    class Meta:
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="piece_of_a_file_is_there_once")]
