"""Take a counsellor's calendar over from another program: all of it or nothing, and never twice."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from tragnetz.appointments.calendars.reading import TakenTime
from tragnetz.appointments.claims import claim
from tragnetz.appointments.enums import BookingState, Purpose, Via
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership


@dataclass(slots=True)
class Report:
    """What an import did or would do, and what hinders it: with a problem nothing is written."""

    new: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)
    written: bool = False


def member_of(email: str) -> Membership:
    """Return the counsellor with an e-mail address. Raises NotPossibleError."""
    row = Membership.objects.filter(user__email=email.strip().lower(), ended_on=None).first()
    if row is None:
        raise NotPossibleError(_("Mit der E-Mail-Adresse %s arbeitet hier niemand.") % email)
    return row


def import_calendar(
    *, actor: Actor, membership: Membership, rows: Sequence[TakenTime], now: datetime, dry_run: bool = False
) -> Report:
    """Take times over as bookings without a person. Raises NotPossibleError if the actor may not.

    What was taken over before is known by its UID and start. Overlaps are reported, each with its place in the file.
    """
    if actor.kind != "system":
        raise NotPossibleError(_("Kalender übernimmt die Verwaltung an der Befehlszeile."))

    def take_over() -> Report:
        wait_for(f"import:{membership.pk}")
        keys = {_key(membership, row): row for row in rows}
        known = set(
            Booking.objects.filter(idempotency_key__in=keys).order_by().values_list("idempotency_key", flat=True)
        )
        fresh = {key: row for key, row in keys.items() if key not in known}
        report = Report(new=len(fresh), known=len(known))
        report.problems += _overlaps(actor, membership, list(fresh.values()))
        if report.problems or dry_run or not fresh:
            return report
        claim(
            actor=actor, bookings=[_booking(actor, membership, *one) for one in fresh.items()], now=now, rostered=False
        )
        record(actor, "booking:import", membership, number=len(fresh))
        report.written = True
        return report

    try:
        return in_transaction(take_over)
    except SlotTakenError as error:  # somebody booked between the look and the writing
        return Report(problems=[str(error)])


def _key(membership: Membership, row: TakenTime) -> str:
    return hashlib.sha256(f"import:{membership.pk}:{row.uid}:{row.starts_at.isoformat()}".encode()).hexdigest()


def _booking(actor: Actor, membership: Membership, key: str, row: TakenTime) -> Booking:
    return Booking(
        network=actor.network, membership=membership, starts_at=row.starts_at, ends_at=row.ends_at, kind=row.kind,
        purpose=Purpose.FOLLOW, via=Via.IMPORT, idempotency_key=key,
        code_hash=secrets.token_hex(32),  # nobody has a code: these people know of their appointment already
    )  # fmt: skip


def _overlaps(actor: Actor, membership: Membership, rows: list[TakenTime]) -> Iterable[str]:
    """Yield what lies on each other, within the file and with what is booked here."""
    if not rows:
        return
    for before, after in pairwise(sorted(rows, key=lambda row: (row.starts_at, row.ends_at))):
        if after.starts_at < before.ends_at:
            yield _("%(place)s: überschneidet sich mit %(other)s") % {
                "place": _at(after, actor),
                "other": _at(before, actor),
            }
    span = Booking.objects.filter(
        membership=membership,
        starts_at__lt=max(row.ends_at for row in rows),
        ends_at__gt=min(row.starts_at for row in rows),
    )
    live = list(span.exclude(state=BookingState.CANCELLED).values_list("starts_at", "ends_at"))
    for row in rows:
        if any(start < row.ends_at and row.starts_at < end for start, end in live):
            yield _("%s: da ist hier schon ein Termin") % _at(row, actor)


def _at(row: TakenTime, actor: Actor) -> str:
    return f"{row.place}, {row.starts_at.astimezone(actor.network.zone):%d.%m.%Y %H:%M}"
