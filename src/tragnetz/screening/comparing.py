"""What is different between two checks of a household."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from tragnetz.screening.casecheck import CaseCheck, Past

CENT = 0.005

type Paid = tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A benefit that began (no `before`), ended (no `after`), or is paid with another amount, EUR a month."""

    name: str
    before: float | None
    after: float | None
    begins: bool
    ends: bool

    @property
    def by(self) -> float:
        """How much more it is, EUR a month; less than nothing when it is less."""
        return round((self.after or 0.0) - (self.before or 0.0), 2)


def differences(before: Paid, after: Paid) -> tuple[Difference, ...]:
    """Return what is different in what is paid; a benefit without an amount differs only by being there."""
    had, has = dict(before), dict(after)
    found = []
    for name in dict.fromkeys([*had, *has]):
        begins, ends = name not in had, name not in has
        one = Difference(name, had.get(name), has.get(name), begins, ends)
        if begins or ends or abs(one.by) > CENT:
            found.append(one)
    return tuple(found)


def since_last(found: CaseCheck, past: Iterable[Past]) -> tuple[Past, tuple[Difference, ...]] | None:
    """Return the last kept check and what is different now; nothing where none was kept or nothing can be said."""
    last = next(iter(past), None)
    if last is None or found.now is None:
        return None
    paid = tuple((line.name, line.paid_m or None) for line in found.lines)
    return last, differences(_paid(last), paid)


def with_differences(past: list[Past]) -> list[Past]:
    """Return kept checks, the newest first, each with what is different from the one before it."""
    return [
        one if older is None else replace(one, changes=differences(_paid(older), _paid(one)))
        for one, older in zip_longest(past, past[1:])
    ]


def _paid(past: Past) -> Paid:
    return tuple((name, amount or None) for name, amount in past.paid)
