"""The book of rules, read from YAML: the city's over the state's over the country's. Faults name file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.rules.formula import Formula, FormulaError, Kind, Parameter, read_formula
from tragnetz.core.documents import Document, Fault, parse_document, read_item

COUNTRY = Path(__file__).parent / "germany"
FEDERAL = ("kindergeld", "unterhaltsvorschuss", "elterngeld", "arbeitslosengeld", "kinderzuschlag", "wohngeld",
           "grundsicherungsgeld", "grundsicherung-im-alter")  # fmt: skip
FEEDS = (
    "sozialversicherung__arbeitslosen__betrag_m",
    "bürgergeld__vermögensfreibetrag_bg",
    "bürgergeld__kosten_der_unterkunft_m",
)
LANGUAGES = frozenset({"de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"})

type Texts = Annotated[dict[str, str], AfterValidator(_german)]
type Numbers = bool | float | dict[int, float]


def _german(texts: dict[str, str]) -> dict[str, str]:
    if "de" not in texts or not set(texts) <= LANGUAGES:
        message = "needs `de`, and nothing but language codes"
        raise ValueError(message)
    return texts


class Strict(BaseModel):
    """A map in a rule's file: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Strict):
    """Where the rule comes from, and of which day that is."""

    title: Annotated[str, Field(min_length=1)]
    url: str = ""
    on: date


class Checked(Strict):
    """Whether somebody who knows the law has made sure; what is open when not."""

    state: Literal["confirmed", "to_check"]
    on: date
    note: Texts | None = None


class Condition(Strict):
    """Something that must hold, and the sentence that says so."""

    when: str
    text: Texts


class Test(Strict):
    """An example: a household on a day, and what must come out. `paid` stands for what the law gives it."""

    on: date
    household: dict[str, Any]
    paid: dict[str, float] = {}
    truth: Literal["yes", "no", "unknown"]
    amount: float | None = None
    note: str = ""


class RuleFormat(Strict):
    """A rule as it stands in a file."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Texts
    per: Literal["person", "household"] = "person"
    kind: Literal["money", "saving", "once", "service", "step"]
    adds: bool = False
    statute: Annotated[str, Field(min_length=1)]
    source: Source
    checked: Checked
    valid_from: date | None = None
    valid_until: date | None = None
    parameters: dict[str, dict[date, Numbers]] = {}
    steps: dict[str, str] = {}
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    amount: str = ""
    feeds: str = ""
    excludes: tuple[Literal["grundsicherungsgeld"], ...] = ()
    because: Texts | None = None
    tests: Annotated[tuple[Test, ...], Field(min_length=1)]


class Overlay(Strict):
    """A city's own numbers for a rule that stands already: `changes: rule-id` and parameters."""

    changes: str
    parameters: Annotated[dict[str, dict[date, Numbers]], Field(min_length=1)]
    source: Source
    checked: Checked


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its formulas read. `needs` are the benefits that it stands on."""

    format: RuleFormat
    steps: Mapping[str, Formula]
    conditions: tuple[Formula, ...]
    amount: Formula | None
    needs: frozenset[str]
    parameters: Mapping[str, Mapping[date, Numbers]]
    overlays: tuple[Overlay, ...] = ()

    @property
    def key(self) -> str:
        """The rule's id."""
        return self.format.id

    def applies(self, on: date) -> bool:
        """Whether the rule is law on a day."""
        return (self.format.valid_from or date.min) <= on <= (self.format.valid_until or date.max)

    def parameter(self, name: str, on: date) -> Parameter:
        """Return a parameter as it is on a day; the first one when all begin later."""
        dated = self.parameters[name]
        days = [day for day in dated if day <= on]
        return dated[max(days) if days else min(dated)]

    def checked(self) -> Checked:
        """Return the weakest word on whether it was checked: its own, or that of an overlay."""
        words = [self.format.checked, *(overlay.checked for overlay in self.overlays)]
        return next((word for word in words if word.state == "to_check"), words[0])


