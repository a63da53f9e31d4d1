"""When one met, and texts that are written again and again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import ContactKind, Interpreting, NoteKind, Participant
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.network.models import Membership, NetworkModel, Organisation

LONGEST_MINUTES = 1440


class CaseContact(NetworkModel):
    """One time that a case was worked on with somebody: when, how, how long, with whom. What was said is in notes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContactKind)
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    participants = ArrayField(models.CharField(max_length=12, choices=Participant), default=list)
    language = models.CharField(max_length=10, default="de")
    interpreting = models.CharField(max_length=12, choices=Interpreting, default=Interpreting.NONE)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["case", "-held_on"], name="contact_by_case")]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="contact_request_is_unique"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, LONGEST_MINUTES)), name="contact_lasts_a_day_at_most"
            ),
        ]


class TextTemplate(NetworkModel):
    """A short text that an organisation puts into notes. It names nobody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoteKind)
    title = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "title"], name="text_template_title_is_unique")
        ]

    def __str__(self) -> str:
        return self.title
