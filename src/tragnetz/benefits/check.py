"""The check: what households may claim, what would be paid, why, and what is left to live on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tragnetz.benefits.columns import Assumption, Batch, prepare
from tragnetz.benefits.household import Household, Person
from tragnetz.benefits.law import Law, is_outrun
from tragnetz.benefits.rules.book import Book, Checked, Texts, spelled
from tragnetz.benefits.rules.columns import Column
from tragnetz.benefits.rules.evaluate import (
    Frame,
    Outcome,
    evaluate,
    excluding,
    feeding,
    following,
    missing_facts,
    note,
    total,
)
from tragnetz.benefits.runtime import Array

CENT = 0.005

type Verdict = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that decided: a key for its text, and EUR a month."""

    key: str
    amount: float


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition of a rule in words of its file, whether it holds, and which facts would tell."""

    text: Texts
    truth: Verdict
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One benefit for one household.

    `claim_m` is before what has priority, `paid_m` after it, EUR a month for the household; both are None when the law
    names no amount. `kind`: money, a saving, once, a service, or a step to other help. `adds` tells whether `paid_m`
    is money on top of the other benefits. `first` names benefits that have priority.
    """

    benefit: str
    statute: str
    truth: Verdict
    claim_m: float | None
    paid_m: float | None
    kind: str = "money"
    adds: bool = True
    figures: tuple[Figure, ...] = ()
    first: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    persons: tuple[str, ...] = ()
    name: Texts | None = None
    checked: Checked | None = None

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that would decide it; one alone is the question to ask."""
        return tuple(dict.fromkeys(name for reason in self.reasons for name in reason.asks))


@dataclass(frozen=True, slots=True)
class Check:
    """The result for one household on one day, with the law it was computed by and what was assumed.

    `disposable_m` is wage after tax and contributions, pensions, maintenance and all money paid, EUR a month;
    `families` tells for each person the first member of its Bedarfsgemeinschaft.
    """

    on: date
    law_of: date
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...]
    to_check: tuple[str, ...]
    disposable_m: float
    families: tuple[str, ...]

    def find(self, benefit: str) -> Finding | None:
        """Return what was found of a benefit; nothing when there is no such rule on the day."""
        return next((one for one in self.findings if one.benefit == benefit), None)

    def finding(self, benefit: str) -> Finding:
        """Return what was found of a benefit. Raises KeyError."""
        found = self.find(benefit)
        if found is None:
            raise KeyError(benefit)
        return found


@dataclass(frozen=True, slots=True)
class Computed:
    """A batch with all that law and rules give for it."""

    batch: Batch
    law: Law
    found: dict[str, Array]
    frame: Frame
    outcomes: tuple[Outcome, ...]
    replaced: Array


def check(household: Household, law: Law, on: date, book: Book) -> Check:
    """Compute all benefits of a household. Raises LawError when the law has no answer for its values."""
    return check_many([household], law, on, book)[0]


def check_many(households: Sequence[Household], law: Law, on: date, book: Book) -> list[Check]:
    """Compute all benefits of many households at once; one answer a household, in their order."""
    computed = compute(households, law, on, book)
    first = np.searchsorted(computed.batch.owner, np.arange(len(households)))
    ends = [*first[1:], computed.batch.rows]
    disposable = disposable_income(computed)
    answers = []
    for number, household in enumerate(households):
        rows = slice(int(first[number]), int(ends[number]))
        me = rows.start + next(row for row, person in enumerate(household.persons) if person.role == "self")
        findings = (*_of_the_law(computed, rows, me), *_of_the_rules(computed, rows, household))
        marks = ("old_law",) if is_outrun(law.date, on) else ()
        families = tuple(household.persons[row - rows.start].id for row in computed.batch.family[rows])
        assumptions = computed.batch.assumptions[number]
        if any(one.benefit == "kurzarbeitergeld" and one.truth == "yes" for one in findings):
            assumptions = (*assumptions, Assumption("short_time_like_alg"))
        answers.append(Check(on, law.date, findings, assumptions, marks, round(float(disposable[me]), 2), families))
    return answers


def compute(households: Sequence[Household], law: Law, on: date, book: Book) -> Computed:
    """Compute law and rules for a batch: rules that feed the law, the law, the rules that stand on it."""
    return compute_batch(prepare(households, law, on), law, book)


def compute_batch(batch: Batch, law: Law, book: Book, facts: Mapping[str, Column] | None = None) -> Computed:
    """Compute a batch; `facts` stand for what the households themselves say."""
    on = batch.on
    frame = Frame(batch, law, facts=dict(facts or {}))
    before = [evaluate(rule, frame) for rule in feeding(book, on)]
    replaced = np.zeros(batch.rows)
    for outcome in before:
        fed = _feed(batch, law, outcome)
        if outcome.rule.format.feeds.endswith("arbeitslosen__betrag_m"):
            replaced += fed
    found = law.evaluate(batch.columns)
    for rule in excluding(book, on):
        outcome = evaluate(rule, frame)
        before.append(outcome)
        note(frame, outcome)
        _take_away(batch, found, outcome)
    for benefit, amounts in _household_amounts(batch, found, replaced):
        frame.benefits[spelled(benefit)] = amounts
    after = []
    for rule in following(book, on):
        outcome = evaluate(rule, frame)
        note(frame, outcome)
        after.append(outcome)
    return Computed(batch, law, found, frame, (*before, *after), replaced)


def _feed(batch: Batch, law: Law, outcome: Outcome) -> Array:
    """Put a rule's amounts where the law would compute its own; returns them, 0 where it has none."""
    name, amount = outcome.rule.format.feeds, outcome.amount
    if amount is None or name not in law.overrides:
        return np.zeros(batch.rows)
    sure = outcome.truth.sure & amount.known
    if sure.any():
        given = batch.columns.get(name, np.full(batch.rows, np.nan))
        batch.columns[name] = np.where(sure, amount.data, given)
    fed: Array = np.where(sure, amount.data, 0.0)
    return fed


