"""Referrals that found no help: what the page of gaps counts."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.core.clock import now
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Organisation
from tragnetz.referrals.commands import Details, draft_referral, move_referral, send_referral
from tragnetz.referrals.models import Referral
from tragnetz.referrals.rules import Said

KEY = "demo-refused"
BETWEEN, ANSWERED = timedelta(days=9), timedelta(days=5)


def load_refusals(network: Network, staff: Sequence[Membership]) -> int:
    """Refer some open cases of the whole network in vain, once; returns how many."""
    if Referral.objects.filter(request_key__startswith=KEY).exists():
        return 0
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    wanted = [row for row in rows for _time in range(row["times"])]
    counsellors = [row.pk for row in staff if Role.COUNSELLOR in row.roles]
    cases = Case.objects.filter(state=CaseState.OPEN, restricted_on=None, counsellor__in=counsellors, referrals=None)
    cases = cases.select_related("contact", "household", "network", "organisation", "counsellor__user")
    others = cycle(Organisation.objects.filter(is_member=True).order_by("key"))
    found = cases.order_by("topic", "pk")[: len(wanted)]
    for number, (case, row) in enumerate(zip(found, wanted, strict=False)):
        to = next(one for one in others if one.pk != case.organisation_id)
        actor, at = of_membership(case.counsellor, network), now() - BETWEEN * (number + 1)
        details = Details(
            basis="anonymous", reason=row["reason"], organisation=to, topic=case.topic, reply_by=(at + ANSWERED).date()
        )
        made = draft_referral(actor=actor, case=case, details=details, request_key=f"{KEY}-{number}", now=at)
        made = send_referral(actor=actor, referral=made, ticked=[], now=at)
        state, why = row["step"]
        said = Said(refusal=why) if state == "rejected" else Said(outcome=why)
        move_referral(actor=actor, referral=made, target=state, said=said, now=at + ANSWERED)
    return min(len(found), len(wanted))
