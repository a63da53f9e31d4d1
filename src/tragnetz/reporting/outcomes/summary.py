"""What was counted is kept: in large networks for a day, counted at night; in small ones for some minutes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tragnetz.casework.models import Case
from tragnetz.network.models import Network
from tragnetz.reporting.models import OutcomeSummary
from tragnetz.reporting.outcomes.filters import Filters, of_key
from tragnetz.reporting.outcomes.tally import Tally, count

MANY = 5_000  # from so many cases on counting takes longer than one likes to wait for a page
FRESH = timedelta(hours=26)  # a night and some patience
SHORT = timedelta(minutes=10)  # so long somebody chooses and compares; a new word of theirs is there soon
ASKED = timedelta(days=14)  # what nobody looked at for so long is counted no more
USUAL = (Filters(split="bezirk"), Filters(split="thema"), Filters(split="organisation"))


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, by group, and when."""

    groups: Mapping[str, Tally]
    at: datetime


def counts_of(network: Network, filters: Filters, now: datetime) -> Counts:
    """Return what was counted under some filters: kept if it is fresh, else counted now."""
    fresh = FRESH if is_large() else SHORT
    kept = OutcomeSummary.objects.filter(key=filters.key, computed_at__gt=now - fresh).first()
    today = now.astimezone(network.zone).date()
    if kept is not None:
        if kept.asked_on != today:
            OutcomeSummary.objects.filter(pk=kept.pk).update(asked_on=today)
        return Counts({group: Counter(tally) for group, tally in kept.tallies.items()}, kept.computed_at)
    groups = count(network, filters, now)
    _keep(network, filters, groups, now)
    return Counts(groups, now)


def is_large() -> bool:
    """Whether there are so many cases that they are counted at night."""
    return Case.objects.order_by()[MANY : MANY + 1].exists()


def renew(network: Network, now: datetime) -> int:
    """Count anew what is usual and what somebody looked at in the last days, for the worker; returns how much."""
    today = now.astimezone(network.zone).date()
    OutcomeSummary.objects.filter(asked_on__lt=today - ASKED).delete()
    if not is_large():
        OutcomeSummary.objects.all().delete()
        return 0
    usual = {one.key for one in USUAL}
    wanted = [*USUAL, *map(of_key, OutcomeSummary.objects.exclude(key__in=usual).values_list("key", flat=True))]
    for filters in wanted:
        _keep(network, filters, count(network, filters, now), now)
    return len(wanted)


def _keep(network: Network, filters: Filters, groups: Mapping[str, Tally], now: datetime) -> None:
    """Save what was counted, over what stood there: two who look at once do not meet."""
    row = OutcomeSummary(
        network=network, key=filters.key, tallies=groups, computed_at=now,
        asked_on=now.astimezone(network.zone).date(),
    )  # fmt: skip
    OutcomeSummary.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["network", "key"], update_fields=["tallies", "computed_at"]
    )
