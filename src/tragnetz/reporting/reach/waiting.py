"""How long people of the whole network waited in the last year, for pages of figures: kept as these are (`sheets`)."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from tragnetz.network.models import Network
from tragnetz.reporting.sheets import kept
from tragnetz.reporting.waits import Attendance, Wait, attendances, call_waits, talk_waits

SUBJECT = "waits"
DAYS = timedelta(days=365)  # older ones say nothing about today


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people waited for a talk and a call, and how many did not come."""

    talks: Wait
    calls: Wait
    missed: Attendance


def waiting_of(network: Network, at: datetime) -> Waiting:
    """Return waiting times of the last year."""
    talks, calls, missed = kept(network, SUBJECT, at, counter(network, at)).body
    return Waiting(Wait(*talks), Wait(*calls), Attendance(*missed))


def counter(network: Network, at: datetime) -> Callable[[], Any]:
    """Return what counts them now."""
    since = at - DAYS
    return lambda: [
        list(astuple(rows[0]))
        for rows in (
            talk_waits(network, since, at), call_waits(network, since, at), attendances(network, since, at),
        )
    ]  # fmt: skip
