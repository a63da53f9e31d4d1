"""Rules for many households at once: three-valued, one pass over all persons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tragnetz.benefits.columns import Batch
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book, Rule, spelled
from tragnetz.benefits.rules.columns import Column, unknown
from tragnetz.benefits.rules.facts import FACTS, values
from tragnetz.benefits.rules.formula import Formula, Kind, Parameter
from tragnetz.benefits.runtime import Array

EMPTY = {Kind.NUMBER: 0.0, Kind.TRUTH: False, Kind.TEXT: ""}
# What tax and contributions of one person hang on, besides the wage.
OF_ONE = (
    "alter", "alter_monate", "geburtsjahr", "geburtsmonat", "wohngeld__mietstufe_hh", "wohnen__wohnfläche_hh",
    "sozialversicherung__pflege__beitrag__hat_kinder", "sozialversicherung__rente__jahr_renteneintritt",
    "sozialversicherung__rente__monat_renteneintritt",
)  # fmt: skip
TYPES = {Kind.NUMBER: np.float64, Kind.TRUTH: np.bool_, Kind.TEXT: np.object_}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says of each person: whether it applies, how much, and each condition of its own."""

    rule: Rule
    truth: Column
    amount: Column | None
    conditions: tuple[Column, ...]


@dataclass(slots=True)
class Frame:
    """All facts of a batch as columns, each read once; and what the law and earlier rules gave."""

    batch: Batch
    law: Law
    benefits: dict[str, Array] = field(default_factory=dict)
    facts: dict[str, Column] = field(default_factory=dict)
    wages: dict[tuple[str, bytes], Array] = field(default_factory=dict)

    def fact(self, name: str) -> Column:
        """Return a fact of all persons."""
        if name not in self.facts:
            read = values(name, self.batch.distinct, self.batch.on)
            kind = FACTS[name].kind
            data: Array = np.array([EMPTY[kind] if value is None else value for value in read], dtype=TYPES[kind])
            known = np.array([value is not None for value in read], dtype=bool)
            times = self.batch.times
            self.facts[name] = Column(np.tile(data, times), np.tile(known, times)) if times > 1 else Column(data, known)
        return self.facts[name]

    def wage(self, what: str, gross: Column, tax_class: Column) -> Column:
        """Return tax (Lohnsteuer and Soli) or net of gross wages a month."""
        known = gross.known & tax_class.known
        wages = np.where(known, gross.data, 0.0)
        key = (what, wages.tobytes() + tax_class.data.tobytes())
        if key not in self.wages:
            self.wages[key] = self._computed(what, wages, tax_class.data) if wages.any() else np.zeros(len(wages))
        return Column(self.wages[key], known)

    def _computed(self, what: str, wages: Array, tax_class: Array) -> Array:
        columns = self.law.blank(len(wages)) | {
            name: self.batch.columns[name] for name in OF_ONE if name in self.law.inputs
        }
        columns |= {
            "hh_id": np.arange(len(wages)),
            "lohnsteuer__steuerklasse": np.clip(tax_class, 1, 6).astype(np.int64),
            "einnahmen__bruttolohn_m": wages,
        }
        if what == "tax":  # the flat-rate tax of wage replacement knows no surcharge for the childless
            columns["sozialversicherung__pflege__beitrag__hat_kinder"] = np.ones(len(wages), dtype=bool)
        found = self.law.evaluate(columns)
        tax: Array = found["lohnsteuer__betrag_m"] + found["lohnsteuer__betrag_soli_m"]
        return tax if what == "tax" else wages - tax - found["sozialversicherung__beiträge_versicherter_m"]


