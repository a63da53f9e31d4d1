"""Rows of CV and letters of application. Told texts are sealed; codes and months are plain."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.career.enums import (
    Colour,
    Design,
    EntryKind,
    Hours,
    Level,
    Recognition,
    Situation,
    SkillKind,
    Source,
    Title,
    Tone,
)
from tragnetz.casework.coaching.models import Application, Coaching
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField

_LEVELLED = ("language", "it")


class Resume(NetworkModel):
    """The CV of one person: who applies, as it stands on top, and how the CV looks.

    `birth` is printed only with `shows_birth`. `is_shared`: the person finds the CV on their own page.
    """

    coaching = models.OneToOneField(Coaching, on_delete=models.CASCADE, related_name="resume")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    name = EnvelopeTextField(default="")
    address = EnvelopeTextField(default="")
    phone = EnvelopeTextField(default="")
    email = EnvelopeTextField(default="")
    birth = EnvelopeTextField(default="")
    permit = EnvelopeTextField(default="")
    summary = EnvelopeTextField(default="")
    shows_birth = models.BooleanField(default=False)
    design = models.CharField(max_length=8, choices=Design, default=Design.CLASSIC)
    colour = models.CharField(max_length=8, choices=Colour, default=Colour.PETROL)
    newest_first = models.BooleanField(default=True)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)


class CareerEntry(NetworkModel):
    """A stretch of somebody's life, from a month to a month (both as their first day); without an end it goes on.

    `years_only`: nobody knows the months, the CV shows years. `tasks` has one line for each task.
    """

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="career")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=EntryKind)
    title = EnvelopeTextField()
    place = EnvelopeTextField(default="")
    tasks = EnvelopeTextField(default="")
    recognition = models.CharField(max_length=10, choices=Recognition, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    years_only = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=True)
    request_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "request_key"], name="career_entry_is_added_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="career_entry_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1) & (Q(ends_on=None) | Q(ends_on__day=1)), name="career_entry_has_months"
            ),
        ]


class CareerSkill(NetworkModel):
    """Something that somebody can do; a strength has an example that one can tell."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="career_skills")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=SkillKind)
    name = EnvelopeTextField()
    level = models.CharField(max_length=8, choices=Level, blank=True)
    example = EnvelopeTextField(default="")
    is_shown = models.BooleanField(default=True)
    request_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "request_key"], name="career_skill_is_added_once"),
            models.CheckConstraint(
                condition=Q(level="") | Q(kind__in=_LEVELLED), name="level_is_of_language_or_program"
            ),
        ]


class CoverLetter(NetworkModel):
    """A letter of application: what was answered in its form. Its wordings are `versions`, the latest counts.

    `application` is what it became in the list of applications; `strengths` are names of skills, one a line.
    """

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="letters")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.SET_NULL, null=True, related_name="letter")
    employer = EnvelopeTextField()
    address = EnvelopeTextField(default="")
    contact_title = models.CharField(max_length=8, choices=Title, blank=True)
    contact_name = EnvelopeTextField(default="")
    job = EnvelopeTextField()
    source = models.CharField(max_length=10, choices=Source)
    situation = models.CharField(max_length=12, choices=Situation)
    tone = models.CharField(max_length=6, choices=Tone, default=Tone.PLAIN)
    reason = EnvelopeTextField(default="")
    strengths = EnvelopeTextField(default="")
    start = EnvelopeTextField(default="")
    hours = models.CharField(max_length=8, choices=Hours, blank=True)
    enclosures = EnvelopeTextField(default="")
    is_shared = models.BooleanField(default=False)
    request_key = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["coaching", "request_key"], name="cover_letter_is_begun_once")]


class CoverVersion(NetworkModel):
    """One wording of a letter, never changed afterwards; `pages` is how many it takes in print."""

    letter = models.ForeignKey(CoverLetter, on_delete=models.CASCADE, related_name="versions")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    subject = EnvelopeTextField()
    text = EnvelopeTextField()
    pages = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="cover_version_has_a_number")]
