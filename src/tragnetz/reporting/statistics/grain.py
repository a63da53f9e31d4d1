"""How finely numbers of people are shown: in fives to everybody, exactly to who sees the records behind them anyway."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tragnetz.reporting.statistics.fives import FIVE, Counts, Table, in_fives, told

_DIGITS = 2  # of an amount of money


@dataclass(frozen=True, slots=True)
class Grain:
    """In what steps numbers are shown (1: exactly)."""

    step: int

    @property
    def is_coarse(self) -> bool:
        """Whether numbers are rounded."""
        return self.step > 1

    def one(self, number: int) -> int | None:
        """Return a single number as it is shown; None: too small, or nobody at all."""
        return number - number % self.step if number >= self.step or not self.is_coarse else None

    def many[KeyT: Hashable](self, counts: Mapping[KeyT, int]) -> dict[KeyT, int | None]:
        """Return numbers as they may stand beside their sum, of which they are the parts; None: nothing is shown."""
        order = sorted(counts, key=str)  # one order on all pages and days
        found = dict(zip(order, in_fives((counts[key] for key in order), self.step), strict=True))
        return {key: found[key] if found[key] or not self.is_coarse else None for key in counts}

    def table(self, counts: Counts, values: Sequence[Sequence[str]] | None = None) -> Table:
        """Return a table with its sums as it may be shown."""
        return told(counts, values=values, step=self.step)

    def money(self, amount: Decimal) -> Decimal:
        """Return an amount in its first two digits, for the rest could be one household's."""
        if not self.is_coarse or not amount:
            return amount
        unit = Decimal(10) ** max(amount.adjusted() - _DIGITS + 1, 0)
        return amount // unit * unit


FIVES: Final = Grain(FIVE)
EXACT: Final = Grain(1)
