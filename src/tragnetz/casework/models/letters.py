"""Official letters of a case, their versions, what was sent, and an organisation's own words."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.enums import LetterSender, LetterState, SendingWay
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.deadlines import Deadline
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.vault.envelopes import EnvelopeTextField


class Letter(NetworkModel):
    """A letter of a kind (`letters/kinds/`), with the `number` of its latest version. `deadline` is what it keeps."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.SET_NULL, null=True, related_name="letters")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.DRAFT)
    number = models.PositiveSmallIntegerField(default=1)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["case", "-changed_at"], name="letter_by_case")]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="letter_request_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="letter_has_a_version"),
        ]


class LetterVersion(NetworkModel):
    """What a letter said, never altered: `draft` is `letters.drafts.Draft` as JSON, `words` is how one reads it."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    draft = EnvelopeTextField()
    words = EnvelopeTextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_version_is_unique")]


class LetterSending(NetworkModel):
    """One time that a letter left: which version, when, how, to whom (`recipient`), entered by whom."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="sendings")
    version = models.ForeignKey(LetterVersion, on_delete=models.CASCADE, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    way = models.CharField(max_length=12, choices=SendingWay)
    recipient = EnvelopeTextField(default="")
    note = EnvelopeTextField(default="")
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="letter_sending_request_is_unique")
        ]


class LetterWording(NetworkModel):
    """An organisation's own words for a kind of letter and a sender; the highest `number` holds, the rest is history.

    One that `is_original` says that the words of the kind hold again.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    sender = models.CharField(max_length=12, choices=LetterSender)
    number = models.PositiveSmallIntegerField()
    is_original = models.BooleanField(default=False)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "sender", "number"], name="letter_wording_number_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(is_original=True, subject="", text="")
                | Q(is_original=False) & ~Q(subject="") & ~Q(text=""),
                name="letter_wording_has_words_or_is_the_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
