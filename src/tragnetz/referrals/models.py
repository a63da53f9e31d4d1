"""Rows of referrals. Codes and dates are clear, so that they can be counted; whatever was said is sealed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Person
from tragnetz.consent.enums import DataGroup
from tragnetz.consent.models import Release
from tragnetz.directory.models import Service
from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.referrals.enums import Basis, Outcome, Refusal, Side, State, TalkState, Told, Urgency
from tragnetz.referrals.rules import ENDED
from tragnetz.vault.envelopes import EnvelopeTextField
from tragnetz.vault.models import DataKey


class Referral(NetworkModel):
    """A household, or one `person` of it, is referred to one recipient: an organisation, or somebody in words.

    Two keys: what the counselling keeps for itself is sealed with the key of the part of the case. What both sides read
    (`Shared`, `Line`, `Talk`) has a key of its own (`key`); `channel` is that key, for whoever opens the part. `handed`
    are the rows as they were sent or printed, `groups` their groups; of these `shared_groups` hung on the whole
    household. `releases` are those on which it stands. `news_at`: the partner did something that nobody has looked at.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    to_service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    to_words = EnvelopeTextField(default="")
    to_email = EnvelopeTextField(default="")
    topic = models.CharField(max_length=40, blank=True)
    reason = EnvelopeTextField()
    basis = models.CharField(max_length=10, choices=Basis)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    reply_by = models.DateField(null=True)
    groups = ArrayField(models.CharField(max_length=20, choices=DataGroup), default=list)
    shared_groups = ArrayField(models.CharField(max_length=20, choices=DataGroup), default=list)
    releases = ScopedManyToManyField(Release, related_name="+")
    handed = EnvelopeTextField(default="")
    channel = EnvelopeTextField(default="")
    code = EnvelopeTextField(default="")
    key = models.OneToOneField(DataKey, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    requested_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    asks_person = models.BooleanField(default=False)
    ask_hash = models.CharField(max_length=64, blank=True)
    told = models.CharField(max_length=10, choices=Told, blank=True)
    told_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["case"], name="referral_by_case"),
            models.Index(fields=["reply_by"], condition=Q(state=State.REQUESTED), name="referral_waiting"),
            models.Index(fields=["case"], condition=Q(news_at__isnull=False), name="referral_news"),
            models.Index(fields=["to_organisation", "-requested_at"], name="referral_received"),
            models.Index(fields=["ask_hash"], condition=~Q(ask_hash=""), name="referral_asked"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "request_key"], name="referral_request_is_unique"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, requested_at=None)
                | Q(state=State.CANCELLED)
                | Q(requested_at__isnull=False, key__isnull=False) & ~Q(state=State.DRAFT),
                name="referral_sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REJECTED) & ~Q(refusal="") | ~Q(state=State.REJECTED) & Q(refusal=""),
                name="referral_rejected_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.COMPLETED, State.FAILED]) & ~Q(outcome="")
                | ~Q(state__in=[State.COMPLETED, State.FAILED]) & Q(outcome=""),
                name="referral_ended_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | ~Q(state__in=sorted(ENDED)) & Q(ended_at=None),
                name="referral_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.ANONYMOUS) | Q(groups=[]), name="referral_without_name_tells_nothing"
            ),
            models.CheckConstraint(condition=Q(shared_groups__contained_by=F("groups")), name="referral_groups_fit"),
            models.CheckConstraint(
                condition=Q(told="", told_at=None) | ~Q(told="") & Q(told_at__isnull=False),
                name="referral_told_says_when",
            ),
        ]


class Shared(NetworkModel):
    """What the partner reads: reason and released rows as they were sent, sealed with the referral's key."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="shared")
    body = EnvelopeTextField(key_of="referral")


class Line(NetworkModel):
    """One question or answer between both sides; an `author` is a member of staff of either."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    text = EnvelopeTextField(key_of="referral")
    sent_at = models.DateTimeField(default=timezone.now)
    request_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["referral", "sent_at"], name="referral_line_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["referral", "request_key"], name="referral_line_request_is_unique")
        ]


class Talk(NetworkModel):
    """A joint talk that one side proposed: a warm handover. `place` says where, in words."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="talks")
    side = models.CharField(max_length=10, choices=Side)
    starts_at = models.DateTimeField()
    place = EnvelopeTextField(key_of="referral")
    state = models.CharField(max_length=10, choices=TalkState, default=TalkState.OPEN)
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state=TalkState.OPEN), name="one_open_talk_of_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(state=TalkState.OPEN, answered_at=None)
                | ~Q(state=TalkState.OPEN) & Q(answered_at__isnull=False),
                name="answered_talk_says_when",
            ),
        ]


class Link(NetworkModel):
    """A partner's way in without an account. Only the hash of its secret is kept.

    `sealed` is the referral's key; what opens it is made of the secret in the address and the code told another way.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64)
    sealed = models.BinaryField()
    mailed = models.BooleanField(default=False)
    wrong = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="referral_link_secret_is_unique"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(revoked_at=None), name="one_live_link_of_a_referral"
            ),
        ]


class Browser(NetworkModel):
    """A browser that showed the code. `sealed` is the referral's key; what opens it stands in its cookie alone."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="browsers")
    sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["opened_at", "id"]
