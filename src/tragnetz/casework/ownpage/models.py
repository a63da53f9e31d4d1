"""Rows of the own page: who may open it, open sessions, messages."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.casework.models.goals import Step
from tragnetz.clients.models import Person
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField
from tragnetz.vault.models import KeyPair


class OwnAccess(NetworkModel):
    """A person's code for their own page. `pair` opens by the code; `code_hash` finds it, by the first group alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_accesses")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="own_accesses")
    pair = models.OneToOneField(KeyPair, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_live_own_access"),
            models.UniqueConstraint(
                fields=["network", "code_hash"], condition=Q(ended_at=None), name="own_code_is_unique"
            ),
            models.UniqueConstraint(fields=["network", "request_key"], name="own_access_request_is_unique"),
            models.CheckConstraint(
                condition=Q(ended_at=None) & ~Q(code_hash="") | Q(ended_at__isnull=False, code_hash=""),
                name="ended_own_access_has_no_code",
            ),
        ]


class OwnSession(NetworkModel):
    """An open own page. `sealed` is the private key of the pair; what opens it stands in the browser's cookie alone."""

    access = models.ForeignKey(OwnAccess, on_delete=models.CASCADE, related_name="sessions")
    sealed = models.BinaryField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class OwnMessage(NetworkModel):
    """A message between a person and the counselling; without an `author` the person wrote it.

    The part of the case says whose it is. `step`: the person still needs something for this step.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="own_messages")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, related_name="+")
    text = EnvelopeTextField()
    sent_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [
            models.Index(fields=["case"], condition=Q(author=None, read_at=None), name="own_message_unread"),
            models.Index(fields=["compartment", "sent_at"], name="own_message_by_part"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "request_key"], name="own_message_request_is_unique"),
            models.CheckConstraint(condition=Q(author=None) | Q(step=None), name="needs_come_from_the_person"),
        ]
