"""What helped, for the paper: outcomes of all cases of the network, where enough people are behind a figure."""

from collections.abc import Iterator
from datetime import datetime

from tragnetz.core.amounts import grouped
from tragnetz.network.models import Network
from tragnetz.printing.report import Section
from tragnetz.reporting.outcomes import changes, claiming, comparing, results
from tragnetz.reporting.outcomes.filters import SPLITS, Filters
from tragnetz.reporting.outcomes.statistics import Share
from tragnetz.reporting.outcomes.summary import counts_of
from tragnetz.reporting.outcomes.tally import Tally, whole_of
from tragnetz.reporting.statistics import FIVE


def helped(network: Network, at: datetime) -> Iterator[Section]:
    """Yield the section, if there is anything to say."""
    tally = whole_of(counts_of(network, Filters(split=SPLITS[0]), at).groups)
    points = list(_points(tally))
    if points:
        yield Section("Was geholfen hat", ["Alle Fälle des Netzes bis zum Stand, gezählt ohne Namen."], points=points)


def _points(tally: Tally) -> Iterator[str]:
    whole, _chance = changes.moved(tally, "ours")
    yield from _share(whole.parts.get("better"), "Haushalten und Erwachsenen mit zwei Einschätzungen geht es besser")
    goals = next(iter(results.goals(tally)), None)
    yield from _share(goals.parts.get("reached") if goals else None, "Zielen, die zu Ende gingen, sind erreicht")
    came = comparing.comparison({"": tally}, "came")
    yield from _share(came[0].share if came else None, "Vermittlungen kamen beim Partner an")
    money, _by_benefit = claiming.money(tally)
    if money.households is None or money.monthly is None or money.once is None:
        return
    yield f"{grouped(round(money.monthly + money.once))} Euro bewilligten die Ämter {money.households} Haushalten."


def _share(share: Share | None, what: str) -> Iterator[str]:
    """Yield a share of enough people, with the range in which it lies; few hits or few others are not named."""
    if share is None or not FIVE <= share.hits <= share.n - FIVE:
        return
    value, low, high = (round(part * 100) for part in (share.value, share.low, share.high))
    yield f"{share.hits} von {share.n} {what} ({value} Prozent; mit 95 Prozent Sicherheit {low} bis {high})."
