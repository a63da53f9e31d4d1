"""The nightly look at 100,000 different households, beside the compiled law alone on as many rows in the same run."""

import random
import resource
import time
from datetime import date
from pathlib import Path

from tragnetz.benefits.changes import MONTHS, amounts_of, changes
from tragnetz.benefits.cohort import cohort_of
from tragnetz.benefits.columns import prepare
from tragnetz.benefits.household import Household, HouseholdError, read_household
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSEHOLDS, BATCH = 100_000, 10_000


def rescreening() -> None:
    """One date for all households that were read, against the law alone; then twelve months with reading."""
    law = laws(ROOT / "var" / "law")[-1]
    book = read_book(ROOT / "cities" / "catalogue" / "nrw" / "rules")
    chance = random.Random(20261129)  # noqa: S311 -- invented households
    law_s = date_s = read_s = 0.0
    later = date(law.date.year + 1, 4, 1)
    persons = 0
    for number in range(HOUSEHOLDS // BATCH):
        households = [_household(chance) for _one in range(BATCH)]
        batch = prepare(households, law, law.date)
        persons += batch.rows
        begun = time.perf_counter()
        law.evaluate(batch.columns)
        law_s += time.perf_counter() - begun
        begun = time.perf_counter()
        cohort = cohort_of(households, law, law.date, book)
        amounts_of(cohort.compute(law.date), book)
        read_s += time.perf_counter() - begun
        begun = time.perf_counter()
        amounts_of(cohort.compute(later), book)
        date_s += time.perf_counter() - begun
        if not number:
            begun = time.perf_counter()
            found = changes(households, lambda _day: law, book, law.date)
            year_s = time.perf_counter() - begun
    print(
        f"{f'{HOUSEHOLDS:,} households, {persons:,} persons: the law alone':<52} {law_s:.2f} s   what it stands against"
    )
    print(f"{'  one more date with rules, ages and families':<52} {date_s:.2f} s   goal <= 2 s")
    print(f"{'  reading them all, and the first date':<52} {read_s:.1f} s   once a month")
    print(f"{f'{BATCH:,} households, {MONTHS} months, {len(found):,} findings':<52} {year_s:.1f} s   none")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'  most memory of the whole measuring process':<52} {peak:.1f} GB   goal <= 2 GB")


def _household(chance: random.Random) -> Household:
    """Return a household by chance: one or two adults, up to three children, wage, rent, savings."""
    couple = chance.random() < 0.5
    persons = [
        {"id": f"a{number}", "role": role, "birth": _birth(chance, 1962, 2002), "hours_w": 30,
         "wage_m": chance.choice((0, 0, 603, 1400, 2100, 2900, 3600)), "assets": chance.choice((0, 2000, 9000))}
        for number, role in enumerate(("self", "partner") if couple else ("self",))
    ]  # fmt: skip
    persons += [
        {"id": f"c{number}", "role": "child", "birth": _birth(chance, 2003, 2025)}
        for number in range(chance.randint(0, 3))
    ]
    home = {"cold_rent_m": chance.randint(320, 950), "heating_m": chance.randint(50, 140), "rent_level": 3}
    try:
        return read_household({"persons": persons, "married": couple or None, "receives": [], "housing": home})
    except HouseholdError:  # a parent too young for a child
        return _household(chance)


def _birth(chance: random.Random, first: int, last: int) -> str:
    return date(chance.randint(first, last), chance.randint(1, 12), 1).isoformat()
