"""A sheet as the calendar and the cases know it: contacts, talks, groups, absences, holidays. Nothing is invented."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from tragnetz.appointments.enums import AbsenceKind, BookingState
from tragnetz.appointments.models import Absence, Booking, Session
from tragnetz.casework.enums import ContactKind
from tragnetz.casework.models import Case, CaseContact
from tragnetz.network.models import Membership, Network
from tragnetz.network.rules import is_holiday
from tragnetz.reporting.models import Participation
from tragnetz.reporting.timesheets.enums import Activity
from tragnetz.reporting.timesheets.models import ProjectShare
from tragnetz.reporting.timesheets.rules import Line, Share, daily_minutes, days_of, project_of, summed

_ABSENT = {
    AbsenceKind.AWAY: Activity.ABSENT, AbsenceKind.VACATION: Activity.ABSENT,
    AbsenceKind.TRAINING: Activity.TRAINING, AbsenceKind.MEETING: Activity.TEAM,
}  # fmt: skip


def shares_of(membership: Membership, month: date) -> list[Share]:
    """Return the shares of somebody in a month."""
    days = days_of(month)
    rows = ProjectShare.objects.filter(Q(ends=None) | Q(ends__gte=days[0]), membership=membership, starts__lte=days[-1])
    return [share_of(row) for row in rows.select_related("programme")]


def share_of(row: ProjectShare) -> Share:
    """Return a share as a value."""
    return Share(row.programme.key, row.percent, row.weekly_minutes, row.starts, row.ends)


def holidays_of(network: Network, month: date) -> set[date]:
    """Return the public holidays of a month in the network's Land."""
    return {day for day in days_of(month) if is_holiday(day, network.holiday_country, network.holiday_subdivision)}


def drafted(membership: Membership, month: date) -> list[Line]:
    """Return what is known of somebody's month: a line for each day, project and activity."""
    network, shares = membership.network, shares_of(membership, month)
    contacts = _contacts(membership, month)
    talks = _talks(membership, month, {(row.case.contact_id, row.held_on) for row in contacts})
    cases = {row.case_id: row.case for row in contacts} | {case.pk: case for _talk, case in talks if case}
    taking_part = _taking_part(list(cases))

    def project(case: Case | None, day: date) -> str:
        if case is None:
            return ""
        keys = [key for key, first, last in taking_part[case.pk] if first <= day and (last is None or day <= last)]
        return project_of(keys, case.programme.key if case.programme else "", shares, day)

    lines = [
        Line(row.held_on, project(row.case, row.held_on), _activity(row), row.minutes) for row in contacts
    ]  # fmt: skip
    for talk, case in talks:
        day = talk.starts_at.astimezone(network.zone).date()
        lines.append(Line(day, project(case, day), Activity.TALK, _minutes(talk.starts_at, talk.ends_at)))
    lines += _groups(membership, month, shares)
    lines += _absences(membership, month, shares)
    return summed(lines)


def _contacts(membership: Membership, month: date) -> list[CaseContact]:
    days = days_of(month)
    rows = CaseContact.objects.filter(author=membership, held_on__range=(days[0], days[-1]))
    return list(rows.select_related("case__programme"))


def _talks(
    membership: Membership, month: date, written: set[tuple[UUID | None, date]]
) -> list[tuple[Booking, Case | None]]:
    """Return the talks that took place and of which nobody wrote down a contact, each with its case."""
    zone = membership.network.zone
    rows = Booking.objects.filter(
        membership=membership, state=BookingState.ATTENDED, session=None,
        starts_at__gte=_midnight(membership, month), starts_at__lt=_midnight(membership, days_of(month)[-1], 1),
    )  # fmt: skip
    found = [row for row in rows if (row.contact_id, row.starts_at.astimezone(zone).date()) not in written]
    cases = Case.objects.filter(contact__in={row.contact_id for row in found if row.contact_id})
    by_contact = {case.contact_id: case for case in cases.select_related("programme").order_by("opened_on")}
    return [(row, by_contact.get(row.contact_id)) for row in found]


def _taking_part(cases: Sequence[UUID]) -> dict[UUID, list[tuple[str, date, date | None]]]:
    found: dict[UUID, list[tuple[str, date, date | None]]] = defaultdict(list)
    rows = Participation.objects.filter(case__in=cases).values_list(
        "case", "programme__key", "entered_on", "left_on"
    )  # fmt: skip
    for case, key, first, last in rows:
        if case is not None:
            found[case].append((key, first, last))
    return found


def _activity(row: CaseContact) -> str:
    return Activity.CASE_WORK if row.kind in {ContactKind.ALONE, ContactKind.LETTER} else Activity.TALK


def _groups(membership: Membership, month: date, shares: Sequence[Share]) -> Iterator[Line]:
    rows = Session.objects.filter(
        leader=membership, starts_at__gte=_midnight(membership, month),
        starts_at__lt=_midnight(membership, days_of(month)[-1], 1),
    )  # fmt: skip
    for row in rows.select_related("group__programme"):
        day = row.starts_at.astimezone(membership.network.zone).date()
        named = row.group.programme.key if row.group.programme else ""
        yield Line(day, project_of([], named, shares, day), Activity.GROUP, _minutes(row.starts_at, row.ends_at))


def _absences(membership: Membership, month: date, shares: Sequence[Share]) -> Iterator[Line]:
    """Yield holidays and absences: a whole day is a day's work, a part of one as long as it was."""
    holidays, zone = holidays_of(membership.network, month), membership.network.zone
    rows = list(
        Absence.objects.filter(
            membership=membership, ends_at__gt=_midnight(membership, month),
            starts_at__lt=_midnight(membership, days_of(month)[-1], 1),
        )
    )  # fmt: skip
    for day in days_of(month):
        whole = daily_minutes(shares, day)
        if day.weekday() >= 5 or not whole:  # noqa: PLR2004 -- Saturday
            continue
        if day in holidays:
            yield Line(day, "", Activity.ABSENT, whole)
            continue
        left = whole
        for row in rows:
            start = max(row.starts_at, datetime.combine(day, time(), zone))
            end = min(row.ends_at, datetime.combine(day + timedelta(days=1), time(), zone))
            minutes = min(_minutes(start, end), left) if end > start else 0
            if minutes:
                left -= minutes
                yield Line(day, "", _ABSENT[AbsenceKind(row.kind)], minutes)


def _midnight(membership: Membership, day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), membership.network.zone)


def _minutes(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() / 60)
