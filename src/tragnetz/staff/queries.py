"""Reads of staff: the people of an organisation, an invitation by its secret, whether somebody is protected."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q

from tragnetz.core.clock import today
from tragnetz.core.links import secret_hash
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, User
from tragnetz.network.queries import in_each_network
from tragnetz.staff.access import visible_invitations, visible_members
from tragnetz.staff.models import Invitation


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the organisation as the administration sees them."""

    membership: Membership
    roles: list[Role]
    protected: bool

    @property
    def last_login(self) -> datetime | None:
        """When the person signed in last."""
        return self.membership.user.last_login


@dataclass(frozen=True, slots=True)
class Team:
    """All people of an organisation."""

    here: list[Member]
    gone: list[Member]
    invited: list[Invitation]


def team_of(actor: Actor) -> Team:
    """Return the people of the actor's organisation, those who have left, and those who are invited."""
    rows = list(visible_members(actor))
    protected = set(
        Authenticator.objects.filter(user__in=[row.user_id for row in rows])
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user", flat=True)
    )
    people = [Member(row, roles_of(row), row.user_id in protected) for row in rows]
    day = today(actor.network.zone)
    return Team(
        here=[one for one in people if _is_here(one.membership, day)],
        gone=[one for one in people if not _is_here(one.membership, day)],
        invited=list(visible_invitations(actor)),
    )


def member_of(actor: Actor, membership_id: uuid.UUID) -> Member | None:
    """Return one person of the organisation; nothing if they are not for this actor."""
    row = visible_members(actor).filter(pk=membership_id).first()
    return Member(row, roles_of(row), has_second_factor(row.user)) if row is not None else None


def roles_of(row: Membership | Invitation) -> list[Role]:
    """Return the roles of a membership or invitation in the order of the vocabulary."""
    return [role for role in Role if role in row.roles]


def roles_of_others(membership: Membership, day: date) -> set[str]:
    """Return the roles that the organisation has on a day without this person."""
    rows = Membership.objects.filter(
        Q(last_day=None) | Q(last_day__gte=day), organisation=membership.organisation_id, ended_on=None,
        user__is_active=True,
    )  # fmt: skip
    return {role for row in rows.exclude(pk=membership.pk) for role in row.roles}


def is_member(user: User, network: Network) -> bool:
    """Whether somebody works in the network today."""
    here = Q(last_day=None) | Q(last_day__gte=today(network.zone))
    return user.is_active and Membership.objects.filter(here, user=user, ended_on=None).exists()


def networks_of(user: User) -> list[Network]:
    """Return the networks of this installation in which somebody works today: their account is one for all of them."""
    return [one for one in in_each_network(lambda network: network if is_member(user, network) else None) if one]


def organisations_of(user: User, network: Network) -> set[str]:
    """Return the keys of the organisations for which somebody works in the network today."""
    here = Q(last_day=None) | Q(last_day__gte=today(network.zone))
    return set(Membership.objects.filter(here, user=user, ended_on=None).values_list("organisation__key", flat=True))


def member_with(email: str, network: Network) -> User | None:
    """Return who works in the network today and has this address: one query, whether there is an account or not."""
    here = Q(last_day=None) | Q(last_day__gte=today(network.zone))
    rows = Membership.objects.filter(here, user__email=email, user__is_active=True, ended_on=None)
    row = rows.select_related("user").first()
    return row.user if row is not None else None


def has_second_factor(user: User) -> bool:
    """Whether signing in asks for more than the password."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(rows.exists())


def open_invitation(secret: str, now: datetime) -> Invitation | None:
    """Return the invitation of a link; nothing for an unknown, used, withdrawn or old one."""
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return rows.select_related("organisation", "network").filter(secret_hash=secret_hash(secret)).first()


def account_of(invitation: Invitation) -> User | None:
    """Return the account that the invited address has already."""
    return User.objects.filter(email=invitation.email).first()


def _is_here(membership: Membership, day: date) -> bool:
    return membership.ended_on is None and (membership.last_day is None or membership.last_day >= day)
