"""Rows of asking: codes and days only. No name, no words, and of the link only a hash."""

from typing import Any

from django.db import models
from django.db.models import Q

from tragnetz.appointments.models import Callback
from tragnetz.casework.models import Task
from tragnetz.network.models import NetworkModel
from tragnetz.reporting.asking.enums import SAID, State, Stop, Way
from tragnetz.reporting.enums import Moment


class OwnQuestion(NetworkModel):
    """Somebody is asked how they are after they left a project, once for each moment.

    `way`: how the question went out. `secret_hash` finds it by the link of its message; a question that goes along with
    another one of the same person has no link of its own. `told`: what the person said, as codes, whatever the
    counselling corrects later. `task`: who is to call instead. `callback`: the person asked for help again.
    """

    participation = models.ForeignKey("reporting.Participation", on_delete=models.CASCADE, related_name="own_questions")
    moment = models.CharField(max_length=10, choices=Moment)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    stop = models.CharField(max_length=12, choices=Stop, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    asked_on = models.DateField()
    reminded_on = models.DateField(null=True)
    expires_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    told: models.JSONField[Any, Any] = models.JSONField(default=dict)
    wants_help = models.BooleanField(default=False)
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    callback = models.ForeignKey(Callback, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["asked_on", "id"]
        indexes = [models.Index(fields=["asked_on"], condition=Q(state=State.ASKED), name="own_question_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["participation", "moment"], name="own_question_is_asked_once"),
            models.UniqueConstraint(
                fields=["secret_hash"], condition=~Q(secret_hash=""), name="own_question_link_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(state=State.STOPPED) & ~Q(stop="") | ~Q(state=State.STOPPED) & Q(stop=""),
                name="own_question_stopped_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.ASKED, State.TO_CALL], ended_on=None)
                | ~Q(state__in=[State.ASKED, State.TO_CALL]) & Q(ended_on__isnull=False),
                name="own_question_ended_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(SAID)) | Q(told={}, wants_help=False),
                name="only_who_answers_tells",
            ),
        ]
