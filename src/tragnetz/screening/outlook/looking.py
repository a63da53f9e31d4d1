"""The nightly look: what changes for each household that allows it. It may stop anywhere and goes on from there."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from tragnetz.audit.commands import record
from tragnetz.benefits import library
from tragnetz.benefits.changes import LawOf, changes
from tragnetz.benefits.household import HouseholdError
from tragnetz.benefits.rules.book import Book
from tragnetz.network.actors import system
from tragnetz.network.models import Network
from tragnetz.screening.outlook.contents import Copy, Told, copy_of, told_of
from tragnetz.screening.outlook.enums import ForeseenKind
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.queries import allowed_outlooks
from tragnetz.screening.outlook.rules import MONTHS_AHEAD, OPEN, first_of, is_over
from tragnetz.screening.rulebook import current_book

BATCH = 1_000  # households in one transaction

type Key = tuple[str, str, date]  # kind, benefit, month


class Looked(NamedTuple):
    """How many households were looked through, and what was found that was not known."""

    households: int
    new: int


def look_through(*, network: Network, now: datetime, batch: int = BATCH) -> Looked:
    """Look through all households that are due, at once. Raises LawError when there is no law for today."""
    households = new = 0
    for looked in look_in_slices(network=network, now=now, batch=batch):
        households, new = households + looked.households, new + looked.new
    return Looked(households, new)


def look_in_slices(*, network: Network, now: datetime, batch: int = BATCH) -> Iterator[Looked]:
    """Look through the households that are due, some at a time: once a month, and when facts, law or rules changed.

    What nobody allows any more is deleted first. Each slice is a transaction of its own: after a crash the next night
    goes on with the rest, and twice is the same as once. Raises LawError when there is no law for today.
    """
    today = now.astimezone(network.zone).date()
    forget_not_allowed(today)
    law_of = partial(library.law_of, settings.TRAGNETZ_LAW)
    law_of(today)
    book = current_book()
    mark = mark_of(today, book)
    households = new = 0
    while True:
        looked = _batch(mark, law_of, book, now, today, batch)
        if not looked.households:
            break
        households, new = households + looked.households, new + looked.new
        yield looked
    if households:
        record(system(network), "outlook:look", None, households=households, new=new)


def forget_not_allowed(today: date) -> int:
    """Delete the reduced copies of households in which somebody who decides does not consent any more."""
    gone = Outlook.objects.exclude(pk__in=allowed_outlooks(today).values("pk"))
    return gone.delete()[1].get(Outlook._meta.label, 0)  # noqa: SLF001 -- Django's public way to the label


def mark_of(today: date, book: Book) -> str:
    """Return what a look stands on: the month, the laws that are there, and the rules."""
    laws = library.laws(settings.TRAGNETZ_LAW)
    stands = [f"{law.date}{law.gettsim}" for law in laws]
    for rule in book.rules:
        stands += [rule.format.model_dump_json(), *(overlay.model_dump_json() for overlay in rule.overlays)]
    return f"{today:%Y-%m}:{hashlib.sha256(''.join(stands).encode()).hexdigest()}"


@transaction.atomic
def _batch(mark: str, law_of: LawOf, book: Book, now: datetime, today: date, batch: int) -> Looked:
    due = allowed_outlooks(today).exclude(looked_through=mark).order_by("looked_through", "pk")
    rows = list(due.select_for_update(of=("self",), skip_locked=True)[:batch])
    copies: list[tuple[Outlook, Copy]] = []
    for row in rows:
        row.looked_through, row.looked_at, row.is_readable = mark, now, True
        try:
            copies.append((row, copy_of(row)))
        except (HouseholdError, ValueError, KeyError):
            row.is_readable = False
    new = _keep(_wanted(copies, law_of, book, today), now, today)
    Outlook.objects.bulk_update(rows, ["looked_through", "looked_at", "is_readable"], batch_size=batch)
    return Looked(len(rows), new)


def _wanted(
    copies: Sequence[tuple[Outlook, Copy]], law_of: LawOf, book: Book, today: date
) -> dict[Outlook, dict[Key, Told]]:
    """Return what is foreseen for each household; what the law has no answer for is marked and left as it was."""
    try:
        found = changes([copy.household for _row, copy in copies], law_of, book, today, MONTHS_AHEAD) if copies else []
    except library.LawError:
        if len(copies) == 1:
            copies[0][0].is_readable = False
            return {}
        half = len(copies) // 2
        return _wanted(copies[:half], law_of, book, today) | _wanted(copies[half:], law_of, book, today)
    wanted: dict[Outlook, dict[Key, Told]] = {row: _ends(copy, today) for row, copy in copies}
    for one in found:
        wanted[copies[one.household][0]][one.turn.value, one.benefit, one.month] = told_of(one)
    return wanted


def _ends(copy: Copy, today: date) -> dict[Key, Told]:
    last = first_of(today, MONTHS_AHEAD)
    return {
        (ForeseenKind.RENEW.value, benefit, month): Told()
        for benefit, month in copy.granted_until.items()
        if first_of(today) <= month <= last
    }


def _keep(wanted: Mapping[Outlook, Mapping[Key, Told]], now: datetime, today: date) -> int:
    """Bring the rows of some outlooks to what is foreseen; what somebody settled stays. Returns how many are new."""
    known: dict[Outlook, dict[Key, Foreseen]] = {row: {} for row in wanted}
    by_id = {row.pk: row for row in wanted}
    for foreseen in Foreseen.objects.filter(outlook__in=list(by_id)):
        known[by_id[foreseen.outlook_id]][foreseen.kind, foreseen.benefit, foreseen.month] = foreseen
    made = [
        Foreseen(
            network_id=row.network_id, outlook=row, kind=key[0], benefit=key[1], month=key[2], content=told.packed(),
            found_at=now,
        )
        for row, found in wanted.items()
        for key, told in found.items()
        if key not in known[row]
    ]  # fmt: skip
    changed = []
    for row, found in wanted.items():
        for key, told in found.items():
            old = known[row].get(key)
            if old is not None and old.content != told.packed():
                old.content = told.packed()
                changed.append(old)
    Foreseen.objects.bulk_create(made, batch_size=BATCH)
    Foreseen.objects.bulk_update(changed, ["content"], batch_size=BATCH)
    Foreseen.objects.filter(pk__in=[one.pk for one in _gone(wanted, known, today)]).delete()
    return len(made)


def _gone(
    wanted: Mapping[Outlook, Mapping[Key, Told]], known: Mapping[Outlook, Mapping[Key, Foreseen]], today: date
) -> Iterable[Foreseen]:
    """Return what does not come any more, and what came so long ago that nobody looks at it."""
    this_month = first_of(today)
    for row, rows in known.items():
        for key, foreseen in rows.items():
            stale = key not in wanted[row] and foreseen.state in OPEN and foreseen.month > this_month
            if stale or is_over(foreseen.month, today):
                yield foreseen