@dataclass(slots=True)
class _RuleScope:
    """What the formulas of one rule see."""

    frame: Frame
    rule: Rule
    steps: dict[str, Column] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of persons."""
        return self.frame.batch.rows

    def column(self, name: str) -> Column:
        """Return a step, a benefit or a fact by name."""
        if name in self.steps:
            return self.steps[name]
        if name in self.rule.steps:
            self.steps[name] = self.rule.steps[name].compute(self)
            return self.steps[name]
        if name in FACTS:
            return self.frame.fact(name)
        amounts = self.frame.benefits.get(name)
        if amounts is None:  # a rule that is not law on this day
            amounts = np.zeros(self.size)
        return Column(amounts, np.ones(self.size, dtype=bool))

    def parameter(self, name: str) -> Parameter:
        return self.rule.parameter(name, self.frame.batch.on)

    def over(self, group: str, column: Column, how: str) -> Column:
        """Return a sum, count or any over the household or the family, for each of its members."""
        numbers = self.frame.batch.owner if group == "household" else self.frame.batch.family
        size = int(numbers.max()) + 1
        unknowns = np.bincount(numbers, ~column.known, minlength=size)[numbers] > 0
        totals = np.bincount(numbers, np.where(column.known, column.data, 0), minlength=size)[numbers]
        if how == "any":
            found = totals > 0
            return Column(found, found | ~unknowns)
        return Column(totals, ~unknowns)

    def wage(self, what: str, gross: Column, tax_class: Column) -> Column:
        return self.frame.wage(what, gross, tax_class)

    def receives(self, benefit: str) -> Column:
        """Return whether the household has a notice of a benefit."""
        told = [household.receives for household in self.frame.batch.households]
        yes = np.array([benefit in (one or ()) for one in told], dtype=bool)
        known = np.array([one is not None for one in told], dtype=bool)
        owner = self.frame.batch.owner
        return Column(yes[owner], known[owner])


def evaluate(rule: Rule, frame: Frame) -> Outcome:
    """Return what a rule says of all persons of a frame."""
    scope = _RuleScope(frame, rule)
    conditions = tuple(condition.compute(scope) for condition in rule.conditions)
    truth = conditions[0]
    for condition in conditions[1:]:
        truth &= condition
    if rule.format.per == "household":
        mine = frame.fact("role").data == "self"
        truth = Column(truth.data & mine, truth.known | ~mine)
    needed = truth.sure.any()  # an amount may cost a call of the law
    amount = None if rule.amount is None else rule.amount.compute(scope) if needed else unknown(frame.batch.rows)
    return Outcome(rule, truth, amount, conditions)


def feeding(book: Book, on: date) -> Iterator[Rule]:
    """Return the rules whose amounts the law takes as given."""
    return (rule for rule in book.rules if rule.format.feeds and rule.applies(on))


def excluding(book: Book, on: date) -> Iterator[Rule]:
    """Return the rules that take a benefit of the law away."""
    return (rule for rule in book.rules if rule.format.excludes and rule.applies(on))


def following(book: Book, on: date) -> Iterator[Rule]:
    """Return the rules that stand on what the law gives, each after those that it needs."""
    changing = (rule for rule in book.rules if not rule.format.feeds and not rule.format.excludes)
    return (rule for rule in changing if rule.applies(on))


def note(frame: Frame, outcome: Outcome) -> None:
    """Keep a rule's amount a household for the rules after it; what is not known counts as none there."""
    amount = outcome.amount
    sure = outcome.truth.sure
    worth = np.ones(len(sure)) if amount is None else np.where(amount.known, amount.data, 1.0)
    frame.benefits[spelled(outcome.rule.key)] = total(frame.batch, np.where(sure, worth, 0.0))


def total(batch: Batch, amounts: Array) -> Array:
    """Return the sum over each household, for each of its persons."""
    summed: Array = np.bincount(batch.owner, amounts, minlength=len(batch.households))[batch.owner]
    return summed


def missing_facts(outcome: Outcome, frame: Frame, row: int) -> tuple[str, ...]:
    """Return the facts that are not known for a person and that a rule's undecided conditions ask for."""
    open_ones = [
        formula
        for formula, column in zip(outcome.rule.conditions, outcome.conditions, strict=True)
        if not column.known[row]
    ]
    asked = [name for formula in open_ones for name in sorted(_facts_of(formula, outcome.rule.steps))]
    found = [name for name in asked if not frame.fact(name).known[row]]
    received = [f"receives:{name}" for formula in open_ones for name in sorted(formula.received)]
    return tuple(dict.fromkeys([*found, *received]))


def _facts_of(formula: Formula, steps: Mapping[str, Formula]) -> set[str]:
    found = set()
    for name in formula.names:
        if name in steps:
            found |= _facts_of(steps[name], steps)
        elif name in FACTS:
            found.add(name)
    return found
