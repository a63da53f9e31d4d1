"""Invented claims in each of their states, and the papers that they wait for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.claims.commands import ClaimDetails, Step, move_claim, plan_claim
from tragnetz.casework.claims.rules import Grant
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Claim, OwnAccess
from tragnetz.casework.papers.commands import Mark, mark_papers
from tragnetz.core.clock import now
from tragnetz.core.months import months_later
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network

type Story = Mapping[str, Any]
EACH = 2  # cases of a counsellor


def load_claims(network: Network, staff: Sequence[Membership]) -> int:
    """Tell each counsellor's newest open cases some stories, those of one who leads all of them; returns how many.

    The case whose own page the demo opens comes first: the person sees claims there, too.
    """
    counsellors = [membership for membership in staff if Role.COUNSELLOR in membership.roles]
    if Claim.objects.exists() or not counsellors:
        return 0
    stories: list[Story] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    opened = set(OwnAccess.objects.values_list("case_id", flat=True))
    first = next((membership for membership in counsellors if Role.LEAD in membership.roles), counsellors[0])
    made = 0
    for number, membership in enumerate(counsellors):
        actor = of_membership(membership, network)
        turned = stories[number % len(stories) :] + stories[: number % len(stories)]
        told = stories if membership.pk == first.pk else turned[:EACH]
        rows = Case.objects.filter(counsellor=membership, state=CaseState.OPEN, restricted_on=None)
        cases = list(rows.select_related("contact", "household", "network").order_by("-opened_on", "-pk")[:20])
        cases.sort(key=lambda case: case.pk not in opened)
        for case, story in zip(cases, told, strict=False):
            _tell(actor, case, story)
            made += len(story["claims"])
    return made


def _tell(actor: Actor, case: Case, story: Story) -> None:
    this = now()
    for position, row in enumerate(story["claims"]):
        key, at = f"demo:{case.pk.hex}:{position}", this - timedelta(days=row["ago"])
        details = ClaimDetails(
            row.get("benefit", ""), row.get("title", ""), None, row.get("office_words", ""), row.get("reference", "")
        )
        claim = plan_claim(actor=actor, case=case, details=details, idempotency_key=key, now=at)
        for number, step in enumerate(row["steps"]):
            at = this - timedelta(days=step["ago"])
            move_claim(
                actor=actor, claim=claim, step=_step(step, at, this), idempotency_key=f"{key}:{number}", now=at
            )  # fmt: skip
    part, today = compartment_of(case), this.astimezone(actor.network.zone).date()
    marks = [
        Mark(part.pk, key, given["state"], issued_on=today - timedelta(days=given["old"]) if "old" in given else None)
        for key, given in story["papers"].items()
    ]
    mark_papers(actor=actor, case=case, marks=marks, now=this)


def _step(step: Mapping[str, Any], at: datetime, this: datetime) -> Step:
    grant = None
    if "from" in step:
        first = months_later(this.date().replace(day=1), step["from"])
        until = months_later(first, step["months"]) - timedelta(days=1) if "months" in step else None
        amount = Decimal(str(step["amount"])) if "amount" in step else None
        grant = Grant("month" if amount else "", amount, first, until)
    return Step(step["state"], at.date(), step.get("note", ""), grant, tuple(step.get("papers", ())))
