"""Figures that were fixed, and open data: as the project's manager would have done."""

from datetime import date

from tragnetz.core.ids import new_id
from tragnetz.network.actors import of_membership, system
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.reporting.models import Participation
from tragnetz.reporting.opendata.commands import publish_due
from tragnetz.reporting.snapshots.access import countable_programmes
from tragnetz.reporting.snapshots.commands import fix


def load_figures(network: Network, day: date) -> None:
    """Publish the years that are over, and fix the last year end of each project that somebody takes part in."""
    publish_due(actor=system(network), day=day)
    manager = Membership.objects.filter(roles__contains=[Role.PROGRAMME]).order_by("id").first()
    if manager is None:
        return
    actor = of_membership(manager, network)
    for programme in countable_programmes(actor):
        last = min(date(day.year - 1, 12, 31), programme.ends)
        if last > programme.starts and Participation.objects.filter(programme=programme, entered_on__lte=last).exists():
            first = max(programme.starts, date(last.year, 1, 1))
            fix(actor=actor, programme=programme, first=first, last=last, request_key=new_id().hex)
