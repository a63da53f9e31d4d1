"""Read referrals: of a case, those of a day, what came in, and one of them for either side."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tragnetz.appointments.models import Absence
from tragnetz.audit.commands import record
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.referrals.access import stands, visible_received, visible_sent
from tragnetz.referrals.channel import open_cases, open_channel
from tragnetz.referrals.enums import Outcome, Side, State, TalkState
from tragnetz.referrals.models import Line, Link, Referral, Shared, Talk
from tragnetz.referrals.offering import Group, unpacked
from tragnetz.referrals.rules import ALL_AFTER, DEPUTY_AFTER, LIVE, OUTCOMES, is_overdue, moves
from tragnetz.vault.envelopes import Locked

MOST, MOST_OF_DAY = 100, 30
_SECRET = ("reason", "handed", "channel", "code", "to_email")


@dataclass(frozen=True, slots=True)
class Shown:
    """A referral as a list shows it. `talk_at`: when both sides meet with the person, as they agreed."""

    row: Referral
    name: str
    is_overdue: bool
    talk_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A referral as one side reads it."""

    row: Referral
    side: Side
    name: str
    reason: str
    groups: list[Group]
    lines: list[Line]
    talks: list[Talk]
    moves: frozenset[State]
    outcomes: list[tuple[str, str]]
    is_overdue: bool
    stands: bool
    link: Link | None

    @property
    def is_live(self) -> bool:
        """Whether something can still be said."""
        return State(self.row.state) in LIVE


def name_of(row: Referral) -> str:
    """Return to whom a referral goes: the organisation, or the first line of the words."""
    if row.to_organisation is not None:
        return row.to_organisation.name
    return row.to_words if isinstance(row.to_words, Locked) else row.to_words.strip().split("\n")[0]


def service_name(row: Referral) -> str:
    """Return which offer of the directory it is about, in German; nothing without one."""
    return choose(row.to_service.name, "de").text if row.to_service is not None else ""


def shown(row: Referral, today: date) -> Shown:
    """Return a referral with its words for a list."""
    return Shown(row, name_of(row), is_overdue(State(row.state), row.reply_by, today), getattr(row, "talk_at", None))


def _agreed(first: datetime) -> QuerySet[Talk]:
    """Return the joint talks that both sides agreed on, from an instant on, the next first."""
    return Talk.objects.filter(state=TalkState.ACCEPTED, starts_at__gte=first).order_by("starts_at")


def _with_talk(rows: QuerySet[Referral], talks: QuerySet[Talk]) -> QuerySet[Referral]:
    """Add to referrals when the first of some joint talks begins."""
    return rows.annotate(talk_at=Subquery(talks.filter(referral=OuterRef("pk")).values("starts_at")[:1]))


def _start_of(day: date, actor_or_case: Actor | Case) -> datetime:
    return datetime.combine(day, time(), actor_or_case.network.zone)


def agreed_talks(rows: Iterable[Referral], now: datetime) -> dict[uuid.UUID, Talk]:
    """Return the next joint talk of each referral that was agreed and is to come; for whoever opens their cases."""
    found = list(rows)
    open_channel(found)
    return {talk.referral_id: talk for talk in _agreed(now).filter(referral__in=found).order_by("-starts_at")}


