"""Tables of counts that lead back to nobody: small cells are hidden, and what they could be computed from. Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tragnetz.reporting.reach.cells import Counts, Unit
from tragnetz.reporting.statistics import suppressed

UNITS: tuple[Unit, ...] = ("persons", "households", "families", "children")


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures, in the order of UNITS; one of None is hidden."""

    name: str
    figures: tuple[int | None, ...]

    @property
    def persons(self) -> int | None:
        """The first of the figures."""
        return self.figures[0]


def shown[KeyT: Hashable](counts: Mapping[KeyT, int], least: int) -> dict[KeyT, int | None]:
    """Return counts as they may stand beside their sum: None where one is hidden. Nothing at all tells of nobody."""
    if not counts:
        return {}
    keys = {key: str(number) for number, key in enumerate(counts)}
    table = suppressed({name: counts[key] for key, name in keys.items()}, least=least)
    return {key: table.of(name) for key, name in keys.items()}


def rows_of[KeyT: Hashable](groups: Mapping[KeyT, Counts], names: Mapping[KeyT, str], *, least: int) -> list[Row]:
    """Return the groups in the order of their names, with their figures as they may be shown; unnamed ones last."""
    order = list(names)
    keys = sorted(groups, key=lambda key: order.index(key) if key in names else len(order))
    columns = [shown({key: getattr(groups[key], unit) for key in keys}, least) for unit in UNITS]
    return [Row(names.get(key, ""), tuple(column[key] for column in columns)) for key in keys]
