"""Projects that have one target together: they are looked at as one, and as each by itself."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tragnetz.network.models import Programme
from tragnetz.network.shapes import Target
from tragnetz.reporting.participation.programmes import terms_of

_BETWEEN = "."  # keys of projects have none


@dataclass(frozen=True, slots=True)
class Group:
    """One project, or all that share a target. A part of a `whole` has no target of its own."""

    programmes: tuple[Programme, ...]
    target: Target
    yearly: dict[int, Target]
    whole: "Group | None" = None
    budget: int | None = None  # EUR; where a target is shared, of all who share it

    @property
    def key(self) -> str:
        """What stands for it in addresses."""
        return _BETWEEN.join(row.key for row in self.programmes)

    @property
    def name(self) -> str:
        """The short names, joined as one says them."""
        *others, last = (row.short_name for row in self.programmes)
        return f"{', '.join(others)} und {last}" if others else last

    @property
    def starts(self) -> date:
        """The first day of the first."""
        return min(row.starts for row in self.programmes)

    @property
    def ends(self) -> date:
        """The last day of the last."""
        return max(row.ends for row in self.programmes)


def groups_of(programmes: Iterable[Programme]) -> list[Group]:
    """Return what can be looked at: projects with a shared target together, then each by itself."""
    rows = {row.key: row for row in programmes if row.line}
    shared: list[Group] = []
    for row in rows.values():
        target = Target.model_validate(row.target)
        others = [rows[key] for key in target.shared_with if key in rows and key != row.key]
        if others:
            shared.append(Group((row, *others), target, terms_of(row).yearly, budget=row.budget_eur))
    return shared + [_alone(row, next((one for one in shared if row in one.programmes), None)) for row in rows.values()]


def wholes_of(programmes: Iterable[Programme]) -> list[Group]:
    """Return what is counted: projects with a shared target together, any other by itself."""
    return [one for one in groups_of(programmes) if one.whole is None]


def _alone(row: Programme, whole: Group | None) -> Group:
    if whole:
        return Group((row,), Target(), {}, whole)
    return Group((row,), Target.model_validate(row.target), terms_of(row).yearly, budget=row.budget_eur)


def sharing(programme: Programme) -> list[uuid.UUID]:
    """Return the projects in which a household is one with that of this project: those with the same target, and it."""
    found = {programme.pk}
    for group in groups_of(Programme.objects.all()):
        if programme in group.programmes:
            found |= {row.pk for row in group.programmes}
    return sorted(found)