def _take_away(batch: Batch, found: dict[str, Array], outcome: Outcome) -> None:
    """Take Grundsicherungsgeld from the families that a rule excludes; what it stood before is paid then."""
    sure = outcome.truth.sure
    out = np.bincount(batch.family, sure, minlength=batch.rows)[batch.family] > 0
    if not out.any():
        return
    claim, paid, _group = GROUPED["grundsicherungsgeld"]
    for name in (claim, paid):
        found[name] = np.where(out, 0.0, found[name])
    claim, paid, _group = GROUPED["wohngeld"]
    found[paid] = np.where(out, found[claim], found[paid])


def _household_amounts(batch: Batch, found: dict[str, Array], replaced: Array) -> Iterator[tuple[str, Array]]:
    """Return what the law pays to each household, once a household, on each of its rows."""
    yield "kindergeld", total(batch, found["kindergeld__betrag_m"])
    yield "unterhaltsvorschuss", total(batch, found["unterhaltsvorschuss__betrag_m"])
    yield "elterngeld", total(batch, found["elterngeld__betrag_m"])
    yield "arbeitslosengeld", total(batch, found["sozialversicherung__arbeitslosen__betrag_m"] - replaced)
    for benefit, (_claim, paid, group) in GROUPED.items():
        yield benefit, total(batch, _once(found[paid], found[group]))


GROUPED = {
    "kinderzuschlag": ("kinderzuschlag__anspruchshöhe_m_bg", "kinderzuschlag__betrag_m_bg", "bg_id"),
    "wohngeld": ("wohngeld__anspruchshöhe_m_wthh", "wohngeld__betrag_m_wthh", "wthh_id"),
    "grundsicherungsgeld": ("bürgergeld__anspruchshöhe_m_bg", "bürgergeld__betrag_m_bg", "bg_id"),
    "grundsicherung-im-alter": (
        "grundsicherung__im_alter__betrag_m_eg", "grundsicherung__im_alter__betrag_m_eg", "eg_id",
    ),
}  # fmt: skip


def _once(amounts: Array, groups: Array) -> Array:
    """Keep a group's amount at its first member only."""
    _names, first = np.unique(groups, return_index=True)
    kept = np.zeros(len(amounts))
    kept[first] = amounts[first]
    return kept


def disposable_income(computed: Computed) -> Array:
    """Return what each household has in a month, on each of its rows; the income tax is that of the whole year / 12."""
    batch, found = computed.batch, computed.found
    columns = batch.columns
    net = columns["einnahmen__bruttolohn_m"] + columns["einnahmen__kapitalerträge_y"] / 12
    net = net + columns["unterhalt__tatsächlich_erhaltener_betrag_m"]
    for pension in ("altersrente", "erwerbsminderung"):
        net = net + columns[f"sozialversicherung__rente__{pension}__betrag_m"]
    net = net - found["sozialversicherung__beiträge_versicherter_m"]
    tax = found["einkommensteuer__betrag_m_sn"] + found["solidaritätszuschlag__betrag_m_sn"]
    net = net - _once(tax, found["sn_id"])
    money = net + found["sozialversicherung__arbeitslosen__betrag_m"] + found["elterngeld__betrag_m"]
    money = money + found["kindergeld__betrag_m"] + found["unterhaltsvorschuss__betrag_m"]
    for _claim, paid, group in GROUPED.values():
        money = money + _once(found[paid], found[group])
    for outcome in computed.outcomes:
        if outcome.rule.format.adds and outcome.amount is not None:
            sure = outcome.truth.sure & outcome.amount.known
            money = money + np.where(sure, outcome.amount.data, 0.0)
    return total(batch, money)


