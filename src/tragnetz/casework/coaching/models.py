"""Rows of the way to work. Told texts are sealed; codes, hours and dates are plain, for reports count them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.coaching.enums import ApplicationState, EndReason, Field, Kept, WorkKind
from tragnetz.network.models import NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField


class Coaching(NetworkModel):
    """The way of one person of a case to work: profile and goal. Without a person it is of whoever asked for help."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="coachings")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("clients.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    education = EnvelopeTextField(default="")
    work = EnvelopeTextField(default="")
    skills = EnvelopeTextField(default="")
    licences = EnvelopeTextField(default="")
    languages = EnvelopeTextField(default="")
    wishes = EnvelopeTextField(default="")
    limits = EnvelopeTextField(default="")
    goal = EnvelopeTextField(default="")
    goal_field = models.PositiveSmallIntegerField(choices=Field, null=True)
    hours_wanted = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    started_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_coaching_of_a_person"),
            models.CheckConstraint(
                condition=Q(hours_wanted=None) | Q(hours_wanted__gt=0, hours_wanted__lte=60),
                name="coaching_hours_are_of_a_week",
            ),
        ]


class Application(NetworkModel):
    """Something sent to an employer, and what became of it."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="applications")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    employer = EnvelopeTextField()
    job = EnvelopeTextField(default="")
    field = models.PositiveSmallIntegerField(choices=Field, null=True)
    sent_on = models.DateField()
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.SENT)
    state_on = models.DateField()
    request_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["coaching", "-sent_on"], name="application_by_coaching")]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "request_key"], name="application_is_sent_once"),
            models.CheckConstraint(condition=Q(state_on__gte=models.F("sent_on")), name="answer_comes_after_sending"),
        ]


class Interview(NetworkModel):
    """A talk with an employer, agreed or held; `note` is how to prepare, or how it went."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    note = EnvelopeTextField(default="")

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["application", "starts_at"], name="one_interview_at_a_time")]


class Placement(NetworkModel):
    """Work or training that began: kind, field, hours a week; whether it lasted three and six months."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="placements")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.SET_NULL, null=True, related_name="placement")
    employer = EnvelopeTextField()
    job = EnvelopeTextField(default="")
    kind = models.CharField(max_length=16, choices=WorkKind)
    field = models.PositiveSmallIntegerField(choices=Field, null=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    is_temporary = models.BooleanField(null=True)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    kept_3 = models.CharField(max_length=10, choices=Kept, blank=True)
    kept_3_on = models.DateField(null=True)
    kept_6 = models.CharField(max_length=10, choices=Kept, blank=True)
    kept_6_on = models.DateField(null=True)
    request_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["starts_on"], condition=Q(kept_6=""), name="placement_to_ask_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "request_key"], name="placement_begins_once"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gt=0, hours__lte=60), name="placement_hours_are_of_a_week"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("starts_on")), name="placement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="ended_placement_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kept_3="", kept_3_on=None) | (~Q(kept_3="") & Q(kept_3_on__isnull=False)),
                name="kept_3_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(kept_6="", kept_6_on=None) | (~Q(kept_6="") & Q(kept_6_on__isnull=False)),
                name="kept_6_has_a_date",
            ),
        ]
