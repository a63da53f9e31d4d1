"""Rows of privacy. None of them outlives the person's data with a name in it; texts are sealed."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Contact, Person
from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.privacy.enums import (
    DeletionState,
    HoldReason,
    Identity,
    RequestState,
    RestrictionReason,
    Result,
    Right,
    Way,
)
from tragnetz.vault.envelopes import EnvelopeTextField
from tragnetz.vault.fields import SealedTextField


class Request(NetworkModel):
    """Somebody makes use of a right. Whose data: a contact, their case, or one other adult of its household (`person`).

    `also` are other contacts of the same person: who books online, phones and joins a group has one for each.
    `reviewed` is a fingerprint of the texts that were looked through for data of others: it tells when they changed.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    right = models.CharField(max_length=12, choices=Right)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    also = ScopedManyToManyField(Contact, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    identity = models.CharField(max_length=10, choices=Identity, default=Identity.UNKNOWN)
    wish = SealedTextField(default="")
    received_on = models.DateField()
    due_on = models.DateField()
    extended_on = models.DateField(null=True)
    extension = SealedTextField(default="")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    result = models.CharField(max_length=10, choices=Result, blank=True)
    answer = SealedTextField(default="")
    answered_on = models.DateField(null=True)
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="privacy_request_is_unique"),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="privacy_request_due_after_receipt"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_on=None, result="")
                | (Q(state=RequestState.ANSWERED, answered_on__isnull=False) & ~Q(result="")),
                name="answered_request_has_a_result",
            ),
        ]


class Redaction(NetworkModel):
    """A passage that is blacked out in the copy of a request: where, and a keyed fingerprint of its text."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="redactions")
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    field = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "object_id", "field", "digest"], name="passage_is_redacted_once"
            )
        ]


class Correction(NetworkModel):
    """What was wrong and what it says now (Art. 16 DSGVO); the old text stays for whoever relied on it.

    A text of a case stays under the key of its part (`compartment`), as the row that was corrected.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="corrections")
    # Without an index of its own: corrections are few, and one on a table that is there would keep others waiting.
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    field = models.CharField(max_length=40)
    before = EnvelopeTextField(default="", or_ring=True)
    after = EnvelopeTextField(default="", or_ring=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]


class Restriction(NetworkModel):
    """A record that may only be kept: since when, why, until when at the latest. `lifted_on` ends it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="restrictions")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="restrictions")
    reason = models.CharField(max_length=10, choices=RestrictionReason)
    since = models.DateField()
    until = models.DateField(null=True)
    lifted_on = models.DateField(null=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(contact__isnull=False), name="restriction_has_a_record"
            )
        ]


class RetentionRule(NetworkModel):
    """How long an organisation keeps a class of data, as it decided; without a row our proposal holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    automatic = models.BooleanField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_retention_rule_a_class"),
            models.CheckConstraint(condition=Q(months__range=(1, 240)), name="retention_is_plausible"),
        ]


class Deletion(NetworkModel):
    """A deletion of one class of data, proposed and confirmed, or by itself: the protocol, without names.

    `counts` holds how many rows of each kind went. Nobody confirms their own proposal: the database says so, too.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=DeletionState)
    records = models.PositiveIntegerField()
    oldest_due_on = models.DateField(null=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(proposed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="nobody_confirms_their_own_deletion",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeletionState.DONE)
                | Q(proposed_by=None)
                | (Q(confirmed_by__isnull=False) & Q(settled_at__isnull=False)),
                name="deletion_by_hand_is_confirmed",
            ),
        ]


class DeletionItem(NetworkModel):
    """A record that waits for its deletion to be confirmed. Goes with it: the protocol keeps no ids."""

    deletion = models.ForeignKey(Deletion, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "object_id"], name="record_is_proposed_once"),
        ]


class Hold(NetworkModel):
    """A record that is not deleted before a day, although its time is over."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    reason = models.CharField(max_length=10, choices=HoldReason)
    until = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "kind", "object_id"], name="record_is_held_once")]


class JournalEntry(NetworkModel):
    """A row that was erased: a keyed hash of its id, and the day. Read again after an older back-up was restored."""

    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    day = models.DateField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["network"], condition=Q(written_at=None), name="journal_unwritten")]
