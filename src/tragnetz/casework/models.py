"""Rows of casework."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.appointments.enums import Urgency
from tragnetz.appointments.models import Booking, Callback, Registration, WaitingEntry
from tragnetz.casework.enums import CaseState, Channel, NoteKind, Outcome, StepOwner
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.network.models import District, Locality, Membership, NetworkModel, Organisation, Programme
from tragnetz.vault.fields import SealedTextField


class Enquiry(NetworkModel):
    """Somebody asked for help. `released` (sealed JSON) is what they chose to hand over from the portal."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    outcome = models.CharField(max_length=12, choices=Outcome)
    topic = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, default="de")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="enquiries")
    booking = models.OneToOneField(Booking, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    callback = models.OneToOneField(Callback, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    waiting = models.OneToOneField(WaitingEntry, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    registration = models.OneToOneField(Registration, on_delete=models.SET_NULL, null=True, related_name="enquiry")
    concern = SealedTextField(default="")
    released = SealedTextField(default="")
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="enquiry_by_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="enquiry_request_is_unique"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.INFORMATION)
                | Q(booking=None, callback=None, waiting=None, registration=None),
                name="information_has_no_appointment",
            ),
        ]


class Case(NetworkModel):
    """A household accompanied by one counsellor, with a deputy.

    From `restricted_on` it may only be kept (Art. 18 DSGVO): nobody writes to it, and lists leave it out.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")
    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, null=True, related_name="case")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    restricted_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["counsellor", "state", "-opened_on"], name="case_by_counsellor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_on=None) | Q(state=CaseState.CLOSED, closed_on__isnull=False),
                name="closed_case_has_a_date",
            )
        ]


class Compartment(NetworkModel):
    """A part of a case that is kept apart: what concerns the household, or (`person`) what one adult alone told."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="compartments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="compartments")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], nulls_distinct=False, name="one_compartment_of_a_case_per_person"
            )
        ]


class Note(NetworkModel):
    """Something written down about a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoteKind)
    text = SealedTextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["case", "-written_at"], name="note_by_case")]


class Step(NetworkModel):
    """Who does what until when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    text = SealedTextField()
    owner = models.CharField(max_length=12, choices=StepOwner)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["done_on", "due_on", "created_at"]
        indexes = [models.Index(fields=["case"], condition=Q(done_on=None), name="step_open")]
