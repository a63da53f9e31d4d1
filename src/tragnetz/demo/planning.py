"""Different working weeks, somebody on holiday, a training day, a closed house: invented, so that planning is alive."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import F

from tragnetz.appointments.enums import AbsenceKind, BookingState, CancelledBy, Kind
from tragnetz.appointments.models import Absence, Booking, Closure, Roster, Workload
from tragnetz.appointments.planning.changes import AddAbsence
from tragnetz.appointments.planning.commands import carry_out, preview
from tragnetz.appointments.planning.rules import Away
from tragnetz.appointments.rules import wanted_from
from tragnetz.core.clock import now
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Site

NOON, HOUR = time(12, 30), timedelta(hours=1)
PERCENT = (100, 60, 65, 100)  # of a full post, by the pattern of the week
WEDNESDAY, FRIDAY, SATURDAY = 2, 4, 5
PUBLIC, DESK = 60, 90


def shape_rosters(counsellors: Sequence[Membership]) -> None:
    """Give the counsellors different weeks, once: full, mornings only, three days, late on Tuesdays and Thursdays."""
    if Workload.objects.exists():
        return
    for number, member in enumerate(counsellors):
        rows = Roster.objects.filter(membership=member)
        pattern = number % len(PERCENT)
        if pattern == 1:
            rows.filter(starts__gte=NOON).delete()
        elif pattern == 2:  # noqa: PLR2004 -- the third of four patterns
            rows.filter(weekday__in=[WEDNESDAY, FRIDAY]).delete()
        elif pattern == 3:  # noqa: PLR2004 -- the last one
            rows.filter(weekday__in=[1, 3]).update(starts=F("starts") + HOUR, ends=F("ends") + HOUR)


def load_planning(network: Network, counsellors: Sequence[Membership], today: date) -> None:
    """Make shares, deputies, absences, a closure and two proposals, once."""
    if Workload.objects.exists():
        return
    teams: dict[str, list[Membership]] = {}
    for member in counsellors:
        teams.setdefault(member.organisation.key, []).append(member)
    for number, member in enumerate(counsellors):
        team = teams[member.organisation.key]
        deputy = team[(team.index(member) + 1) % len(team)]
        Workload(
            network=network, membership=member, percent=PERCENT[number % len(PERCENT)],
            most_a_day=4 if number % 2 else 6, deputy=deputy if deputy != member else None,
            video_url=f"https://video.example/zimmer-{number + 1}",
        ).save()  # fmt: skip
    _hours(network, counsellors)
    monday = today - timedelta(days=today.weekday())
    for team in teams.values():
        member, deputy = team[-1], team[0]
        begins = monday + timedelta(weeks=2)
        _away(network, member, begins, begins + timedelta(days=14), AbsenceKind.VACATION, deputy)
    large = max(teams.values(), key=len)
    _away(network, large[1], monday + timedelta(days=9), monday + timedelta(days=10), AbsenceKind.TRAINING, None)
    closed = monday + timedelta(weeks=3, days=4)
    small = min(teams.values(), key=len)
    Closure(
        network=network, organisation=small[0].organisation, reason="Betriebsausflug",
        starts_at=_at(network, closed), ends_at=_at(network, closed + timedelta(days=1)),
    ).save()  # fmt: skip
    for team in teams.values():
        if team not in (large, small):
            _proposals(network, team)


def _hours(network: Network, counsellors: Sequence[Membership]) -> None:
    """Keep part of the hours for desk and counsellor; some talk by video, visit at home, open on a Saturday."""
    Roster.objects.update(public_percent=PUBLIC, desk_percent=DESK)
    Roster.objects.filter(weekday=0).update(kinds=[Kind.PHONE, Kind.ON_SITE, Kind.VIDEO])
    Roster.objects.filter(weekday=3, starts__gte=NOON).update(kinds=[Kind.PHONE, Kind.ON_SITE, Kind.HOME])
    centre = Site.objects.filter(organisation=counsellors[0].organisation).order_by("key").last()
    begins = date(2024, 1, 1)
    for member, weekday, starts, ends, every in (
        (counsellors[0], WEDNESDAY, time(12, 45), time(15), 1),  # too soon for the way: something to see to
        (counsellors[2], SATURDAY, time(10), time(13), 2),
    ):
        Roster(
            network=network, membership=member, weekday=weekday, starts=starts, ends=ends, site=centre, every=every,
            kinds=[Kind.PHONE, Kind.ON_SITE], valid_from=begins, public_percent=PUBLIC, desk_percent=DESK,
        ).save()  # fmt: skip


def _away(network: Network, member: Membership, first: date, until: date, kind: str, deputy: Membership | None) -> None:
    Absence(
        network=network, membership=member, starts_at=_at(network, first), ends_at=_at(network, until), kind=kind,
        deputy=deputy,
    ).save()  # fmt: skip


def _proposals(network: Network, team: Sequence[Membership]) -> None:
    """Let the lead send somebody away for the days with most talks; the people get proposals, one lets it pass."""
    lead = next(row for row in team if Role.LEAD.value in row.roles)
    live = Booking.objects.filter(
        membership=team[1], state=BookingState.BOOKED, starts_at__gt=now() + timedelta(days=1)
    )
    first = live.order_by("starts_at").first()
    if first is None:
        return
    day = first.starts_at.astimezone(network.zone).date()
    actor = of_membership(lead, network)
    away = Away(team[1].pk, _at(network, day), _at(network, day + timedelta(days=1)), AbsenceKind.AWAY, team[0].pk)
    change = AddAbsence(away)
    offers = preview(actor=actor, change=change, now=now()).offers
    answers = {one.booking.pk: wanted_from(one.chosen) if one.chosen else None for one in offers}
    done = carry_out(actor=actor, change=change, answers=answers, now=now())
    for row in done.proposed[:1]:
        row.state, row.held_until, row.cancelled_by = BookingState.CANCELLED, None, CancelledBy.EXPIRED
        row.save()


def _at(network: Network, day: date) -> datetime:
    return datetime.combine(day, time(), network.zone)
