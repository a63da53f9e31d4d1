"""Invented interpreters of each organisation with their declarations; some talks have one, some still need one."""

from collections.abc import Sequence
from datetime import timedelta

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.interpreters.commands import (
    InterpreterDetails,
    ask_interpreter,
    keep_interpreter,
    record_declaration,
    settle_assignment,
)
from tragnetz.appointments.interpreters.enums import AssignmentState
from tragnetz.appointments.interpreters.queries import askable
from tragnetz.appointments.models import Booking, Interpreter
from tragnetz.core.clock import now, today
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network

# Details, and for how many days their declaration still holds; nothing: it is missing.
PEOPLE: tuple[tuple[InterpreterDetails, int | None], ...] = (
    (InterpreterDetails("person", "Samira Haddad", ["ar", "ku"], "samira.haddad@example.org", "0151 23456780"), 280),
    (InterpreterDetails("person", "Larysa Bondar", ["uk", "ru", "pl"], "", "0151 23456781"), 190),
    (InterpreterDetails("pool", "Sprachmittlung Musterstadt", ["tr", "ro", "bg", "fa"], "pool@example.org", ""), 300),
    (InterpreterDetails("phone", "Telefondolmetschen Muster", ["ar", "tr", "uk"], "", "0800 1234560"), 12),
    (InterpreterDetails("person", "Elena Popescu", ["ro"], "elena.popescu@example.org", ""), None),
)
EVERY = 3  # so many talks: two have an interpreter, one still needs one


def load_interpreters(network: Network, staff: Sequence[Membership]) -> int:
    """Give each lead's organisation its list, and ask for most talks to come; returns how many were asked."""
    if Interpreter.objects.exists():
        return 0
    asked = 0
    for membership in staff:
        if Role.LEAD in membership.roles:
            actor = of_membership(membership, network)
            _keep(actor)
            asked += _ask(actor)
    return asked


def _keep(actor: Actor) -> None:
    day = today(actor.network.zone)
    for details, days in PEOPLE:
        row = keep_interpreter(actor=actor, details=details)
        if days is not None:
            record_declaration(
                actor=actor, interpreter=row, declared_on=day - timedelta(days=365 - days),
                valid_until=day + timedelta(days=days), form="paper" if details.kind == "person" else "contract",
                today=day,
            )  # fmt: skip


def _ask(actor: Actor) -> int:
    at, asked = now(), 0
    talks = Booking.objects.filter(
        membership__organisation=actor.organisation_id, interpreter=True, state=BookingState.BOOKED, starts_at__gt=at
    )
    for number, talk in enumerate(talks.order_by("starts_at")[: EVERY * 4]):
        likely = askable(actor, talk, at) if number % EVERY else []
        if likely:
            ask_interpreter(actor=actor, booking=talk, interpreter_id=likely[0].row.pk, now=at)
            asked += 1
            if number % EVERY == 1:
                settle_assignment(actor=actor, booking=talk, state=AssignmentState.CONFIRMED, now=at)
    return asked
