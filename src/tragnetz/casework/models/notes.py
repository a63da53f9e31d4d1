"""What is written down, and what happened to people."""

from django.db import models
from django.utils import timezone

from tragnetz.casework.enums import EventKind, NoteKind
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.contacts import CaseContact
from tragnetz.casework.models.once import asked_once
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField


class Note(NetworkModel):
    """Something written down about a case, mostly at a contact."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(CaseContact, on_delete=models.CASCADE, null=True, related_name="notes")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoteKind)
    text = EnvelopeTextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["case", "-written_at"], name="note_by_case")]


class LifeEvent(NetworkModel):
    """Something that happened to the household or one of its adults on a day, or about then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=EventKind)
    happened_on = models.DateField()
    text = EnvelopeTextField(default="")
    request_key = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["case", "-happened_on"], name="event_by_case")]
        constraints = [asked_once("event_request_is_unique")]
