"""What the lead does with the keys of an organisation: see who has them, recovery, new keys for a role."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import KEY_ROLES, open_for_all, settle_all, with_role
from tragnetz.casework.models import Case
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, User
from tragnetz.network.policy import Deed, may
from tragnetz.vault.enums import Holder
from tragnetz.vault.keyring import Keyring, current_keyring, using
from tragnetz.vault.models import KeyPair, RecoverySetup, RecoveryUse
from tragnetz.vault.recovery import USE_LASTS, begin_recovery, finish_recovery, recovery_pair, type_sheet
from tragnetz.vault.rotation import move_keys, renew_role


@dataclass(frozen=True, slots=True)
class KeyState:
    """How the keys of an organisation stand."""

    members: list[tuple[Membership, bool]]
    due: int
    recovery: KeyPair | None
    setup: RecoverySetup | None
    use: RecoveryUse | None
    renewed: dict[str, datetime]


def can_keep(actor: Actor) -> bool:
    """Whether somebody looks after the keys of the own organisation."""
    return may(actor, Deed.KEYS_KEEP)


def key_state(actor: Actor, now: datetime) -> KeyState:
    """Return who has keys, what is owed, and whether there is a recovery. Only for leads (CaseworkError)."""
    organisation = _organisation(actor)
    members = Membership.objects.filter(
        organisation=organisation, ended_on=None, roles__overlap=list(KEY_ROLES)
    ).select_related("user")
    pairs = KeyPair.objects.filter(ended_at=None)
    having = set(pairs.filter(kind=Holder.USER).values_list("user", flat=True))
    pair = recovery_pair(organisation)
    return KeyState(
        members=[(row, row.user_id in having) for row in members],
        due=Case.objects.filter(organisation=organisation, keys_due=True).count(),
        recovery=pair,
        setup=RecoverySetup.objects.select_related("first", "second").filter(organisation=organisation).first(),
        use=RecoveryUse.objects.select_related("user").filter(pair=pair, made_at__gt=now - USE_LASTS).first(),
        renewed=dict(pairs.filter(kind=Holder.ROLE, organisation=organisation).values_list("role", "made_at")),
    )


@transaction.atomic
def begin(*, actor: Actor, second_id: uuid.UUID) -> str:
    """Begin a recovery with a colleague as the second; returns sheet A. Raises VaultError, CaseworkError."""
    organisation = _organisation(actor)
    second = User.objects.filter(
        memberships__pk=second_id, memberships__organisation=organisation, memberships__ended_on=None
    ).first()
    if second is None:
        raise CaseworkError(_("Diese Person gibt es in Ihrer Organisation nicht."))
    sheet = begin_recovery(network=actor.network, organisation_id=organisation, first=user_of(actor), second=second)
    record(actor, "recovery:begin")
    return sheet


def setup_for(actor: Actor) -> RecoverySetup | None:
    """Return the recovery whose sheet B waits for this actor."""
    return RecoverySetup.objects.select_related("first").filter(second=actor.user_id).first()


@transaction.atomic
def finish(*, actor: Actor, now: datetime) -> str:
    """Put a recovery in force; returns sheet B. Raises VaultError, LockedError, CaseworkError."""
    setup = setup_for(actor)
    if setup is None:
        raise CaseworkError(_("Für Sie liegt kein Blatt bereit."))
    pair, sheet = finish_recovery(setup=setup, user=user_of(actor), now=now)
    Case.objects.filter(organisation=pair.organisation_id).update(keys_due=True)
    record(actor, "recovery:make", pair)
    return sheet


@transaction.atomic
def use_sheet(*, actor: Actor, typed: str, reason: str, now: datetime) -> int | None:
    """Take a sheet; with the second one all keys are handed out again. Returns on how many cases, or nothing yet.

    Raises VaultError, CaseworkError.
    """
    organisation = _organisation(actor)
    pair = recovery_pair(organisation)
    if pair is None:
        raise CaseworkError(_("Ihre Organisation hat keine Wiederherstellung eingerichtet."))
    user = user_of(actor)
    private = type_sheet(pair=pair, user=user, typed=typed, reason=reason, now=now)
    if private is None:
        record(actor, "recovery:begin_use", pair)
        return None
    with using(Keyring({pair.pk: private})):
        open_for_all(actor.network, organisation)
        number = settle_all(organisation)
    record(actor, "recovery:use", pair, cases=number)
    return number


def renew(*, actor: Actor, role: str, now: datetime) -> int:
    """Give a role new keys, for when somebody who had the old ones has left; returns how many keys moved.

    Raises LockedError when the actor does not have the role's keys, CaseworkError for others than leads.
    """
    organisation = _organisation(actor)
    ring = current_keyring()
    with transaction.atomic():
        pair = renew_role(
            ring, network=actor.network, organisation_id=organisation, role=Role(role),
            holders=with_role(organisation, Role(role)), now=now,
        )  # fmt: skip
        record(actor, "keys:renew_role", pair, role=role)
    return move_keys(ring, pair)


def user_of(actor: Actor) -> User:
    """Return the log-in of a member of staff. Raises CaseworkError for anybody else."""
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    if user is None:
        raise CaseworkError(_("Bitte melden Sie sich an."))
    return user


def _organisation(actor: Actor) -> uuid.UUID:
    if not can_keep(actor) or actor.organisation_id is None:
        raise CaseworkError(_("Das darf nur die Leitung."))
    return actor.organisation_id
