"""What leads of the demo have decided for some cases of projects that end soon; most are still open."""

from collections.abc import Sequence
from datetime import date
from itertools import cycle

from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import new_id
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Programme
from tragnetz.reporting.ending.commands import Choice, decide, name_asker
from tragnetz.reporting.ending.enums import Way
from tragnetz.reporting.ending.models import EndDecision
from tragnetz.reporting.ending.queries import asking_cases, own_cases, taking_over
from tragnetz.reporting.ending.rules import stage_of

DECIDED = 4  # cases for each lead and project
WAYS = (Way.MOVES, Way.STAYS, Way.CLOSES, Way.HANDED)


def load_endings(network: Network, staff: Sequence[Membership], today: date) -> int:
    """Decide for some cases, once, through the commands; returns for how many."""
    if EndDecision.objects.exists():
        return 0
    made = 0
    for membership in [row for row in staff if Role.LEAD in row.roles]:
        actor = of_membership(membership, network)
        for programme in Programme.objects.exclude(line="").filter(organisations=membership.organisation_id):
            if stage_of(programme.ends, today) is not None:
                made += _decide(actor, membership, programme, today)
    return made


def _decide(actor: Actor, membership: Membership, programme: Programme, today: date) -> int:
    cases = own_cases(actor, programme).filter(counsellor=membership)
    ways, made = cycle(WAYS), 0
    for case in cases.select_related("household", "network", "organisation").order_by("opened_on", "pk")[:DECIDED]:
        way = next(ways)
        other = next(iter(taking_over(programme, case.organisation_id)), None) if way == Way.MOVES else None
        choice = Choice(way, membership.pk, other)
        try:
            decide(
                actor=actor, case=case, programme=programme, choice=choice, request_key=new_id().hex, today=today
            )  # fmt: skip
        except TragnetzError:  # the other project is not for this household: it stays undecided
            continue
        made += 1
    asked = asking_cases(actor, programme, today).filter(counsellor=membership)
    for case in asked.select_related("network")[:1]:
        name_asker(actor=actor, case=case, programme=programme, asker_id=membership.pk, today=today)
    return made
