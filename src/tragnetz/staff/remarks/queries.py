"""Read remarks: what waits, and what was settled and is not forgotten yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from tragnetz.audit.commands import record
from tragnetz.network.actors import Actor
from tragnetz.staff.access import can_answer_remarks, must_answer_remarks
from tragnetz.staff.enums import RemarkState
from tragnetz.staff.models import Remark
from tragnetz.staff.remarks.rules import is_mail_address

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class View:
    """One remark, and whether an answer can leave by mail."""

    row: Remark
    by_mail: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is read at once: what waits, oldest first, and what was settled, newest first."""

    waiting: Sequence[View]
    settled: Sequence[View]


def open_remarks() -> QuerySet[Remark]:
    """Return what nobody has settled yet, oldest first."""
    return Remark.objects.filter(state=RemarkState.NEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many remarks nobody has settled yet, and since when the first of them waits."""

    count: int
    since: datetime


def waiting_remarks(actor: Actor) -> Waiting | None:
    """Return what waits for somebody who answers remarks; nothing where nothing waits, or for everybody else.

    A number and a time: nothing of what was written is read.
    """
    if not can_answer_remarks(actor):
        return None
    found = open_remarks().order_by().aggregate(count=Count("pk"), since=Min("at"))
    return Waiting(**found) if found["count"] else None


@transaction.atomic
def remarks_to_answer(*, actor: Actor, kind: str = "") -> Remarks:
    """Return the remarks (of one kind), and note that somebody read them. Raises NotAllowedError."""
    must_answer_remarks(actor)
    rows = Remark.objects.filter(kind=kind) if kind else Remark.objects.all()
    found = Remarks(
        _views(rows.filter(state=RemarkState.NEW)),
        _views(rows.exclude(state=RemarkState.NEW).order_by("-settled_at")),
    )
    if found.waiting or found.settled:
        record(actor, "remark:list", count=len(found.waiting) + len(found.settled))
    return found


def _views(rows: QuerySet[Remark]) -> list[View]:
    return [View(row, is_mail_address(row.reply_to)) for row in rows[:MOST_SHOWN]]
