"""Rows of appointments."""

from tragnetz.appointments.models.bookings import Booking, Period
from tragnetz.appointments.models.calls import CallAttempt, Callback, LineDuty, LinePresence
from tragnetz.appointments.models.feeds import CalendarFeed
from tragnetz.appointments.models.groups import Attendance, Group, Registration, Session
from tragnetz.appointments.models.interpreters import Interpreter, InterpreterAssignment, SecrecyDeclaration
from tragnetz.appointments.models.rosters import (
    Absence,
    BookingPolicy,
    Closure,
    Roster,
    TalkLength,
    Travel,
    Workload,
)
from tragnetz.appointments.models.waiting import WaitingEntry

__all__ = [
    "Absence",
    "Attendance",
    "Booking",
    "BookingPolicy",
    "CalendarFeed",
    "CallAttempt",
    "Callback",
    "Closure",
    "Group",
    "Interpreter",
    "InterpreterAssignment",
    "LineDuty",
    "LinePresence",
    "Period",
    "Registration",
    "Roster",
    "SecrecyDeclaration",
    "Session",
    "TalkLength",
    "Travel",
    "WaitingEntry",
    "Workload",
]
