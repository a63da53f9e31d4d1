"""A plan from a template in one invented case of each counsellor."""

from collections.abc import Sequence

from tragnetz.casework.enums import CaseState
from tragnetz.casework.facts import facts_of
from tragnetz.casework.models import Case, PlanTaking
from tragnetz.casework.plans.book import plans
from tragnetz.casework.plans.commands import take_over
from tragnetz.casework.plans.proposal import proposal
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.screening.rulebook import current_book

BY_TOPIC = {"debt": "debt", "money": "debt", "housing": "eviction", "work": "job_loss", "family": "separation"}


def load_plans(network: Network, staff: Sequence[Membership]) -> int:
    """Take a template over in a case of each counsellor, by its topic, once; returns in how many."""
    if PlanTaking.objects.exists():
        return 0
    day, book, made = today(network.zone), current_book(), 0
    for membership in staff:
        if Role.COUNSELLOR not in membership.roles:
            continue
        actor = of_membership(membership, network)
        cases = Case.objects.filter(
            counsellor=membership, state=CaseState.OPEN, restricted_on=None, topic__in=list(BY_TOPIC)
        )
        case = cases.select_related("contact", "household", "network").order_by("-opened_on", "-pk").first()
        if case is None:
            continue
        plan = plans()[BY_TOPIC[case.topic]]
        found = proposal(plan, network=network, book=book, start_on=day, answers=frozenset(), today=day)
        take_over(
            actor=actor,
            case=case,
            plan=plan,
            proposed=found,
            chosen=found.keys,
            facts=clean_facts(facts_of(case.household)),
            request_key=new_id().hex,
            now=now(),
        )
        made += 1
    return made
