"""What was counted is kept (`reporting.sheets`): in large networks from night to night, in small ones for minutes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tragnetz.network.models import Network
from tragnetz.reporting.outcomes.choices import first_year
from tragnetz.reporting.outcomes.filters import Filters, of_key
from tragnetz.reporting.outcomes.tally import Tally, gather, narrowed
from tragnetz.reporting.sheets import kept

SHORT = timedelta(minutes=10)  # so long somebody chooses and compares; a new word of theirs is there soon
_SUBJECT = "outcomes:"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, by group, and when."""

    groups: Mapping[str, Tally]
    at: datetime


def counts_of(network: Network, filters: Filters, now: datetime) -> Counts:
    """Return what was counted under some filters."""
    found = kept(network, _SUBJECT + filters.key, now, partial(gather, network, filters, now), patience=SHORT)
    return Counts(narrowed(found.body, filters), found.made_at)


def makers(network: Network, now: datetime, known: Iterable[str]) -> dict[str, Callable[[], Any]]:
    """Return what is counted at night, by its subject: all time, each year, and those of the `known` ones."""
    year = now.astimezone(network.zone).year
    wanted = [Filters(), *(Filters(year=one) for one in range(first_year(year), year + 1))]
    wanted += [of_key(one.removeprefix(_SUBJECT)) for one in known if one.startswith(_SUBJECT)]
    return {_SUBJECT + one.key: partial(gather, network, one, now) for one in wanted}
