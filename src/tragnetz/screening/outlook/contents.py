"""What stands sealed in a reduced copy and in what is foreseen, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tragnetz.benefits.changes import Cause, Change
from tragnetz.benefits.household import Household, read_household
from tragnetz.screening.outlook.models import Foreseen, Outlook


@dataclass(frozen=True, slots=True)
class Copy:
    """A reduced household, and the last month of what was granted by benefit."""

    household: Household
    granted_until: Mapping[str, date]

    def packed(self) -> str:
        """Return it as it is sealed."""
        household = self.household.model_dump(mode="json", exclude_defaults=True)
        granted = {key: month.isoformat() for key, month in sorted(self.granted_until.items())}
        return json.dumps({"household": household, "granted": granted}, ensure_ascii=False)


def copy_of(outlook: Outlook) -> Copy:
    """Return what an outlook holds. Raises HouseholdError when it was written for another version of the law."""
    data = json.loads(outlook.content)
    granted = {key: date.fromisoformat(month) for key, month in data["granted"].items()}
    return Copy(read_household(data["household"]), granted)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of something foreseen: whole euros a month before and after, and why."""

    before: int = 0
    after: int = 0
    causes: tuple[Cause, ...] = ()

    def packed(self) -> str:
        """Return it as it is sealed."""
        causes = [[one.kind, one.role, one.name, one.number] for one in self.causes]
        return json.dumps({"before": self.before, "after": self.after, "causes": causes})


def told_of(change: Change) -> Told:
    """Return what is kept of a change that was computed."""
    return Told(round(change.before), round(change.after), change.causes)


def told_in(row: Foreseen) -> Told:
    """Return what a row tells."""
    data = json.loads(row.content)
    return Told(data["before"], data["after"], tuple(Cause(*one) for one in data["causes"]))
