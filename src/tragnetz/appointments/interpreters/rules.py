"""Decisions on interpreters: pure."""

from collections.abc import Mapping
from datetime import date

from tragnetz.appointments.interpreters.enums import AssignmentState

# What may become of what; what is declined or called off stays so: another asking is another row.
MOVES: Mapping[str, frozenset[str]] = {
    AssignmentState.ASKED: frozenset(
        {AssignmentState.CONFIRMED, AssignmentState.DECLINED, AssignmentState.CANCELLED}
    ),
    AssignmentState.CONFIRMED: frozenset({AssignmentState.DECLINED, AssignmentState.CANCELLED}),
    AssignmentState.DECLINED: frozenset(),
    AssignmentState.CANCELLED: frozenset(),
}  # fmt: skip


def holds(declared_on: date, valid_until: date, *, today: date, on: date) -> bool:
    """Whether a declaration that was made by today still holds on the day of a talk."""
    return declared_on <= today and on <= valid_until


def runs_out_soon(valid_until: date, today: date, *, within: int = 30) -> bool:
    """Whether a declaration should be renewed now: it has ended, or ends within some days."""
    return (valid_until - today).days <= within
