"""What is to be reached, how far one got, and who does what until when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import GoalState, LifeDomain, StepOwner, Wish
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.once import asked_once
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField

LEAST_ATTAINMENT, MOST_ATTAINMENT = -2, 2


class Goal(NetworkModel):
    """What somebody wants to reach (`what`), how one sees that it is reached (`sign`), until when, whose wish it is.

    `review_on` is when one looks next at how far it is.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="goals")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    what = EnvelopeTextField()
    sign = EnvelopeTextField()
    wish = models.CharField(max_length=12, choices=Wish)
    domain = models.CharField(max_length=12, choices=LifeDomain, blank=True)
    agreed_on = models.DateField()
    due_on = models.DateField()
    review_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    ended_on = models.DateField(null=True)
    request_key = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["ended_on", "due_on", "id"]
        indexes = [models.Index(fields=["case"], name="goal_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, ended_on=None)
                | ~Q(state=GoalState.OPEN) & Q(ended_on__isnull=False, review_on=None),
                name="ended_goal_has_a_date",
            ),
            asked_once("goal_request_is_unique"),
        ]


class GoalReview(NetworkModel):
    """How far a goal was on a day: goal attainment from -2 (much less than hoped) to +2 (much more)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    attainment = models.SmallIntegerField()
    text = EnvelopeTextField(default="")
    request_key = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["held_on", "id"]
        indexes = [models.Index(fields=["case", "-held_on"], name="review_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(attainment__range=(LEAST_ATTAINMENT, MOST_ATTAINMENT)), name="attainment_is_on_its_scale"
            ),
            asked_once("review_request_is_unique"),
        ]


class Step(NetworkModel):
    """Who does what until when; it leads to a goal, or stands alone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="steps")
    text = EnvelopeTextField()
    owner = models.CharField(max_length=12, choices=StepOwner)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    request_key = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["done_on", "due_on", "created_at"]
        indexes = [
            models.Index(fields=["case"], condition=Q(done_on=None), name="step_open"),
            models.Index(fields=["case", "-done_on"], name="step_by_case"),
        ]
        constraints = [asked_once("step_request_is_unique")]
