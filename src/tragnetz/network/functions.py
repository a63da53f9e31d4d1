"""What members of staff do, for those who shall not read their names."""

import uuid
from collections.abc import Collection, Iterable, Mapping

from tragnetz.network.enums import Role
from tragnetz.network.models import Membership

# Whoever has several is called by the first of these.
_FIRST = (Role.COUNSELLOR, Role.LEAD, Role.INTAKE, Role.DPO, Role.PROGRAMME, Role.CATALOGUE, Role.ADMIN)


def main_role(roles: Iterable[str]) -> Role | None:
    """Return the role by which a member of staff is called; nothing for none."""
    given = set(roles)
    return next((role for role in _FIRST if role in given), None)


def members_behind(users: Collection[uuid.UUID]) -> Mapping[tuple[uuid.UUID | None, uuid.UUID | None], Membership]:
    """Return who stood behind events: members of staff, past ones too, by log-in and organisation; one query."""
    rows = Membership.objects.filter(user__in=users).select_related("user", "organisation")
    return {(row.user_id, row.organisation_id): row for row in rows}
