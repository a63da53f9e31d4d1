"""Twelve months after a job ends: which money comes when, where a gap is, and what bridges it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tragnetz.benefits.check import Check, check_many
from tragnetz.benefits.household import Household, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.whatif import used_up, without_job

MONTHS = 12
# Whole months until the first payment after the application. Experience of counsellors, not law: to be checked.
WAIT = {"arbeitslosengeld": 1, "wohngeld": 3, "kinderzuschlag": 2, "grundsicherungsgeld": 1, "kindergeld": 0,
        "unterhaltsvorschuss": 1, "elterngeld": 2}  # fmt: skip
# Months that Arbeitslosengeld lasts by months insured (§ 147 SGB III); older people may have it longer than a year.
LASTS = ((24, 12), (20, 10), (16, 8), (12, 6), (0, 0))
BRIDGES = ("vorschuss", "grundsicherungsgeld")


@dataclass(frozen=True, slots=True)
class Month:
    """A month: money that arrives by source (arrears with the first payment), what is needed, and what lacks.

    `lacks_m` is EUR that the need for living and housing is above the money; `bridges` are keys of what helps.
    """

    starts: date
    arrives: dict[str, float]
    need_m: float
    lacks_m: float
    bridges: tuple[str, ...] = ()


def after_job_loss(household: Household, person: str, law: Law, on: date, book: Book) -> list[Month]:
    """Return the twelve months after a person's job ends on `on`, with all claims made in that month.

    The last wage still comes at the end of that month. Each month is computed with the ages of its own day.
    """
    after = without_job(household, person, on)
    insured = known(after.person(person).insured_months_of_30, on) or 0
    lasts = next(months for least, months in LASTS if insured >= least)
    starts = [_month(on, number) for number in range(MONTHS + 1)]
    before = check_many([household], law, on, book)[0]
    ended = used_up(after, person)
    checks = [
        check_many([after if number <= lasts else ended], law, day, book)[0]
        for number, day in enumerate(starts[1:], start=1)
    ]
    wage = before.disposable_m - _money(before)
    rest = checks[0].disposable_m - _money(checks[0])
    months = [_first(starts[0], before, wage, checks[0])]
    owed: dict[str, float] = {}
    for number, (day, found) in enumerate(zip(starts[1:], checks, strict=True), start=1):
        arrives = {"other": round(rest, 2)} if rest > 0 else {}
        for benefit, wait in WAIT.items():
            amount = found.finding(benefit).paid_m or 0.0
            had = before.finding(benefit).paid_m or 0.0
            sure = had if number <= wait else amount
            owed[benefit] = owed.get(benefit, 0.0) + (amount - had if number <= wait else 0.0)
            extra = max(owed[benefit], 0.0) if number == wait + 1 else 0.0
            if sure + extra > 0:
                arrives[benefit] = round(sure + extra, 2)
        months.append(_judged(day, arrives, found))
    return months[:MONTHS]


def _first(day: date, before: Check, wage: float, after: Check) -> Month:
    arrives = {"wage": round(wage, 2)} | {
        benefit: before.finding(benefit).paid_m or 0.0 for benefit in WAIT if before.finding(benefit).paid_m
    }
    return _judged(day, arrives, after)


def _judged(day: date, arrives: dict[str, float], found: Check) -> Month:
    figures = {figure.key: figure.amount for figure in found.finding("grundsicherungsgeld").figures}
    need = figures["need"]
    lacks = round(max(need - sum(arrives.values()), 0.0), 2)
    return Month(day, arrives, round(need, 2), lacks, BRIDGES if lacks > 1 else ())


def _money(found: Check) -> float:
    return sum(found.finding(benefit).paid_m or 0.0 for benefit in WAIT)


def _month(day: date, number: int) -> date:
    index = day.year * 12 + day.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)


def employed(household: Household, on: date) -> Sequence[str]:
    """Return who has a wage that can end."""
    return [person.id for person in household.persons if known(person.wage_m, on)]
