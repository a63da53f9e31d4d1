"""Rows of claims. Told texts are sealed; codes, days and amounts are plain, for reports count them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.casework.claims.enums import ClaimState, Rhythm
from tragnetz.directory.models import Office
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField

LONGEST_KEY = 80


class Claim(NetworkModel):
    """One benefit that a household, or one adult of it, asks for.

    `benefit` is the key of the directory and of the rules; without it `title` says what it is. `office_words` names an
    office that is not in the directory. `state` and `state_on` are those of the last move that holds. From `renew_on`
    somebody sees to it that the money goes on. `more_papers` are keys of papers that were asked for beside the usual.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="claims")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=LONGEST_KEY, blank=True)
    title = EnvelopeTextField(default="")
    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, related_name="+")
    office_words = EnvelopeTextField(default="")
    reference = EnvelopeTextField(default="")
    more_papers = ArrayField(models.CharField(max_length=LONGEST_KEY), default=list)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.PLANNED)
    state_on = models.DateField()
    renew_on = models.DateField(null=True)
    renews = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="renewed_by")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["renew_on"], condition=Q(state=ClaimState.GRANTED), name="claim_to_renew"),
            models.Index(fields=["state_on"], condition=Q(state=ClaimState.ASKED_BACK), name="claim_asked_back"),
            models.Index(fields=["case"], name="claim_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(renew_on=None) | Q(state=ClaimState.GRANTED), name="only_a_granted_claim_is_renewed"
            ),
            models.CheckConstraint(condition=Q(renews=None) | ~Q(renews=F("id")), name="claim_renews_another_one"),
        ]


class ClaimMove(NetworkModel):
    """A claim got a state on a day, with what was written about it; one that was taken back (`undone_at`) stays.

    A grant has its money: `amount` EUR, every month or once, from a day until a day (nothing: no end is named).
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="claim_moves")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="moves")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ClaimState)
    happened_on = models.DateField()
    note = EnvelopeTextField(default="")
    rhythm = models.CharField(max_length=6, choices=Rhythm, blank=True, default=Rhythm.NONE)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    idempotency_key = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["case", "happened_on"], name="claim_move_by_case"),
            models.Index(fields=["case"], condition=Q(state=ClaimState.GRANTED, undone_at=None), name="grant_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="claim_move_request_is_unique"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.GRANTED, from_on__isnull=False)
                | ~Q(state=ClaimState.GRANTED) & Q(amount=None, rhythm="", from_on=None, until_on=None),
                name="a_grant_alone_has_money_and_a_start",
            ),
            models.CheckConstraint(
                condition=Q(rhythm="", amount=None) | ~Q(rhythm="") & Q(amount__isnull=False, amount__gt=0),
                name="money_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_grant_ends_after_its_start"
            ),
        ]
