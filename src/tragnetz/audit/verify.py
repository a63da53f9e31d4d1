"""Verify the chain: every event, every gap, every signed head, and whether its end was cut off."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Max

from tragnetz.audit.heads import heads_of, trusted_keys
from tragnetz.audit.models import Event, Verification
from tragnetz.audit.rules import HASHED, LATE, START, Broken, Head, faults_of_heads, link
from tragnetz.network.models import Network

BATCH = 5000
SHOWN = 20


def verify_chain(
    network: Network,
    *,
    outside: Sequence[Head] = (),
    trusted: Sequence[bytes] | None = None,
    since: int = 0,
) -> Iterator[Broken]:
    """Yield every place where the chain of the network in scope is broken, and what is wrong with its heads.

    `outside` are heads that were kept elsewhere; they count as much as those of the table. `since` begins after the
    last signed head at or below a position, for a quick look at the new part: what lies before is taken for granted.
    """
    keys = trusted_keys() if trusted is None else trusted
    heads, faults = faults_of_heads(heads_of(network), keys)
    yield from faults
    foreign, faults = _outside(network, outside, keys)
    yield from faults
    known = sorted([*heads, *foreign], key=lambda head: (head.position, head.number))
    # The newest head says where the chain begins; what came before it was deleted by its retention.
    first = max(heads + foreign, key=lambda head: head.number).first if known else 1
    before = [head for head in known if head.position == first - 1]
    if first > 1 and not before:
        yield Broken(first - 1, "start")
    anchor = max((head for head in known if head.position <= since), key=lambda head: head.position, default=None)
    if since and anchor is not None and anchor.position >= first:
        yield from _follow(anchor.chain, anchor.position + 1, [head for head in known if head.position > since])
    else:
        yield from _follow(
            before[0].chain if before else START, first, [head for head in known if head.position >= first]
        )


def _outside(network: Network, heads: Sequence[Head], keys: Sequence[bytes]) -> tuple[list[Head], list[Broken]]:
    """Return those of other heads that count; a file may begin with any number, a gap in it is no fault."""
    faults, good = [], []
    for head in heads:
        found, wrong = faults_of_heads([head], keys)
        ours = head.network == network.key
        good += found if ours else []
        faults += [one for one in wrong if one.reason == "forged"] if ours else [Broken(head.number, "forged")]
    return good, faults


def _follow(previous: str, expected: int, heads: Sequence[Head]) -> Iterator[Broken]:
    """Walk the chain from a position on. After a fault it goes on with what is stored, so that each place is told."""
    waiting = list(reversed(heads))
    closed_at: datetime | None = None
    rows = Event.objects.exclude(position=None).filter(position__gte=expected).order_by("position")
    last = expected - 1
    for position, chain, *values in rows.values_list("position", "chain", *HASHED).iterator(BATCH):
        if position > expected:  # what follows a gap hangs on what is gone: it cannot be looked at by itself
            yield Broken(expected, "missing", position - 1)
        elif position < expected:
            yield Broken(position, "repeated")
        elif link(previous, dict(zip(HASHED, values, strict=True))) != chain:
            yield Broken(position, "changed")
        if closed_at is not None and values[1] < closed_at - LATE:
            yield Broken(position, "backdated")
        while waiting and waiting[-1].position <= position:
            head = waiting.pop()
            if head.position == position and head.chain != chain:
                yield Broken(position, "head")
            closed_at = head.at
        previous, expected, last = chain, position + 1, position
    if waiting:
        yield Broken(last + 1, "cut", waiting[0].position)


def verify_and_keep(network: Network, *, now: datetime, since: int = 0) -> Verification:
    """Verify, and keep when that was and what was found, for the data-protection officer to see."""
    faults = list(verify_chain(network, since=since))
    last = Event.objects.aggregate(last=Max("position"))["last"] or 0
    made = Verification(
        network=network, at=now, events=last, faults=len(faults), found=[one.told() for one in faults[:SHOWN]]
    )
    made.save()
    return made
