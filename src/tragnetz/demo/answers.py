"""Believable answers of invented people, at the entry, at the exit and six months later."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tragnetz.core.months import months_later
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.derive import derived
from tragnetz.reporting.lines.line import NO_ANSWER, Answer, lines

LIVES_ON = {
    "grundsicherungsgeld": "sgb2",
    "sgb12": "sgb12",
    "kinderzuschlag": "kiz",
    "wohngeld": "wohngeld",
    "alg1": "alg1",
}
WORK = {"employed": "employed", "short_time_work": "employed", "unemployed": "unemployed"}
FOREIGN = {"de": 12, "pl": 92, "ro": 94}  # in a hundred have a foreign background; all others 96
EU = {"de", "pl", "ro"}
OVERDUE, LATE, ASKED_LATER = 0.04, 0.05, 0.45  # shares of those who left
IN_TRAINING, OUTSIDE_EU, HARDSHIP, NO_HOME = 0.04, 0.7, 0.1, 0.5  # of all, of the foreign, of all, of those in arrears


@dataclass
class Told:
    """The answers of one person: by moment, and of which day."""

    asked: set[str]
    entry: dict[str, Answer]
    entered_on: date
    moments: dict[str, dict[str, Answer]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.moments[Moment.ENTRY] = self.entry
        self.days[Moment.ENTRY] = self.entered_on


def entry_of(
    rng: random.Random, texts: Mapping[str, Any], who: Mapping[str, Any], asked: set[str]
) -> dict[str, Answer]:
    """Return what somebody said at the entry, as far as it is asked."""
    employment = WORK.get(who.get("employment", "")) or rng.choices(["inactive", "unemployed"], [55, 45])[0]
    vocational = "none" if who.get("vocational_degree") is False else _one(rng, texts["vocational"])
    found: dict[str, Answer] = {
        "gender": who["gender"], "age": who["age"], "employment": employment,
        "in_training": "yes" if rng.random() < IN_TRAINING else "no",
        "school": _one(rng, texts["school"]), "vocational": vocational,
    }  # fmt: skip
    if employment == "unemployed":
        long = rng.random() * 100 < texts["long"]
        found["unemployed_months"] = rng.randrange(13, 90) if long else rng.randrange(1, 12)
    line = lines()["esf-plus" if "third_country" in asked else "esf-2014"]
    for key, answer in _further(rng, texts, who).items():
        if key in asked:
            found[key] = NO_ANSWER if rng.random() * 100 < texts["refused"].get(key, 0) else answer
    return derived(line, found)


def _further(rng: random.Random, texts: Mapping[str, Any], who: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers of parts 2 and 3."""
    foreign = rng.random() * 100 < FOREIGN.get(who["language"], 96)
    outside = foreign and who["language"] not in EU and rng.random() < OUTSIDE_EU
    benefit = next((LIVES_ON[one] for one in who.get("benefits", []) if one in LIVES_ON), "wage")
    return {
        "disability": _yes(rng.random() * 100 < texts["disability"]), "third_country": _yes(outside),
        "foreign_background": _yes(foreign), "minority": _yes(rng.random() * 100 < texts["minority"]),
        "other_disadvantage": _yes(who.get("debts") or rng.random() < HARDSHIP),
        "housing_exclusion": _yes(who.get("rent_arrears") and rng.random() < NO_HOME),
        "single_parent": _yes(who.get("single_parent")), "children": int(who.get("children", 0)), "benefit": benefit,
    }  # fmt: skip


def exit_of(rng: random.Random, texts: Mapping[str, Any], told: Told, left_on: date, today: date) -> None:
    """Add what somebody said after the exit; some are not asked in time."""
    day = left_on + timedelta(days=rng.randrange(28) if rng.random() > LATE else rng.randrange(32, 70))
    if rng.random() < OVERDUE or day > today:
        return
    entry, results = told.entry, texts["results"]
    found: dict[str, Answer] = {"exit_qualification": _share(rng, results["exit_qualification"])}
    if entry["in_training"] == "no":
        found["exit_training"] = _share(rng, results["exit_training"])
    if entry["employment"] in {"unemployed", "inactive"}:
        found["exit_employment"] = _share(rng, results["exit_employment"])
    if entry["employment"] == "inactive":
        found["exit_job_search"] = _share(rng, results["exit_job_search"])
    told.moments[Moment.EXIT], told.days[Moment.EXIT] = found, day


def later_of(rng: random.Random, texts: Mapping[str, Any], told: Told, left_on: date, today: date) -> None:
    """Add what somebody said six months after the exit: a sample is asked."""
    day = months_later(left_on, 6) + timedelta(days=rng.randrange(14))
    if day > today or rng.random() > ASKED_LATER or Moment.EXIT not in told.moments:
        return
    key = "later_employment" if told.entry["employment"] in {"unemployed", "inactive"} else "later_improved"
    told.moments[Moment.SIX_MONTHS] = {key: _share(rng, texts["later"][key])}
    told.days[Moment.SIX_MONTHS] = day


def _one(rng: random.Random, table: Mapping[str, int]) -> str:
    return rng.choices(list(table), list(table.values()))[0]


def _yes(holds: object) -> str:
    return "yes" if holds else "no"


def _share(rng: random.Random, hundred: int) -> str:
    return _yes(rng.random() * 100 < hundred)
