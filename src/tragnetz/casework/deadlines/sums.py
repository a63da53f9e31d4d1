"""The sum of a deadline, in the network's state: its holidays decide."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError
from tragnetz.deadlines.book import rules
from tragnetz.deadlines.compute import compute
from tragnetz.deadlines.days import Holidays
from tragnetz.deadlines.values import Arrival, Dates, DatesError, Result
from tragnetz.network.models import Network
from tragnetz.network.rules import public_holidays

if TYPE_CHECKING:
    from tragnetz.casework.models import Deadline


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule and what happened when, as somebody says it; `arrival` as in `enums.Arrival`."""

    rule: str
    start_on: date
    arrival: str = "post"
    received_on: date | None = None
    end_on: date | None = None
    instructed: bool = True


def holidays_of(network: Network) -> Holidays:
    """Return what tells the holiday on a day in a network's state."""
    country, state = network.holiday_country, network.holiday_subdivision
    return lambda day: public_holidays(country, state, day.year).get(day, "")


def sum_of(network: Network, asked: Asked) -> Result:
    """Return the last day with every step. Raises CaseworkError for dates that do not fit, or no such rule."""
    rule = rules().get(asked.rule)
    if rule is None:
        raise CaseworkError(_("Diese Frist gibt es nicht."))
    arrival: Arrival = "handed" if asked.arrival == "handed" else "never" if asked.arrival == "never" else "post"
    dates = Dates(
        start=asked.start_on, arrival=arrival, received=asked.received_on, end=asked.end_on, instructed=asked.instructed
    )  # fmt: skip
    try:
        return compute(rule, dates, holidays_of(network))
    except DatesError as error:
        raise CaseworkError(str(error)) from error


def explained(deadline: "Deadline") -> Result | None:
    """Return how a deadline was counted; nothing for one without a rule, or with a rule that there is no more."""
    if deadline.rule not in rules() or deadline.start_on is None:
        return None
    return sum_of(
        deadline.network,
        Asked(
            deadline.rule, deadline.start_on, deadline.arrival, deadline.received_on, deadline.end_on,
            deadline.instructed,
        ),
    )  # fmt: skip


def title_of(deadline: "Deadline") -> str:
    """Return what a deadline is called: the name of its rule, else what was written."""
    rule = rules().get(deadline.rule)
    return rule.name if rule is not None else str(deadline.matter)
