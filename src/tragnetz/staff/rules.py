"""Decisions: when a session ends, whether one may try again, which roles are missed. Pure, with the time given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from tragnetz.network.enums import Role
from tragnetz.staff.enums import Counted, Ending

INVITATION_LIFE = timedelta(days=7)
INVITATION_KEPT = timedelta(days=90)  # so long after its end it may be sent anew with a click; ours, no law
MUST_STAY = (Role.ADMIN, Role.LEAD)  # without one of these an organisation comes to a standstill


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: `idle` after the last page, `absolute` after signing in."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` tries at once, and one more every `every`: in any hour at most burst + 1 h / every."""

    burst: int
    every: timedelta


# An account takes 10 + 10 guesses in any hour. A whole office comes from one internet address: more for that.
RATES = {
    Counted.ACCOUNT: Rate(10, timedelta(minutes=6)),
    Counted.DEVICE: Rate(10, timedelta(minutes=6)),
    Counted.ADDRESS: Rate(100, timedelta(seconds=20)),
    Counted.CODE: Rate(10, timedelta(minutes=6)),
    Counted.MAIL: Rate(3, timedelta(minutes=20)),
    Counted.MAIL_ADDRESS: Rate(20, timedelta(minutes=3)),
    # In any hour 5 + 5 from one address, 50 + 50 in all.
    Counted.OWN_ADDRESS: Rate(5, timedelta(minutes=12)),
    Counted.OWN_ALL: Rate(50, timedelta(seconds=72)),
    # Refused files count, too: each one is looked at and searched.
    Counted.OWN_UPLOAD: Rate(12, timedelta(minutes=2)),
    # An office answers several referrals from one address; each link has a bound of its own besides.
    Counted.REFERRAL_ADDRESS: Rate(10, timedelta(minutes=6)),
    # A library or an advice centre sends from one address: 30 at once, and 5 more a minute.
    Counted.FORM: Rate(30, timedelta(seconds=12)),
    Counted.LINK: Rate(60, timedelta(seconds=10)),
    # In any hour 10 + 30: a code has 60 bits, so this is against noise, not against luck.
    Counted.WRONG_CODE: Rate(10, timedelta(minutes=2)),
    Counted.COMPUTED: Rate(120, timedelta(seconds=0.5)),
    Counted.SEARCH: Rate(300, timedelta(seconds=0.1)),
    Counted.FEED: Rate(120, timedelta(seconds=0.5)),
    # A family that books, moves and joins groups needs some; nobody's phone rings all day because of a program.
    Counted.TOLD: Rate(6, timedelta(hours=2)),
    # Longer than a code of an app is good (30 seconds): nobody uses one twice, in whichever process.
    Counted.APP_CODE: Rate(1, timedelta(seconds=90)),
    Counted.REMARK_STAFF: Rate(10, timedelta(minutes=6)),
}


def ending(signed_in_at: datetime, seen_at: datetime, now: datetime, limits: Limits) -> Ending | None:
    """Return why a session is over, or nothing while it lasts."""
    if now >= signed_in_at + limits.absolute:
        return Ending.ABSOLUTE
    return Ending.IDLE if now >= seen_at + limits.idle else None


def after_try(full_at: datetime | None, now: datetime, rate: Rate) -> tuple[datetime, timedelta]:
    """Return when a bucket is full again after one more try, and how long to wait first (0: the try is allowed).

    The generic cell rate algorithm (ITU-T I.371): one instant says all of a bucket.
    """
    after = max(full_at or now, now) + rate.every
    return after, max(after - (now + rate.burst * rate.every), timedelta(0))


def left_without(had: Collection[str], has: Collection[str], others: Collection[str]) -> list[Role]:
    """Return the roles an organisation needs and would lose when somebody who `had` roles `has` others."""
    return [role for role in MUST_STAY if role in had and role not in has and role not in others]


def gained(had: Collection[str], has: Collection[str]) -> set[str]:
    """Return the roles somebody gets on top."""
    return set(has) - set(had)