def _rows(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related(
        "network", "case__contact", "case__counsellor__user", "case__household", "case__organisation",
        "compartment__person", "person", "to_organisation", "to_service", "author__user",
    )  # fmt: skip


def referrals_of(case: Case, today: date) -> list[Shown]:
    """Return the referrals of a case, the newest first."""
    return [shown(row, today) for row in _rows(case.referrals.all())]


def drafts_of(case: Case, today: date) -> list[Shown]:
    """Return the referrals of a case that nobody got yet."""
    return [shown(row, today) for row in _rows(case.referrals.filter(state=State.DRAFT))]


def running_of(case: Case, today: date) -> list[Shown]:
    """Return the referrals of a case of which it is not known yet what came of them."""
    rows = _with_talk(case.referrals.filter(state__in=list(LIVE)), _agreed(_start_of(today, case)))
    return [shown(row, today) for row in _rows(rows)]


def referral_of(case: Case, referral_id: uuid.UUID) -> Referral | None:
    """Return one referral of a case."""
    return _rows(case.referrals.all()).filter(pk=referral_id).first()


def sheet_of(row: Referral, side: Side, today: date) -> Sheet:
    """Return a referral as a side reads it; to be called with its keys on the ring.

    The recipient reads nothing of the people any more when it has ended.
    """
    open_channel([row])
    reason, groups = (str(row.reason) if side == Side.SENDER else ""), list[Group]()
    body = row.handed if side == Side.SENDER else _shared(row)
    if body and not isinstance(body, Locked) and (side == Side.SENDER or State(row.state) in LIVE):
        reason, groups = unpacked(body)
    live = row.links.filter(revoked_at=None).prefetch_related("browsers").first() if side == Side.SENDER else None
    allowed = moves(State(row.state), side)
    wanted = [one for one in Outcome if any(one in OUTCOMES[target] for target in allowed if target in OUTCOMES)]
    return Sheet(
        row=row, side=side, name=name_of(row) if side == Side.SENDER else "", reason=reason, groups=groups,
        lines=list(row.lines.select_related("author__user")), talks=list(row.talks.all()), moves=allowed,
        outcomes=[(one.value, str(one.label)) for one in wanted],
        is_overdue=is_overdue(State(row.state), row.reply_by, today),
        stands=stands(row), link=live,
    )  # fmt: skip


def _shared(row: Referral) -> str:
    found = Shared.objects.filter(referral=row).select_related("referral").first()
    return found.body if found is not None else ""


# The filters of the list of what was sent.
FILTERS = ("offen", "wartet", "neu", "beendet")


def sent(actor: Actor, today: date, *, wanted: str = "", own: bool = True) -> list[Shown]:
    """Return what one's cases were referred for, the newest first; a fixed number of queries.

    `wanted`: running, without an answer, with news, or ended. Without `own` all that the actor sees.
    """
    rows = visible_sent(actor).filter(case__merged_into=None)
    if own:
        rows = rows.filter(Q(case__counsellor=actor.membership_id) | Q(case__deputy=actor.membership_id))
    chosen = {
        "offen": Q(state__in=[*LIVE, State.DRAFT]), "wartet": Q(state=State.REQUESTED), "neu": Q(news_at__isnull=False),
        "beendet": ~Q(state__in=[*LIVE, State.DRAFT]),
    }  # fmt: skip
    found = rows.filter(chosen.get(wanted, Q())).order_by("-created_at", "-pk")
    keys = list(found.values_list("case_id", flat=True)[:MOST])
    open_cases(keys)  # names in words are sealed
    return [shown(row, today) for row in _rows(found).defer(*_SECRET)[:MOST]]


def received(actor: Actor, *, wanted: str = "") -> list[Referral]:
    """Return what came in for the actor's organisation, what waits for an answer first. No names stand here."""
    rows = visible_received(actor)
    if wanted == "beendet":
        rows = rows.exclude(state__in=list(LIVE))
    elif wanted != "alle":
        rows = rows.filter(state__in=list(LIVE))
    listed = rows.select_related("network", "case__organisation", "to_service").defer(*_SECRET, "to_words")
    return sorted(listed.order_by("-requested_at", "-pk")[:MOST], key=lambda row: row.state != State.REQUESTED)


def received_one(actor: Actor, referral_id: uuid.UUID) -> Referral | None:
    """Return what came in for the actor's organisation, and leave an audit event; nothing if it may not be seen."""
    row = _rows(visible_received(actor)).filter(pk=referral_id).first()
    if row is None or not stands(row):
        return None
    record(actor, "referral:read", row.case)
    return row


def waits_here(actor: Actor) -> int:
    """Return how much came in for the actor's organisation and waits for an answer."""
    return visible_received(actor).filter(state=State.REQUESTED).count()


def pressing(actor: Actor, day: date, *, own: bool) -> list[Shown]:
    """Return the referrals that somebody must see on a day: what partners did, overdue answers, joint talks.

    The chain: the counsellor at once; the deputy while the counsellor is away, or after three days; everybody who sees
    the case after a week. One query.
    """
    start = _start_of(day, actor)
    rows = visible_sent(actor).filter(case__state=CaseState.OPEN)
    talks = _agreed(start).filter(starts_at__lt=start + timedelta(days=1))
    late = Q(state=State.REQUESTED, reply_by__lt=day)
    meets = Q(pk__in=talks.order_by().values("referral"), state__in=list(LIVE))
    rows = rows.filter(Q(news_at__isnull=False) | late | meets)
    if own:
        away = Absence.objects.filter(
            membership=OuterRef("case__counsellor"), starts_at__lt=start + timedelta(days=1), ends_at__gt=start
        )
        mine = Q(case__counsellor=actor.membership_id)
        deputy = Q(case__deputy=actor.membership_id) & (Exists(away) | Q(reply_by__lt=day - DEPUTY_AFTER))
        rows = rows.filter(mine | deputy | late & Q(reply_by__lt=day - ALL_AFTER))
    # Only what a line of the day shows: planning a join of all that a referral hangs on takes longer than the query.
    told = _with_talk(rows, talks).select_related("case__contact", "case__counsellor__user", "to_organisation")
    found = told.defer(*_SECRET, "to_words").order_by("reply_by", "pk")[:MOST_OF_DAY]
    return [
        Shown(
            row,
            str(row.to_organisation or ""),
            _late(row, day),
            getattr(row, "talk_at", None) if State(row.state) in LIVE else None,
        )
        for row in found
    ]


def _late(row: Referral, day: date) -> bool:
    return is_overdue(State(row.state), row.reply_by, day)
