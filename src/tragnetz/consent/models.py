"""Rows of what was allowed. What could name or hurt somebody is sealed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.clients.models import Person
from tragnetz.consent.enums import DataGroup, GivenBy, Handout, Purpose, Signer
from tragnetz.network.enums import Regime
from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.vault.fields import OptionalSealedTextField, SealedTextField


class Given(NetworkModel):
    """What consent and release have in common. `organisation` took it down and keeps the proof; `ends_at` is excluded.

    `wording` is the exact text that was shown in the person's `language`, `german` the same in German; `text_version`
    names the versions of both.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    groups = ArrayField(models.CharField(max_length=20, choices=DataGroup))
    form = models.CharField(max_length=10, choices=GivenBy)
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ends_with_case = models.BooleanField(default=True)
    witness = OptionalSealedTextField(null=True)
    proof = OptionalSealedTextField(null=True)
    signed_on = models.DateField(null=True)
    signature_due_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=10, choices=Signer, default=Signer.SELF)
    signer_name = OptionalSealedTextField(null=True)
    capacity_noted = models.BooleanField(default=False)
    regime = models.CharField(max_length=20, choices=Regime)
    language = models.CharField(max_length=10)
    text_version = models.CharField(max_length=200)
    wording = SealedTextField()
    german = SealedTextField()
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_form = models.CharField(max_length=10, choices=GivenBy, blank=True)
    withdrawal_taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    idempotency_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-given_at", "-id"]
        indexes = [models.Index(fields=["organisation", "ends_at"], name="%(class)s_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["network", "idempotency_key"], name="%(class)s_request_is_unique"),
            models.CheckConstraint(
                condition=Q(groups__len__gt=0, groups__contained_by=DataGroup.values),
                name="%(class)s_names_known_groups",
            ),
            models.CheckConstraint(condition=Q(ends_at__gte=F("given_at")), name="%(class)s_ends_after_it_was_given"),
            models.CheckConstraint(
                condition=~Q(form=GivenBy.ORAL) | Q(witness__isnull=False), name="%(class)s_oral_has_a_witness"
            ),
            models.CheckConstraint(
                condition=~Q(form=GivenBy.WRITTEN) | Q(signed_on__isnull=False), name="%(class)s_written_is_signed"
            ),
            models.CheckConstraint(
                condition=~Q(form=GivenBy.ELECTRONIC) | Q(proof__isnull=False), name="%(class)s_electronic_has_proof"
            ),
            models.CheckConstraint(
                condition=~Q(form=GivenBy.ORAL, regime=Regime.KDG) | Q(signature_due_at__isnull=False),
                name="%(class)s_oral_under_kdg_is_to_be_signed",
            ),
            models.CheckConstraint(
                condition=Q(signer=Signer.SELF) | Q(signer_name__isnull=False), name="%(class)s_signer_is_named"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_form="", withdrawal_taken_by=None)
                | Q(withdrawn_at__gte=F("given_at"), withdrawal_form=GivenBy.ELECTRONIC)
                | Q(
                    withdrawn_at__gte=F("given_at"),
                    withdrawal_form__in=[GivenBy.WRITTEN, GivenBy.ORAL],
                    withdrawal_taken_by__isnull=False,
                ),
                name="%(class)s_withdrawal_is_complete",
            ),
        ]


class Consent(Given):
    """A person lets `organisation`, the controller, process groups of data for a purpose; who else gets them."""

    recipients = ScopedManyToManyField(Organisation, related_name="+")
    recipients_outside = OptionalSealedTextField(null=True)


class Release(Given):
    """A person releases from secrecy: the speakers may tell one recipient these groups, about one topic.

    The recipient is an organisation of the network or somebody outside, named in words; never both, never all.
    """

    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    to_outside = OptionalSealedTextField(null=True)
    topic = SealedTextField()

    class Meta(Given.Meta):
        indexes = [
            *Given.Meta.indexes,
            models.Index(
                fields=["to_organisation", "person"], condition=Q(withdrawn_at=None), name="release_to_organisation"
            ),
        ]
        constraints = [
            *Given.Meta.constraints,
            models.CheckConstraint(
                condition=Q(to_organisation=None, to_outside__isnull=False)
                | Q(to_organisation__isnull=False, to_outside=None),
                name="release_names_one_recipient",
            ),
        ]


class ReleaseSpeaker(NetworkModel):
    """Who may speak: an organisation, or (`membership`) only one of its staff. A trigger asks for at least one."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="speakers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "organisation", "membership"], nulls_distinct=False, name="speaker_stands_once"
            )
        ]


class Notice(NetworkModel):
    """A person was handed the information on data protection (Art. 13 DSGVO) of an organisation and purpose."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    language = models.CharField(max_length=10)
    text_version = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=Handout)
    handed_on = models.DateField()
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["-handed_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["network", "idempotency_key"], name="notice_request_is_unique")]


class CityText(NetworkModel):
    """A city's own words instead of ours, by version; once loaded they stay, because papers name them.

    `use` is `consent`, `release` or `notice`. It holds for one organisation, else for a regime, else for all.
    """

    use = models.CharField(max_length=10)
    purpose = models.CharField(max_length=20, choices=Purpose)
    regime = models.CharField(max_length=20, choices=Regime, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    body: models.JSONField[Any, Any] = models.JSONField()
    machine = ArrayField(models.CharField(max_length=10), default=list)
    source: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ["valid_from", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "use", "purpose", "regime", "organisation", "version"], nulls_distinct=False,
                name="city_text_version_is_unique",
            )
        ]  # fmt: skip
