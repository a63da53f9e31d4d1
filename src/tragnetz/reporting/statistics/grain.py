"""How finely numbers of people are shown: exact beside each other with small ones hidden, or in fives under a filter.

Pages for staff show exact numbers only where all that can be chosen comes from one table (`suppressed`). Under any
other filter every number is rounded down to full fives, those below five are not shown, and zero is not told apart
from them. So of two pages that differ by a filter the difference is only known up to four people either way: nobody can
compute how many one shows and the other does not (docs/decisions/0029).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tragnetz.reporting.statistics.tables import INSIDE, OUTSIDE, suppressed

STEP: Final = 5
_DIGITS = 2  # of an amount of money


@dataclass(frozen=True, slots=True)
class Grain:
    """The least number that is shown, and in what steps (1: exactly)."""

    least: int
    step: int = 1

    @property
    def is_coarse(self) -> bool:
        """Whether numbers are rounded."""
        return self.step > 1

    def one(self, number: int) -> int | None:
        """Return a single number as it is shown; None: it is hidden. Exactly, nobody at all is shown."""
        if self.is_coarse:
            return number - number % self.step if number >= self.least else None
        return number if number == 0 or number >= self.least else None

    def many[KeyT: Hashable](self, counts: Mapping[KeyT, int]) -> dict[KeyT, int | None]:
        """Return numbers as they may stand beside their sum; None where one is hidden."""
        if self.is_coarse or not counts:
            return {key: self.one(number) for key, number in counts.items()}
        keys = {key: str(number) for number, key in enumerate(counts)}
        table = suppressed({name: counts[key] for key, name in keys.items()}, least=self.least)
        return {key: table.of(name) for key, name in keys.items()}

    def money(self, amount: Decimal) -> Decimal:
        """Return an amount; under a filter its first two digits, for the rest could be one household's."""
        if not self.is_coarse or not amount:
            return amount
        unit = Decimal(10) ** max(amount.adjusted() - _DIGITS + 1, 0)
        return amount // unit * unit


WHOLE: Final = Grain(INSIDE)
FILTERED: Final = Grain(STEP, STEP)
PUBLISHED: Final = Grain(OUTSIDE)
