"""Whom one may be: accounts of the demo that still have its printed password, and a referral to answer."""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

from django.contrib.auth.hashers import check_password
from django.db.models import Count
from django.urls import reverse

from tragnetz.core.clock import now
from tragnetz.demo.keys import staff_ring
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.referrals.enums import State
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.links import Made, make_link
from tragnetz.referrals.models import Referral
from tragnetz.vault.keyring import using

MOST_LOOKED_AT = 10


def member_for(role: Role) -> Membership | None:
    """Return who plays a role: of the counsellors the one with most claims, of others the first by name.

    Only accounts whose password is the printed one: whoever has changed theirs is nobody's to be.
    """
    rows = Membership.objects.filter(roles__contains=[role], ended_on=None, user__is_active=True)
    rows = rows.select_related("user", "organisation").order_by("user__email")
    found: Iterable[Membership] = rows[:MOST_LOOKED_AT]
    if role is Role.COUNSELLOR:
        busiest = rows.annotate(claims=Count("cases__claims")).order_by("-claims", "user__email")
        found = busiest[:MOST_LOOKED_AT]
    return next((row for row in found if _is_printed(row.user.password)), None)


def referral_to_answer(network: Network) -> tuple[Referral, Made] | None:
    """Return a referral that waits for an answer, with a new link for it; nothing when none waits any more."""
    rows = Referral.objects.filter(state=State.REQUESTED).select_related("case__counsellor__user", "network")
    for referral in rows.order_by("pk"):
        counsellor = referral.case.counsellor
        if not _is_printed(counsellor.user.password):
            continue
        actor = of_membership(counsellor, network)
        # One whose release has ended, or whose case is closed to its counsellor, gets no link: the next will do.
        with using(staff_ring([counsellor], PASSWORD)), suppress(ReferralError):
            return referral, make_link(actor=actor, referral=referral, address=_address, now=now())
    return None


def _address(secret: str) -> str:
    return reverse("portal:reply", args=[secret])


@lru_cache(maxsize=64)
def _is_printed(encoded: str) -> bool:
    """Whether a stored password is the printed one. A check takes its time on purpose; the demo's are all alike."""
    return check_password(PASSWORD, encoded)
