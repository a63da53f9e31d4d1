"""The curve: what is left in a month over the gross wage, and what is left of each more euro."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from tragnetz.benefits.check import compute_batch, disposable_income
from tragnetz.benefits.columns import USUAL_HOURS, prepare, tiled
from tragnetz.benefits.household import Household, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.rules.evaluate import Frame
from tragnetz.benefits.whatif import with_wage

POINTS = 200
SHOWN = ("grundsicherungsgeld", "wohngeld", "kinderzuschlag")


@dataclass(frozen=True, slots=True)
class Point:
    """One wage: EUR gross a month, what the household has, benefits by name, burden on the last euro (1 is all)."""

    wage_m: float
    disposable_m: float
    benefits: dict[str, float]
    burden: float


def curve(
    household: Household, person: str, law: Law, on: date, book: Book, *, top: float = 6000.0, points: int = POINTS
) -> list[Point]:
    """Return what a household has for `points` wages of a person from 0 to `top`, in one call of the law."""
    wages = np.linspace(0.0, top, points).round(2)
    base = with_wage(household, person, 0.0)
    batch = tiled(prepare([base], law, on), points)
    row = next(place for place, one in enumerate(base.persons) if one.id == person)
    rows = np.arange(points) * len(base.persons) + row
    earned = Frame(batch, law).fact("wage_m")
    earned.data[rows] = wages
    batch.columns["einnahmen__bruttolohn_m"][rows] = wages
    if known(base.persons[row].hours_w, on) is None:
        batch.columns["arbeitsstunden_w"][rows] = np.where(wages > 0, USUAL_HOURS, 0.0)
    computed = compute_batch(batch, law, book, {"wage_m": earned})
    first = np.searchsorted(computed.batch.owner, np.arange(points))
    money = disposable_income(computed)[first]
    paid = {name: computed.frame.benefits[name][first] for name in SHOWN}
    kept = np.diff(money) / np.diff(wages)
    burden = np.concatenate([[0.0], 1 - kept])
    return [
        Point(
            float(wages[index]), round(float(money[index]), 2),
            {name: round(float(amounts[index]), 2) for name, amounts in paid.items()}, round(float(burden[index]), 3),
        )
        for index in range(points)
    ]  # fmt: skip
