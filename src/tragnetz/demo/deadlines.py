"""Open deadlines of invented cases: some near, some over, so that the day page has something to press."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Deadline
from tragnetz.core.clock import now, today
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network

EACH = 4  # deadlines of a counsellor


def load_deadlines(network: Network, staff: Sequence[Membership]) -> int:
    """Give each counsellor some deadlines in their open cases, by the cases' topics, once; returns how many."""
    if Deadline.objects.exists():
        return 0
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    made = 0
    for membership in staff:
        if Role.COUNSELLOR not in membership.roles:
            continue
        actor = of_membership(membership, network)
        cases = Case.objects.filter(counsellor=membership, state=CaseState.OPEN, restricted_on=None)
        used = set[int]()
        for case in cases.select_related("contact", "household", "network").order_by("-opened_on", "-pk"):
            fits = (
                i for i, row in enumerate(rows) if i not in used and (not row["topics"] or case.topic in row["topics"])
            )
            number = next(fits, None)
            if number is None:
                continue
            _set(actor, case, rows[number])
            used.add(number)
            made += 1
            if len(used) == EACH:
                break
    return made


def _set(actor: Actor, case: Case, row: dict[str, Any]) -> None:
    start = today(actor.network.zone) - timedelta(days=row["ago"])
    asked = Asked(row["rule"], start) if row["rule"] else None
    due = sum_of(actor.network, asked).due_on if asked else start
    details = DeadlineDetails(
        due or start, asked, matter=row["matter"], letter=row.get("letter", ""), tells_person=row.get("tells", False)
    )
    set_deadline(actor=actor, case=case, details=details, now=now())
