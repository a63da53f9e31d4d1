"""Rows of reporting: coded, pseudonymous, kept apart from the case (DS11). They outlive it as long as a funder asks."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.casework.models import Case
from tragnetz.clients.models import Household, Person
from tragnetz.network.models import District, Membership, NetworkModel, Organisation, Programme
from tragnetz.reporting.enums import OWN_ANSWER, Check, Correction, Leaving, Moment, Source


class Participation(NetworkModel):
    """A person takes part in a project. `pseudonym` stands for the person in all that a funder gets.

    `family` is the same for all of one household in one project and in those with the same target; `children` how
    many under 18 live there at the entry. `twin` is a keyed hash of the sound of the name with the date of birth:
    who entered twice is found by it without a name; `sound` the same without the birthday, for one organisation.
    `gender`, `district`, `topic`, `codes` (indicators that hold) and `bases` (results that could be reached at all, by
    the entry) are copied here so that figures need neither case nor answers.
    `case`, `household` and `person` lead back while they exist. `is_countable`: the entry is complete. `faults`:
    which checks of the answers found something (those that hang on the day are asked when they are shown).
    `apart_on`: a person has looked and found that it is nobody who entered before. `informed_on`: the information
    sheet was given.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="participations")
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="participations")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=14)
    family = models.UUIDField()
    twin = models.CharField(max_length=64, blank=True)
    sound = models.CharField(max_length=64, blank=True)
    children = models.PositiveSmallIntegerField(default=0)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    entered_on = models.DateField()
    left_on = models.DateField(null=True)
    leaving = models.CharField(max_length=14, choices=Leaving, blank=True)
    is_countable = models.BooleanField(default=False)
    codes = ArrayField(models.CharField(max_length=6), default=list)
    bases = ArrayField(models.CharField(max_length=6), default=list)
    faults = ArrayField(models.CharField(max_length=3, choices=Check), default=list)
    apart_on = models.DateField(null=True)
    informed_on = models.DateField(null=True)
    request_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["entered_on", "id"]
        indexes = [
            models.Index(fields=["programme", "entered_on"], name="participation_by_programme"),
            models.Index(fields=["programme", "twin"], condition=~Q(twin=""), name="participation_by_twin"),
            models.Index(
                fields=["programme", "organisation", "sound"], condition=~Q(sound=""), name="participation_by_sound"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="person_takes_part_once"),
            models.UniqueConstraint(fields=["network", "pseudonym"], name="pseudonym_is_unique"),
            models.UniqueConstraint(fields=["network", "request_key"], name="participation_request_is_unique"),
            models.CheckConstraint(
                condition=Q(left_on=None, leaving="") | Q(left_on__gte=F("entered_on")) & ~Q(leaving=""),
                name="participation_ends_after_its_start",
            ),
        ]


class Answers(NetworkModel):
    """What was answered of one moment: question -> code or number; `no_answer` where somebody would not say.

    `told_by`: who gave the answers; without an `author` it was the person alone. `correction`: why the counselling
    changed since what the person had said (`OwnQuestion.told` keeps that).
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="moments")
    moment = models.CharField(max_length=10, choices=Moment)
    answers: models.JSONField[Any, Any] = models.JSONField(default=dict)
    answered_on = models.DateField()
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    told_by = models.CharField(max_length=5, choices=Source, default=Source.STAFF, db_default=Source.STAFF)
    correction = models.CharField(max_length=8, choices=Correction, blank=True, db_default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "moment"], name="answers_of_a_moment_stand_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(told_by__in=list(OWN_ANSWER), correction=""),
                name="answers_without_author_are_own",
            ),
            models.CheckConstraint(
                condition=Q(correction="") | ~Q(told_by=Source.STAFF), name="only_own_answers_are_corrected"
            ),
        ]


class Withdrawal(NetworkModel):
    """A pseudonym that is no longer reported: the record was a mistake, or the same person as `instead`."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=14)
    instead = models.CharField(max_length=14, blank=True)
    withdrawn_on = models.DateField()

    class Meta:
        ordering = ["withdrawn_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "pseudonym"], name="pseudonym_is_withdrawn_once"),
            models.CheckConstraint(condition=~Q(instead=F("pseudonym")), name="nobody_is_withdrawn_into_themselves"),
        ]


class Sheet(NetworkModel):
    """Figures that were counted and are kept (`sheets`): sums alone, nothing about one person.

    `subject` says of what, `body` holds them as they are (what is too small to be shown, the pages hide), `made_at` is
    shown beside them. `asked_on`: when somebody looked at them last.
    """

    subject = models.CharField(max_length=300)
    body: models.JSONField[Any, Any] = models.JSONField()
    made_at = models.DateTimeField()
    asked_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "subject"], name="sheet_subject_is_unique")]


# After the rows that they point to.
from tragnetz.reporting.asking.models import OwnQuestion  # noqa: E402 -- as it says
from tragnetz.reporting.ending.models import EndDecision, PlannedQuestion  # noqa: E402 -- as it says
from tragnetz.reporting.opendata.models import Edition  # noqa: E402 -- as it says
from tragnetz.reporting.snapshots.models import Snapshot, SnapshotRow  # noqa: E402 -- as it says
from tragnetz.reporting.timesheets.models import ProjectShare, TimeLine, TimeSheet  # noqa: E402 -- as it says

__all__ = [
    "Answers", "Edition", "EndDecision", "OwnQuestion", "Participation", "PlannedQuestion", "ProjectShare",
    "Sheet", "Snapshot", "SnapshotRow", "TimeLine", "TimeSheet", "Withdrawal",
]  # fmt: skip
