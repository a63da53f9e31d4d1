"""Twelve months after something happens: which money comes when, where a gap is, and what bridges it."""

from dataclasses import dataclass
from datetime import date

from tragnetz.benefits.check import Check, check_many
from tragnetz.benefits.household import Household, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.whatif import Scenario, used_up

MONTHS = 12
# Whole months until the first payment after the application. Experience of counsellors, not law: to be checked.
WAIT = {"kurzarbeitergeld": 0, "arbeitslosengeld": 1, "wohngeld": 3, "kinderzuschlag": 2, "grundsicherungsgeld": 1,
        "kindergeld": 1, "unterhaltsvorschuss": 1, "elterngeld": 2, "grundsicherung-im-alter": 1}  # fmt: skip
# Months that Arbeitslosengeld lasts by months insured (§ 147 SGB III); older people may have it longer than a year.
LASTS = ((24, 12), (20, 10), (16, 8), (12, 6), (0, 0))
BRIDGES = ("vorschuss", "grundsicherungsgeld")
SMALL = 1.0  # EUR


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


def twelve_months(household: Household, scenario: Scenario, law: Law, on: date, book: Book) -> list[Month]:
    """Return the twelve months from the one in which a scenario happens, with all claims made in that month.

    In that month everything still arrives as before. A benefit that rises or begins is paid after its time of waiting,
    with what is owed by then; one that falls or ends does so at once. Each month is computed on its own day.
    """
    starts = [_month(on, number) for number in range(MONTHS)]
    before = check_many([household], law, on, book)[0]
    checks = [
        check_many([_later(scenario, number, on)], law, day, book)[0] for number, day in enumerate(starts[1:], start=1)
    ]
    months = [_judged(starts[0], _all_of(before, "wage"), checks[0])]
    owed = dict.fromkeys(WAIT, 0.0)
    for number, (day, found) in enumerate(zip(starts[1:], checks, strict=True), start=1):
        arrives = {"other": round(found.disposable_m - _money(found), 2)}
        for benefit, wait in WAIT.items():
            had, amount = _paid(before, benefit), _paid(found, benefit)
            if number <= wait:
                owed[benefit] += max(amount - had, 0.0)
                arrives[benefit] = min(had, amount)
            else:
                arrives[benefit] = round(amount + (owed[benefit] if number == wait + 1 else 0.0), 2)
        months.append(_judged(day, {name: money for name, money in arrives.items() if money >= SMALL}, found))
    return months


def _later(scenario: Scenario, number: int, on: date) -> Household:
    """Return the household in a month after a scenario: Arbeitslosengeld does not last for ever."""
    if scenario.key != "job_loss":
        return scenario.household
    insured = known(scenario.household.person(scenario.person).insured_months_of_30, on) or 0
    lasts = next(months for least, months in LASTS if insured >= least)
    return scenario.household if number <= lasts else used_up(scenario.household, scenario.person)


def _all_of(found: Check, rest: str) -> dict[str, float]:
    money = {rest: round(found.disposable_m - _money(found), 2)}
    money |= {benefit: _paid(found, benefit) for benefit in WAIT}
    return {name: amount for name, amount in money.items() if amount >= SMALL}


def _judged(day: date, arrives: dict[str, float], found: Check) -> Month:
    figures = {figure.key: figure.amount for figure in found.finding("grundsicherungsgeld").figures}
    need = figures["need"]
    lacks = round(max(need - sum(arrives.values()), 0.0), 2)
    return Month(day, arrives, round(need, 2), lacks, BRIDGES if lacks > SMALL else ())


def _paid(found: Check, benefit: str) -> float:
    one = found.find(benefit)
    return (one.paid_m or 0.0) if one else 0.0


def _money(found: Check) -> float:
    return sum(_paid(found, benefit) for benefit in WAIT)


def _month(day: date, number: int) -> date:
    index = day.year * 12 + day.month - 1 + number
    return date(index // 12, index % 12 + 1, 1) if number else day.replace(day=1)
