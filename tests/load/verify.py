"""Compare what the site promised with what its database holds."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from tests.races.test_all_paths import overlaps
from tragnetz.casework.models import CaseContact, Note
from tragnetz.demo.keys import staff_ring
from tragnetz.demo.staff import PASSWORD
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.models import Membership
from tragnetz.vault.keyring import using

TWICE = """SELECT count(*) FROM (SELECT 1 FROM {} WHERE idempotency_key = ANY(%s) GROUP BY idempotency_key
    HAVING count(*) > 1) AS more"""


@dataclass(frozen=True)
class Kept:
    """What became of promises. Everything but the numbers of bookings, cancellations and notes must be 0."""

    bookings: int
    cancelled: int
    notes: int
    double: int
    lost_bookings: int
    lost_cancellations: int
    lost_notes: int
    unreadable_notes: int
    twice: int

    @property
    def faults(self) -> int:
        return (
            self.double
            + self.lost_bookings
            + self.lost_cancellations
            + self.lost_notes
            + self.unreadable_notes
            + self.twice
        )

    def told(self) -> str:
        return (
            f"promised: {self.bookings} bookings, {self.cancelled} cancellations, {self.notes} notes\n"
            f"double bookings {self.double}, lost bookings {self.lost_bookings}, lost cancellations "
            f"{self.lost_cancellations}, lost notes {self.lost_notes}, notes that do not open {self.unreadable_notes}, "
            f"kept twice {self.twice}   goal all 0"
        )


@dataclass(frozen=True)
class Outbox:
    """What became of messages: every one that is said to be sent lies in the outbox, once, and none after its end."""

    sent: int
    waiting: int
    uncertain: int
    without_file: int
    too_late: int

    @property
    def faults(self) -> int:
        return self.without_file + self.too_late

    def told(self) -> str:
        return (
            f"messages: sent {self.sent}, waiting {self.waiting}, uncertain {self.uncertain} (staff are asked); said to "
            f"be sent without a file {self.without_file}, sent after their end {self.too_late}   goal both 0"
        )


def messages(var: Path) -> Outbox:
    """Compare the messages of this run with the files that left. Call inside the network's scope."""
    rows = list(Message.objects.values_list("pk", "channel", "state", "sent_at", "expires_at"))
    # Written by the machine's own clock, whatever the worker takes the time to be.
    files = {path.name: path.stat().st_mtime for path in (var / "outbox").glob("*.txt")}
    # Of the demo's own history nothing ever left: what was sent before this run has no file.
    begun = min(files.values(), default=time.time()) - 3 * 3600
    sent = [row for row in rows if row[2] == State.SENT and row[3] and row[3].timestamp() >= begun]
    return Outbox(
        sent=len(sent),
        waiting=sum(row[2] == State.QUEUED for row in rows),
        uncertain=sum(row[2] == State.UNCERTAIN for row in rows),
        without_file=sum(f"{channel}-{pk}.txt" not in files for pk, channel, *_rest in sent),
        too_late=sum(
            ends is not None and files.get(f"{channel}-{pk}.txt", 0) > ends.timestamp()
            for pk, channel, _state, _at, ends in sent
        ),
    )


def kept(promises: Iterable[Mapping[str, Any]]) -> Kept:
    """Look every promise up. Call inside the network's scope."""
    keys: dict[str, list[str]] = {"booking": [], "cancelling": [], "cancelled": [], "note": []}
    for row in promises:
        keys[row["kind"]].append(row["key"])
    states = _states(keys["booking"])
    asked = set(keys["cancelling"])
    lost = sum(1 for key in keys["booking"] if key not in states or (states[key] == "cancelled" and key not in asked))
    found = dict(CaseContact.objects.filter(idempotency_key__in=keys["note"]).values_list("idempotency_key", "pk"))
    return Kept(
        bookings=len(keys["booking"]),
        cancelled=len(keys["cancelled"]),
        notes=len(keys["note"]),
        double=overlaps(),
        lost_bookings=lost,
        lost_cancellations=sum(1 for key in keys["cancelled"] if states.get(key) != "cancelled"),
        lost_notes=sum(1 for key in keys["note"] if key not in found),
        unreadable_notes=_unreadable(found),
        twice=_twice("appointments_booking", keys["booking"]) + _twice("casework_casecontact", keys["note"]),
    )


def _states(keys: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT idempotency_key, state FROM appointments_booking WHERE idempotency_key = ANY(%s)", [keys]
        )
        return dict(cursor.fetchall())


def _twice(table: str, keys: list[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TWICE.format(table), [keys])
        return int(cursor.fetchone()[0])


def _unreadable(found: Mapping[str, Any]) -> int:
    """Open each note with the keys of staff: what was sealed half is no note."""
    ring = staff_ring(list(Membership.objects.all()), PASSWORD)
    key_of = {pk: key for key, pk in found.items()}
    good = set()
    with using(ring):
        for note in Note.objects.filter(contact__in=list(key_of)).iterator():
            if key_of[note.contact_id] in str(note.text):
                good.add(note.contact_id)
    return len(set(key_of) - good)
