"""Reads of interpreters: the list, who can be asked for a talk, which talks still need one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.interpreters.access import visible_interpreters
from tragnetz.appointments.interpreters.rules import holds, runs_out_soon
from tragnetz.appointments.models import Booking, Interpreter, InterpreterAssignment, SecrecyDeclaration
from tragnetz.appointments.models.interpreters import LIVE
from tragnetz.network.actors import Actor

AHEAD = timedelta(days=14)  # so early a talk without an interpreter is work
MOST = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """An interpreter with the declaration that lasts longest."""

    row: Interpreter
    declaration: SecrecyDeclaration | None
    today: date

    @property
    def is_valid(self) -> bool:
        """Whether they may be asked for a talk today."""
        one = self.declaration
        return one is not None and holds(one.declared_on, one.valid_until, today=self.today, on=self.today)

    @property
    def is_due(self) -> bool:
        """Whether a declaration is missing, or should be renewed."""
        return self.declaration is None or runs_out_soon(self.declaration.valid_until, self.today)


def interpreters(actor: Actor, today: date) -> list[Listed]:
    """Return the interpreters of one's organisation by name, those of former times last: two queries."""
    rows = visible_interpreters(actor).prefetch_related(_declarations())
    found = [Listed(row, next(iter(row.declarations.all()), None), today) for row in rows]
    return sorted(found, key=lambda one: (one.row.ended_on is not None, one.row.name.casefold()))


def askable(actor: Actor, booking: Booking, now: datetime) -> list[Listed]:
    """Return who speaks the language of a talk and has a declaration that holds on its day, by name."""
    zone = actor.network.zone
    today, on = now.astimezone(zone).date(), booking.starts_at.astimezone(zone).date()
    rows = visible_interpreters(actor).filter(ended_on=None, languages__contains=[booking.language])
    found = []
    for row in rows.prefetch_related(_declarations()):
        declaration = declaration_for(row.declarations.all(), today=today, on=on)
        if declaration is not None:
            found.append(Listed(row, declaration, today))
    return sorted(found, key=lambda one: one.row.name.casefold())


def _declarations() -> Prefetch[str, QuerySet[SecrecyDeclaration], str]:
    return Prefetch("declarations", SecrecyDeclaration.objects.order_by("-valid_until", "-pk"))


def declaration_for(
    rows: Sequence[SecrecyDeclaration] | QuerySet[SecrecyDeclaration], *, today: date, on: date
) -> SecrecyDeclaration | None:
    """Return the declaration on which somebody may be asked today for a talk on a day."""
    return next((row for row in rows if holds(row.declared_on, row.valid_until, today=today, on=on)), None)


def assignment_of(booking: Booking) -> InterpreterAssignment | None:
    """Return who is asked or comes to a talk."""
    rows = InterpreterAssignment.objects.filter(booking=booking, state__in=LIVE)
    return rows.select_related("interpreter", "booking").first()


def without_interpreter(bookings: QuerySet[Booking], now: datetime) -> list[Booking]:
    """Return which of some talks of the next two weeks need an interpreter and have none: one query."""
    live = InterpreterAssignment.objects.filter(booking=OuterRef("pk"), state__in=LIVE)
    rows = bookings.filter(
        ~Exists(live), interpreter=True, state=BookingState.BOOKED, starts_at__gt=now, starts_at__lt=now + AHEAD
    )
    return list(rows.select_related("contact", "membership__user").order_by("starts_at")[:MOST])
