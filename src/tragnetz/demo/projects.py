"""The demo's projects: moved into the time of its history, and households for whom they are there."""

import random
from datetime import date
from typing import Any

from tragnetz.casework.models import Case
from tragnetz.city.format import Demo, DemoProgramme
from tragnetz.core.ids import made_at
from tragnetz.core.months import months_later
from tragnetz.network.models import Network, Programme
from tragnetz.network.shapes import Target
from tragnetz.reporting.participation.programmes import terms_of

AT_HOME, PARTNER = 0.7, 0.45  # shares: living where the project is; of couples with children
MOVED = "In der Demo verschoben; wirklich {first} bis {last}."
# What a household lives on, by what its first adult does: in a hundred.
LIVING = {
    "unemployed": {"grundsicherungsgeld": 80, "alg1": 12, "sgb12": 8},
    "": {"grundsicherungsgeld": 60, "kinderzuschlag": 25, "sgb12": 15},
    "working": {"kinderzuschlag": 55, "grundsicherungsgeld": 25, "wohngeld": 20},
}
GROWN = 27


def move_programmes(network: Network, demo: Demo, today: date) -> None:
    """Move projects that are over into the time of the history: in a demo alone, and their note says so."""
    if not network.is_demo:
        return
    day = _told_on(network) or today
    for item in demo.programmes:
        row = Programme.objects.filter(key=item.id).first()
        if row is None or item.started_months_ago is None:
            continue
        first = months_later(day, 1 - item.started_months_ago).replace(day=1)
        _move(row, first)
        row.save(update_fields=["starts", "ends", "terms", "note"])


def _told_on(network: Network) -> date | None:
    """Return the day on which the history was told: a demo that is loaded again keeps its projects."""
    first = Case.objects.filter(enquiry__isnull=False).order_by("pk").values_list("pk", flat=True).first()
    return None if first is None else made_at(first).astimezone(network.zone).date()


def _move(row: Programme, first: date) -> None:
    months = (row.ends.year - row.starts.year) * 12 + row.ends.month - row.starts.month + 1
    last = date.fromordinal(months_later(first, months).toordinal() - 1)
    note = MOVED.format(first=row.starts.year, last=row.ends.year)
    terms = terms_of(row)
    aims = [
        (row.ends if year == row.ends.year else date(year, 12, 31), aim.total) for year, aim in terms.yearly.items()
    ]
    shift = first.toordinal() - row.starts.toordinal()
    points = [(date.fromordinal(day.toordinal() + shift), total) for day, total in aims if total is not None]
    if points:
        row.terms = terms.model_copy(update={"yearly": _yearly(first, last, points)}).model_dump(
            mode="json", exclude_none=True
        )
    row.starts, row.ends = first, last
    row.note = {**row.note, "de": f"{note} {row.note.get('de', '')}".strip()}


def _yearly(first: date, last: date, points: list[tuple[date, int]]) -> dict[int, Target]:
    """Return what is to be reached at the end of each calendar year, between the ends of years of the project."""
    found = {}
    for year in range(first.year, last.year + 1):
        day, before, reached = min(date(year, 12, 31), last), first, 0
        if day == last:  # whole at the end, though months that were moved are of other lengths
            found[year] = Target(total=points[-1][1])
            break
        for then, total in points:
            if day <= then:
                share = (day - before).days / max((then - before).days, 1)
                found[year] = Target(total=round(reached + share * (total - reached)))
                break
            before, reached = then, total
        else:
            found[year] = Target(total=reached)
    return found


def home_for(rng: random.Random, demo: Demo, organisation_programmes: set[str], facts: dict[str, Any]) -> str | None:
    """Return the Ortsteil in which a household lives because a project of its counsellors is there; else nothing."""
    for item in demo.programmes:
        meant = facts.get("employment") == "unemployed" or facts.get("single_parent")
        if _draws(item, organisation_programmes) and facts["age"] >= GROWN and meant and rng.random() < AT_HOME:
            return item.home
    return None


def _draws(item: DemoProgramme, programmes: set[str]) -> bool:
    return item.home is not None and item.id in programmes


def living_of(rng: random.Random, facts: dict[str, Any]) -> list[str]:
    """Return the benefits that a household gets."""
    employment = str(facts.get("employment", ""))
    table = LIVING.get(employment, LIVING["working"])
    children = int(facts["children"])
    found = rng.choices(list(table), list(table.values()))[0]
    if found == "kinderzuschlag" and not children:
        found = "wohngeld"
    return [found, "kindergeld"] if children else [found]


def has_partner(rng: random.Random, facts: dict[str, Any]) -> bool:
    """Whether a second adult lives in a household."""
    return not facts.get("single_parent") and rng.random() < (PARTNER if facts["children"] else PARTNER / 3)
