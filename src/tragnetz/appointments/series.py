"""Several talks at the same local time, some weeks apart."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tragnetz.appointments.enums import Audience, Purpose
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Slot
from tragnetz.network.models import Network

MOST = 12


def series_slots(
    *,
    network: Network,
    membership_id: uuid.UUID,
    kind: str,
    interpreter: bool,
    first: date,
    days: int,
    count: int,
    every: int,
    not_before: datetime,
) -> Iterator[list[Slot]]:
    """Yield the series that are free as a whole: their first talk within some days, each next one `every` weeks later.

    The local time stays the same over a change of clocks.
    """
    last = first + timedelta(days=days, weeks=every * (count - 1))
    slots = free(
        network=network, first=first, last=last, not_before=not_before, kinds=[kind], memberships=[membership_id],
        interpreter=interpreter, purpose=Purpose.FOLLOW, audience=Audience.INTERNAL,
    )  # fmt: skip
    by_time = {slot.starts_at.astimezone(network.zone).replace(tzinfo=None): slot for slot in slots}
    for begins in sorted(by_time):
        if begins.date() > first + timedelta(days=days):
            return
        whole = [by_time.get(begins + timedelta(weeks=every * number)) for number in range(count)]
        found = [slot for slot in whole if slot is not None]
        if len(found) == count:
            yield found
