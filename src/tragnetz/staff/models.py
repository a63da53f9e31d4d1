"""Rows of staff. `User` and `Membership` stand in `network`, on which everything else stands."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.core.models import BaseModel
from tragnetz.network.models import NetworkModel, Organisation, User
from tragnetz.staff.enums import RemarkKind, RemarkState
from tragnetz.vault.fields import SealedTextField


class Session(AbstractBaseSession):
    """A browser that was here; with a `user` it is signed in. `device` is a rough name: browser and system."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    signed_in_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=60, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:  # noqa: ANN401 -- Django's interface
        """Return the store of these rows."""
        from tragnetz.staff.sessions import SessionStore  # noqa: PLC0415 -- the store reads this model

        return SessionStore


class Bucket(BaseModel):
    """How often something was tried: full again at `full_at`. `key` is a keyed hash and tells no name or address."""

    key = models.CharField(max_length=64, unique=True)
    full_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Invitation(NetworkModel):
    """A link that makes an account, once. We keep the hash of its secret alone. `invited_by` nobody: the operator."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    roles = ArrayField(models.CharField(max_length=20))
    languages = ArrayField(models.CharField(max_length=10), default=list)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_is_accepted_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Remark(NetworkModel):
    """What somebody says about site or program: a barrier, a wrong translation, a fault, an idea.

    What was written and where an answer may go are sealed. `route` is the name of the page's address, without any id;
    `page` what a visitor typed. Who wrote it is nowhere, unless they gave an address for the answer.
    """

    kind = models.CharField(max_length=12, choices=RemarkKind.choices)
    state = models.CharField(max_length=10, choices=RemarkState.choices, default=RemarkState.NEW)
    from_staff = models.BooleanField(default=False)
    text = SealedTextField()
    expected = SealedTextField(default="")
    reply_to = SealedTextField(default="")
    page = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)
    answer = SealedTextField(default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["network", "state", "at"], name="remark_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RemarkState.NEW, settled_at=None)
                | (~Q(state=RemarkState.NEW) & Q(settled_at__isnull=False)),
                name="remark_is_settled_when_not_new",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
