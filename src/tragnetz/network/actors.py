"""Who acts: the first argument of every command."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q

from tragnetz.core.clock import today
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Staff of one organisation; a resident, an accompanied person or a partner by link (no ids); the system."""

    network: Network
    kind: str
    user_id: uuid.UUID | None = None
    membership_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    name: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff(self) -> bool:
        """Whether a member of staff acts."""
        return self.kind == "staff"


def resident(network: Network) -> Actor:
    """Return the actor of the public site: no account, no name."""
    return Actor(network=network, kind="resident")


def accompanied(network: Network) -> Actor:
    """Return the actor of an accompanied person's own page, opened by their code: no account, no name."""
    return Actor(network=network, kind="person")


def partner(network: Network) -> Actor:
    """Return the actor behind a link of a referral: an organisation that answers without an account."""
    return Actor(network=network, kind="partner")


def system(network: Network) -> Actor:
    """Return the actor of background tasks and the command line."""
    return Actor(network=network, kind="system")


def staff(user: User, network: Network) -> Actor | None:
    """Return the actor for a log-in, or nothing if the person has left the network (access ends the same day)."""
    if not user.is_active:
        return None
    here = Q(last_day=None) | Q(last_day__gte=today(network.zone))
    membership = Membership.objects.filter(here, user=user, ended_on=None).order_by("pk").first()
    if membership is None:
        return None
    membership.user = user  # each request has just read it: to join it here took as long as all else of the question
    return of_membership(membership, network)


def of_membership(membership: Membership, network: Network) -> Actor:
    """Return the actor for a membership."""
    return Actor(
        network=network,
        kind="staff",
        user_id=membership.user_id,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
        roles=frozenset(Role(role) for role in membership.roles),
        name=membership.user.get_full_name(),
    )