@dataclass(frozen=True, slots=True)
class Book:
    """All rules, each after those that it stands on."""

    rules: tuple[Rule, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    def rule(self, key: str) -> Rule:
        """Return a rule by id. Raises KeyError."""
        return next(rule for rule in self.rules if rule.key == key)

    def opens(self) -> dict[str, list[str]]:
        """Return what opens what: for each benefit the rules whose conditions or amounts name it."""
        keys = [*FEDERAL, *(rule.key for rule in self.rules)]
        found = {key: [rule.key for rule in self.rules if key in rule.needs] for key in keys}
        return {key: opened for key, opened in found.items() if opened}


def spelled(benefit: str) -> str:
    """Return a benefit's id as formulas write it."""
    return benefit.replace("-", "_")


def read_book(*folders: Path) -> Book:
    """Read the country's rules and those of more folders, later ones over earlier ones. Faults are collected."""
    return book_of((file, file.read_text(encoding="utf-8")) for folder in folders for file in rule_files(folder))


def rule_files(folder: Path) -> list[Path]:
    """Return the files of a folder of rules, in the order in which they are read."""
    return sorted(folder.glob("*.yaml"))


def book_of(files: Iterable[tuple[Path, str]]) -> Book:
    """Read the country's rules and more files, given by name and text; later ones over earlier ones."""
    faults: list[Fault] = []
    formats: dict[str, tuple[RuleFormat, Document, int]] = {}
    overlays: list[tuple[Overlay, Document, int]] = []
    country = [(file, file.read_text(encoding="utf-8")) for file in rule_files(COUNTRY)]
    for file, text in (*country, *files):
        document = parse_document(file, text, faults)
        if document is None:
            continue
        for index, item in _items(document, faults):
            if isinstance(item, dict) and "changes" in item:
                overlay = read_item(document, Overlay, item, (index,), faults)
                overlays += [(overlay, document, index)] if overlay else []
            else:
                rule = read_item(document, RuleFormat, item, (index,), faults)
                formats |= {rule.id: (rule, document, index)} if rule else {}
    _check_overlays(formats, overlays, faults)
    rules = [
        found
        for rule, document, index in formats.values()
        if (found := _read_rule(rule, document, index, formats, [one for one, _, _ in overlays], faults))
    ]
    return Book(tuple(_in_order(rules, formats, faults)), tuple(sorted(faults)))


def _items(document: Document, faults: list[Fault]) -> Iterator[tuple[int, object]]:
    if not isinstance(document.data, list):
        faults.append(Fault(document.file, 1, "", "must be a list of rules"))
        return
    yield from enumerate(document.data)


def _check_overlays(
    formats: Mapping[str, tuple[RuleFormat, Document, int]],
    overlays: Sequence[tuple[Overlay, Document, int]],
    faults: list[Fault],
) -> None:
    for overlay, document, index in overlays:
        known = formats.get(overlay.changes)
        line = document.line(index, "changes")
        if known is None:
            faults.append(Fault(document.file, line, "changes", f"there is no rule {overlay.changes}"))
            continue
        for name in overlay.parameters:
            if name not in known[0].parameters:
                where = document.line(index, "parameters", name)
                reason = f"{overlay.changes} has no such parameter"
                faults.append(Fault(document.file, where, f"parameters.{name}", reason))


@dataclass(slots=True)
class _Formulas:
    """Reads the formulas of one rule; what is wrong is added to the faults, with its line."""

    rule: RuleFormat
    document: Document
    index: int
    names: dict[str, Kind]
    faults: list[Fault]

    def read(self, text: str, kind: Kind | None, *path: str | int) -> Formula | None:
        """Return a formula that gives a kind, or nothing when it cannot be read."""
        try:
            found = read_formula(text, self.names, frozenset(self.rule.parameters))
        except FormulaError as error:
            self.refuse(str(error), *path)
            return None
        if kind is not None and found.kind is not kind:
            self.refuse(f"must be {kind}, is {found.kind}", *path)
            return None
        return found

    def refuse(self, reason: str, *path: str | int) -> None:
        """Add a fault."""
        where = ".".join(str(part) for part in (self.rule.id, *path))
        self.faults.append(Fault(self.document.file, self.document.line(self.index, *path), where, reason))

    def steps(self) -> dict[str, Formula]:
        """Read the steps in turn; each may use those before it."""
        found: dict[str, Formula] = {}
        for name, text in self.rule.steps.items():
            step = self.read(text, None, "steps", name)
            if step is not None:
                found[name] = step
                self.names[name] = step.kind
        return found


def _read_rule(
    rule: RuleFormat,
    document: Document,
    index: int,
    formats: Mapping[str, object],
    overlays: Sequence[Overlay],
    faults: list[Fault],
) -> Rule | None:
    before = len(faults)
    benefits = {spelled(key): key for key in [*FEDERAL, *formats] if key != rule.id}
    names: dict[str, Kind] = {name: fact.kind for name, fact in FACTS.items()}
    if not rule.feeds and not rule.excludes:  # what changes the law's answer cannot stand on it
        names |= dict.fromkeys(benefits, Kind.NUMBER)
    formulas = _Formulas(rule, document, index, names, faults)
    steps = formulas.steps()
    conditions = [
        formulas.read(one.when, Kind.TRUTH, "conditions", number, "when") for number, one in enumerate(rule.conditions)
    ]
    amount = formulas.read(rule.amount, Kind.NUMBER, "amount") if rule.amount else None
    if rule.feeds and rule.feeds not in FEEDS:
        formulas.refuse(f"is not one of {', '.join(FEEDS)}", "feeds")
    if bool(rule.excludes) != (rule.because is not None):
        formulas.refuse("`excludes` and `because` (the sentence that says why) go together", "excludes")
    if len(faults) > before:
        return None
    kept = tuple(one for one in conditions if one)
    read = [*steps.values(), *kept, *([amount] if amount else [])]
    needs = frozenset(benefits[name] for one in read for name in one.names if name in benefits)
    mine = tuple(one for one in overlays if one.changes == rule.id)
    parameters = {name: dict(dated) for name, dated in rule.parameters.items()}
    for overlay in mine:
        for name, dated in overlay.parameters.items():
            parameters.setdefault(name, {}).update(dated)
    return Rule(rule, steps, kept, amount, needs, parameters, mine)


def _in_order(
    rules: list[Rule], formats: Mapping[str, tuple[RuleFormat, Document, int]], faults: list[Fault]
) -> list[Rule]:
    placed: list[Rule] = []
    done = set(FEDERAL)
    waiting = list(rules)
    while waiting:
        ready = [rule for rule in waiting if rule.needs <= done | {key for key in rule.needs if key not in formats}]
        if not ready:
            names = ", ".join(rule.key for rule in waiting)
            _rule, document, index = formats[waiting[0].key]
            faults.append(
                Fault(document.file, document.line(index), waiting[0].key, f"rules stand on each other: {names}")
            )
            return placed
        placed += ready
        done |= {rule.key for rule in ready}
        waiting = [rule for rule in waiting if rule not in ready]
    return placed
