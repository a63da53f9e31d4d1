"""A household that is accompanied, the parts of its file, and how it ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tragnetz.casework.enums import CaseState, ClosingReason, ClosingResult, Indication, Level
from tragnetz.casework.models.enquiries import Enquiry
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.network.models import Membership, NetworkModel, Organisation, Programme
from tragnetz.vault.models import DataKey


class Case(NetworkModel):
    """A household accompanied by one counsellor, with a deputy.

    `level` is how much help it is (short counselling or case management), `indication` what speaks for more. A case
    that was the same as another one is closed and points to it by `merged_into`. `keys_due`: somebody shall still get a
    copy of its keys. From `restricted_on` it may only be kept (Art. 18 DSGVO): nobody writes to it, lists leave it out.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")
    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, null=True, related_name="case")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.SHORT)
    indication = ArrayField(models.CharField(max_length=12, choices=Indication), default=list)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    restricted_on = models.DateField(null=True)
    keys_due = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [
            models.Index(fields=["organisation"], condition=Q(keys_due=True), name="case_keys_due"),
            models.Index(fields=["counsellor", "state", "-opened_on"], name="case_by_counsellor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_on=None) | Q(state=CaseState.CLOSED, closed_on__isnull=False),
                name="closed_case_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(level=Level.ENQUIRY), name="case_is_more_than_an_enquiry"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state=CaseState.CLOSED) & ~Q(merged_into=F("id")),
                name="merged_case_is_closed",
            ),
        ]


class Compartment(NetworkModel):
    """A part of a case that is kept apart: what concerns the household, or (`person`) what one adult alone told.

    Without a `key` it is from before there were any; it gets one when somebody next works on the case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="compartments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="compartments")
    key = models.OneToOneField(DataKey, on_delete=models.PROTECT, null=True, related_name="part")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], nulls_distinct=False, name="one_compartment_of_a_case_per_person"
            )
        ]


class Closing(NetworkModel):
    """How a case ended, in codes; one row for each time, so that a case taken up again keeps how it ended before."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closings")
    closed_on = models.DateField()
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=ClosingReason)
    result = models.CharField(max_length=12, choices=ClosingResult)
    after_care = models.BooleanField(default=True)
    reopened_on = models.DateField(null=True)

    class Meta:
        ordering = ["closed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(reopened_on=None), name="case_is_closed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(reopened_on=None) | Q(reopened_on__gte=F("closed_on")), name="case_reopens_after_its_end"
            ),
        ]
