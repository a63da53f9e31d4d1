"""What can be changed in a plan: values that go through a form, are seen through, and then carried out.

Each says how the plan is after it (`apply`; raises PlanError if its row is gone) and from which day it holds.
"""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from django.core import signing
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from tragnetz.appointments.planning.errors import PlanError
from tragnetz.appointments.planning.rules import DAY, Away, Closed, Hours, Plan
from tragnetz.core.ids import new_id

_SALT = "plan-change"


@dataclass(frozen=True, slots=True)
class AddHours:
    """New hours; of a single day if they begin and end on it."""

    hours: Hours
    verb: Literal["hours-add"] = "hours-add"

    @property
    def membership_id(self) -> uuid.UUID:
        """Whose hours."""
        return self.hours.membership_id

    def apply(self, plan: Plan) -> Plan:
        """Add them."""
        return replace(plan, hours=(*plan.hours, self.hours))

    def first_day(self, zone: ZoneInfo) -> date:  # noqa: ARG002 -- all changes are asked alike
        """Return the first day on which they are worked."""
        return self.hours.valid_from


@dataclass(frozen=True, slots=True)
class ChangeHours:
    """Other hours of a counsellor instead of a row, from a day on which it is worked, or `once` on that day alone."""

    row_id: uuid.UUID
    day: date
    hours: Hours
    once: bool
    rest_id: uuid.UUID = field(default_factory=new_id)
    verb: Literal["hours-change"] = "hours-change"

    @property
    def membership_id(self) -> uuid.UUID:
        """Whose hours."""
        return self.hours.membership_id

    def apply(self, plan: Plan) -> Plan:
        """End the row and begin the other hours."""
        left = _ended(plan, self.row_id, self.day, self.rest_id if self.once else None)
        return replace(left, hours=(*left.hours, self.hours))

    def first_day(self, zone: ZoneInfo) -> date:  # noqa: ARG002 -- all changes are asked alike
        """Return the first day that is other than before."""
        return min(self.day, self.hours.valid_from)


@dataclass(frozen=True, slots=True)
class EndHours:
    """No more hours of a row from a day on, or `once` not on that day."""

    row_id: uuid.UUID
    membership_id: uuid.UUID
    day: date
    once: bool
    rest_id: uuid.UUID = field(default_factory=new_id)
    verb: Literal["hours-end"] = "hours-end"

    def apply(self, plan: Plan) -> Plan:
        """End the row."""
        return _ended(plan, self.row_id, self.day, self.rest_id if self.once else None)

    def first_day(self, zone: ZoneInfo) -> date:  # noqa: ARG002 -- all changes are asked alike
        """Return the first day without them."""
        return self.day


@dataclass(frozen=True, slots=True)
class Leave:
    """A counsellor works until a last day."""

    membership_id: uuid.UUID
    last_day: date
    verb: Literal["member-leave"] = "member-leave"

    def apply(self, plan: Plan) -> Plan:
        """End all hours."""
        ended = [row.until(self.last_day) if row.membership_id == self.membership_id else row for row in plan.hours]
        return replace(plan, hours=tuple(row for row in ended if row is not None))

    def first_day(self, zone: ZoneInfo) -> date:  # noqa: ARG002 -- all changes are asked alike
        """Return the first day without the counsellor."""
        return self.last_day + DAY


@dataclass(frozen=True, slots=True)
class AddAbsence:
    """A counsellor will be away."""

    away: Away
    verb: Literal["absence-add"] = "absence-add"

    @property
    def membership_id(self) -> uuid.UUID:
        """Who is away."""
        return self.away.membership_id

    def apply(self, plan: Plan) -> Plan:
        """Add it."""
        return replace(plan, away=(*plan.away, self.away))

    def first_day(self, zone: ZoneInfo) -> date:
        """Return the day on which it begins."""
        return _local(self.away.starts_at, zone)


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """A counsellor is there after all."""

    away: Away
    verb: Literal["absence-end"] = "absence-end"

    @property
    def membership_id(self) -> uuid.UUID:
        """Who is there again."""
        return self.away.membership_id

    def apply(self, plan: Plan) -> Plan:
        """Take it out."""
        return replace(plan, away=_without(plan.away, self.away))

    def first_day(self, zone: ZoneInfo) -> date:
        """Return the day on which it would have begun."""
        return _local(self.away.starts_at, zone)


@dataclass(frozen=True, slots=True)
class AddClosure:
    """A site, or an organisation, will be closed."""

    closed: Closed
    verb: Literal["closure-add"] = "closure-add"

    def apply(self, plan: Plan) -> Plan:
        """Add it."""
        return replace(plan, closed=(*plan.closed, self.closed))

    def first_day(self, zone: ZoneInfo) -> date:
        """Return the day on which it begins."""
        return _local(self.closed.starts_at, zone)


@dataclass(frozen=True, slots=True)
class EndClosure:
    """It is open after all."""

    closed: Closed
    verb: Literal["closure-end"] = "closure-end"

    def apply(self, plan: Plan) -> Plan:
        """Take it out."""
        return replace(plan, closed=_without(plan.closed, self.closed))

    def first_day(self, zone: ZoneInfo) -> date:
        """Return the day on which it would have begun."""
        return _local(self.closed.starts_at, zone)


type Change = AddHours | ChangeHours | EndHours | Leave | AddAbsence | EndAbsence | AddClosure | EndClosure


@cache
def _shape() -> TypeAdapter[Change]:
    return TypeAdapter(Change)


def pack(change: Change) -> str:
    """Return a change as text for a form, signed: what was shown is what comes back."""
    return signing.dumps(_shape().dump_python(change, mode="json"), salt=_SALT)


def unpack(text: str) -> Change | None:
    """Return the change that a form carried; nothing when it was tampered with."""
    try:
        return _shape().validate_python(signing.loads(text, salt=_SALT), strict=False)
    except (signing.BadSignature, ValidationError):
        return None


def _local(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _ended(plan: Plan, row_id: uuid.UUID, day: date, rest_id: uuid.UUID | None) -> Plan:
    """Take a row out of the plan from a day on; with `rest_id` on that day alone."""
    row = next((row for row in plan.hours if row.id == row_id), None)
    if row is None or not row.works_on(day):
        raise PlanError(_("Diesen Dienst gibt es an diesem Tag nicht mehr. Bitte laden Sie die Woche neu."))
    pieces = [row.until(day - DAY), row.after(day, rest_id) if rest_id else None]
    others = tuple(other for other in plan.hours if other.id != row_id)
    return replace(plan, hours=(*others, *(piece for piece in pieces if piece is not None)))


def _without[RowT: Away | Closed](rows: tuple[RowT, ...], gone: RowT) -> tuple[RowT, ...]:
    if gone not in rows:
        raise PlanError(_("Das gibt es nicht mehr. Bitte laden Sie die Woche neu."))
    return tuple(row for row in rows if row != gone)
