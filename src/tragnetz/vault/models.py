"""Rows of the vault: public keys, and private ones only in sealed form."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.network.models import NetworkModel, Organisation, User
from tragnetz.vault.enums import Holder
from tragnetz.vault.fields import SealedTextField


class KeyPair(NetworkModel):
    """Somebody to whom keys are sealed (X25519).

    `sealed_private` opens by a secret that is stretched with `salt` in `memory_kib` of memory.

    The private key of a role is sealed to the pairs of those who have the role (`WrappedKey.pair`); that of a recovery
    stands on two sheets of paper. `owner_id` is the person whose code opens the pair.
    """

    kind = models.CharField(max_length=10, choices=Holder)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    owner_id = models.UUIDField(null=True)
    public_key = models.BinaryField()
    sealed_private = models.BinaryField(null=True)
    salt = models.BinaryField(null=True)
    memory_kib = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user"], condition=Q(kind=Holder.USER, ended_at=None), name="one_live_pair_per_user"
            ),
            models.UniqueConstraint(
                fields=["organisation", "role"], condition=Q(kind=Holder.ROLE, ended_at=None),
                name="one_live_pair_per_role",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(kind=Holder.RECOVERY, ended_at=None),
                name="one_live_recovery_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["network", "owner_id"], condition=Q(kind=Holder.PERSON, ended_at=None),
                name="one_live_pair_per_person",
            ),
            models.CheckConstraint(
                condition=Q(kind=Holder.USER, user__isnull=False, sealed_private__isnull=False, salt__isnull=False)
                | Q(kind=Holder.ROLE, organisation__isnull=False, sealed_private=None)
                | Q(kind=Holder.RECOVERY, organisation__isnull=False, sealed_private=None)
                | Q(kind=Holder.PERSON, owner_id__isnull=False, sealed_private__isnull=False),
                name="key_pair_has_its_holder",
            ),
        ]  # fmt: skip


class DataKey(NetworkModel):
    """A key that contents are sealed with; the key itself stands nowhere but in its wrapped copies."""

    made_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)


class WrappedKey(NetworkModel):
    """A key sealed to a holder: a data key, or the private key of a role."""

    data_key = models.ForeignKey(DataKey, on_delete=models.CASCADE, null=True, related_name="copies")
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, null=True, related_name="copies")
    holder = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="wrapped")
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_key", "holder"], condition=Q(data_key__isnull=False), name="data_key_once_per_holder"
            ),
            models.UniqueConstraint(
                fields=["pair", "holder"], condition=Q(pair__isnull=False), name="role_key_once_per_holder"
            ),
            models.CheckConstraint(
                condition=Q(data_key=None, pair__isnull=False) | Q(data_key__isnull=False, pair=None),
                name="wrapped_key_is_of_one_kind",
            ),
        ]

    @property
    def subject_id(self) -> uuid.UUID:
        """The key that is wrapped."""
        return self.data_key_id or self.pair_id  # type: ignore[return-value]  # the constraint: one of the two


class RecoverySetup(NetworkModel):
    """A recovery that is being made: the first has printed sheet A, sheet B waits sealed to the second."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    pair_id = models.UUIDField()
    public_key = models.BinaryField()
    first = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_recovery_setup_at_a_time"),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="recovery_takes_two"),
        ]


class RecoveryUse(NetworkModel):
    """A recovery in use: one has typed a sheet and why; another one has an hour to type the other sheet."""

    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    letter = models.CharField(max_length=1)
    share = SealedTextField()
    reason = SealedTextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair"], name="one_recovery_use_at_a_time")]
