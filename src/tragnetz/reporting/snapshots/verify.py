"""Prove that fixed figures are what they were: every row, every hash, every link of the chain."""

from collections.abc import Iterator

from tragnetz.reporting.snapshots.chain import START, chained, sha_of_rows
from tragnetz.reporting.snapshots.models import Snapshot
from tragnetz.reporting.snapshots.rows import fixed


def faults_of(snapshot: Snapshot) -> list[str]:
    """Return what is wrong with one snapshot: its rows, its own hash. Where the rows were erased, there are none."""
    count, rows_sha = sha_of_rows(fixed(snapshot).read())
    told = chained(
        snapshot.previous, number=snapshot.number, programme=snapshot.programme.key, first=snapshot.first.isoformat(),
        last=snapshot.last.isoformat(), rows=snapshot.rows, rows_sha=snapshot.rows_sha,
        counting=snapshot.counting,
    )  # fmt: skip
    faults = []
    if snapshot.erased_on is not None:
        faults += ["rows left over"] if count else []
    elif (count, rows_sha) != (snapshot.rows, snapshot.rows_sha):
        faults.append("rows changed")
    if told != snapshot.chain:
        faults.append("head changed")
    return faults


def verify_snapshots() -> Iterator[tuple[int, str]]:
    """Yield number and fault of each snapshot of the network in scope that is not what it was."""
    previous, expected = START, 1
    for snapshot in Snapshot.objects.select_related("programme").order_by("number"):
        if snapshot.number != expected:
            yield expected, "removed"
        if snapshot.previous != previous and snapshot.number == expected:
            yield snapshot.number, "does not follow the one before"
        for fault in faults_of(snapshot):
            yield snapshot.number, fault
        previous, expected = snapshot.chain, snapshot.number + 1
