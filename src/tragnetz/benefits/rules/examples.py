"""Run the examples that stand in the files of rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tragnetz.benefits.columns import prepare
from tragnetz.benefits.household import HouseholdError, read_household
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book, Rule, Test, spelled
from tragnetz.benefits.rules.evaluate import Frame, evaluate

CENT = 0.005


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that came out otherwise: of which rule, which one (from 1), and what is different."""

    rule: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.rule}, test {self.number}: {self.reason}"


def failures(book: Book, law_of: Callable[[date], Law]) -> Iterator[Failure]:
    """Run all examples of a book, each by the law of its day; what the law pays is what the example says.

    A rule's examples are about the rule as its own file has it, without what a city changed.
    """
    for one in book.rules:
        rule = replace(one, parameters=one.format.parameters)
        for number, test in enumerate(rule.format.tests, start=1):
            reason = _difference(rule, test, law_of(test.on))
            if reason:
                yield Failure(rule.key, number, reason)


def _difference(rule: Rule, test: Test, law: Law) -> str:
    try:
        household = read_household(test.household)
    except HouseholdError as error:
        return str(error)
    if not rule.applies(test.on):
        return "" if test.truth == "no" else f"is not law on {test.on}, expected {test.truth}"
    frame = Frame(prepare([household], law, test.on), law)
    frame.benefits = {spelled(name): np.full(frame.batch.rows, amount) for name, amount in test.paid.items()}
    outcome = evaluate(rule, frame)
    yes = outcome.truth.sure
    truth = "yes" if yes.any() else "no" if outcome.truth.known.all() else "unknown"
    if truth != test.truth:
        return f"gives {truth}, expected {test.truth}"
    if test.amount is None:
        return ""
    if outcome.amount is None:
        return "names no amount"
    amount = float(outcome.amount.data[yes].sum())
    return "" if abs(amount - test.amount) < CENT else f"gives {amount:.2f} EUR, expected {test.amount:.2f}"