def _of_the_law(computed: Computed, rows: slice, me: int) -> Iterator[Finding]:
    found = computed.found

    def mine(name: str) -> float:
        return round(float(found[name][me]), 2)

    def each(benefit: str, statute: str, amounts: Array) -> Finding:
        amount = round(float(amounts[rows].sum()), 2)
        whose = tuple(
            person.id for person, value in zip(_persons(computed, rows), amounts[rows], strict=True) if value > CENT
        )
        return Finding(benefit, statute, _truth(amount), amount, amount, persons=whose)

    barred = tuple(
        Reason(outcome.rule.format.because, "no")
        for outcome in computed.outcomes
        if outcome.rule.format.because and outcome.truth.sure[rows].any()
    )

    def grouped(benefit: str, statute: str, figures: tuple[Figure, ...] = (), first: tuple[str, ...] = ()) -> Finding:
        claim, paid, group = GROUPED[benefit]
        once = [round(float(_once(found[name][rows], found[group][rows]).sum()), 2) for name in (claim, paid)]
        why = barred if benefit == "grundsicherungsgeld" and not once[0] else ()
        shown = () if why else figures
        return Finding(benefit, statute, _truth(once[0]), once[0], once[1], figures=shown, first=first, reasons=why)

    need = Figure("need", mine("bürgergeld__regelbedarf_m_bg"))
    housing = Figure("housing_costs", mine("bürgergeld__kosten_der_unterkunft_m_bg"))
    income = Figure("counted_income", mine("bürgergeld__anzurechnendes_einkommen_m_bg"))
    allowance = Figure("asset_allowance", mine("bürgergeld__vermögensfreibetrag_bg"))
    rent = Figure("counted_rent", mine("wohngeld__miete_m_wthh"))
    wage = Figure("gross_income", mine("kinderzuschlag__bruttoeinkommen_eltern_m_bg"))
    least = Figure("least_gross_income", mine("kinderzuschlag__mindestbruttoeinkommen_m_bg"))
    yield each("kindergeld", "§§ 62 ff. EStG", found["kindergeld__betrag_m"])
    yield each("unterhaltsvorschuss", "§ 1 UVG", found["unterhaltsvorschuss__betrag_m"])
    yield each("elterngeld", "§§ 1 ff. BEEG", found["elterngeld__betrag_m"])
    alg = found["sozialversicherung__arbeitslosen__betrag_m"] - computed.replaced
    yield each("arbeitslosengeld", "§§ 136 ff. SGB III", alg)
    yield grouped("kinderzuschlag", "§ 6a BKGG", (wage, least), ("grundsicherungsgeld",))
    yield grouped(
        "wohngeld", "§§ 1 ff. WoGG", (rent, Figure("income_for_wohngeld", mine("wohngeld__einkommen_m_wthh"))),
        ("grundsicherungsgeld",),
    )  # fmt: skip
    yield grouped(
        "grundsicherungsgeld", "§§ 7, 19 ff. SGB II", (need, housing, income, allowance), ("wohngeld", "kinderzuschlag")
    )
    yield grouped("grundsicherung-im-alter", "§§ 41 ff. SGB XII")


def _truth(amount: float) -> Verdict:
    return "yes" if amount > CENT else "no"


def _persons(computed: Computed, rows: slice) -> Sequence[Person]:
    return computed.batch.households[int(computed.batch.owner[rows.start])].persons


def _of_the_rules(computed: Computed, rows: slice, household: Household) -> Iterator[Finding]:
    for outcome in computed.outcomes:
        form = outcome.rule.format
        if form.kind == "step":
            continue
        truths = [_verdict(outcome, row) for row in range(rows.start, rows.stop)]
        truth: Verdict = "yes" if "yes" in truths else "unknown" if "unknown" in truths else "no"
        meant = [row for row in range(rows.stop - rows.start) if truths[row] == truth]
        shown = meant[:1] if truth != "no" else [_nearest(outcome, rows)]
        amount = None
        if outcome.amount is not None and truth != "unknown":
            kept = [rows.start + row for row in meant] if truth == "yes" else []
            known = all(outcome.amount.known[row] for row in kept)
            amount = round(float(sum(outcome.amount.data[row] for row in kept)), 2) if known else None
        yield Finding(
            outcome.rule.key, form.statute, truth, amount, amount, kind=form.kind, adds=form.adds or bool(form.feeds),
            reasons=_reasons(computed, outcome, rows.start + shown[0]),
            persons=tuple(household.persons[row].id for row in meant) if form.per == "person" and truth != "no" else (),
            name=form.name, checked=outcome.rule.checked(),
        )  # fmt: skip


def _verdict(outcome: Outcome, row: int) -> Verdict:
    if not outcome.truth.known[row]:
        return "unknown"
    return "yes" if outcome.truth.data[row] else "no"


def _nearest(outcome: Outcome, rows: slice) -> int:
    """Return the person of whom most conditions hold: the one whose reasons tell most."""
    held = [
        sum(bool(one.data[row] and one.known[row]) for one in outcome.conditions)
        for row in range(rows.start, rows.stop)
    ]
    return int(np.argmax(held))


def _reasons(computed: Computed, outcome: Outcome, row: int) -> tuple[Reason, ...]:
    asks = missing_facts(outcome, computed.frame, row)
    reasons = []
    for condition, column in zip(outcome.rule.format.conditions, outcome.conditions, strict=True):
        truth: Verdict = ("yes" if column.data[row] else "no") if column.known[row] else "unknown"
        reasons.append(Reason(condition.text, truth, asks if truth == "unknown" else ()))
    return tuple(reasons)
