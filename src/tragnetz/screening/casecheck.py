"""The counsellor's check of a case: benefits with reasons, what if, thresholds, the curve, twelve months, history."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from tragnetz.benefits import library
from tragnetz.benefits.check import Check
from tragnetz.benefits.curve import Point, curve
from tragnetz.benefits.household import Household, HouseholdError
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.texts import ASSUMPTIONS, NAMES, TO_CHECK, _, german_name
from tragnetz.benefits.timeline import Month, twelve_months
from tragnetz.benefits.whatif import SEARCHED, Scenario, Threshold, compare, thresholds
from tragnetz.core.amounts import grouped
from tragnetz.eligibility.facts import Facts
from tragnetz.printing.charts import Picture, bars_picture, curve_picture
from tragnetz.screening.household_words import benefit_name, names_of
from tragnetz.screening.households import Member, describe
from tragnetz.screening.models import Record
from tragnetz.screening.queries import Line, line_of
from tragnetz.screening.texts import OURS

# What a fact with a code asks for, as one says it; its meaning lists the codes for whoever writes rules.
WORDS_FOR_CODES = {
    "training": _("Schule oder Ausbildung"),
    "residence": _("Aufenthalt"),
    "housing": _("Art der Wohnung"),
}
# The same for facts whose meaning tells the writers of rules what a number says.
WORDS_FOR_NUMBERS = {
    "sick_weeks": _("Wochen krankgeschrieben"),
    "weeks_to_birth": _("errechneter Geburtstermin"),
    "care_level": _("Pflegegrad"),
    "disability_degree": _("Grad der Behinderung"),
}

EVERY = 20  # points of the curve that the table shows one of
SCENARIOS = {
    "short_time": _("Kurzarbeit 50 %"),
    "job_loss": _("Arbeit verloren, mit Arbeitslosengeld"),
    "mini_job": _("Minijob"),
    "more_hours": _("mehr Stunden"),
    "birth": _("ein Kind wird geboren"),
    "birth_leave": _("ein Kind wird geboren, mit Elternzeit"),
    "separation": _("Trennung"),
    "child_turns": _("Kind wird älter"),
    "rent": _("Miete steigt um 100 Euro"),
    "moving_together": _("Zusammenziehen mit jemandem ohne Einkommen"),
}
SOURCES = {
    "wage": _("letzter Lohn und anderes"),
    "other": _("anderes Einkommen"),
}
BRIDGES = {
    "vorschuss": _("Vorschuss beantragen (§ 42 SGB I)"),
    "grundsicherungsgeld": _("Grundsicherungsgeld im Monat der Lücke beantragen (§ 37 SGB II)"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A scenario in words, what the household then has, and the difference to now, EUR a month."""

    key: str
    text: str
    disposable_m: float
    difference_m: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """A person, with whom it belongs together by law, and whether it is set apart by hand."""

    key: str
    label: str
    group: int
    apart: bool
    can_be_apart: bool


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """All of a case's check, or why there is none (`problem`)."""

    now: Check | None = None
    household: Household | None = None
    lines: tuple[Line, ...] = ()
    possible: tuple[Line, ...] = ()
    options: tuple[Option, ...] = ()
    hints: tuple[str, ...] = ()
    comparison: tuple[float, float] | None = None
    belonging: tuple[Belonging, ...] = ()
    points: tuple[Point, ...] = ()
    curve: Picture | None = None
    months: tuple[tuple[Month, tuple[str, ...], tuple[str, ...]], ...] = ()
    timeline: Picture | None = None
    sources: tuple[tuple[str, str], ...] = ()  # what the bars are made of: key and name, from the bottom up
    shown: str = ""
    assumptions: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    problem: str = ""


def case_check(
    members: Sequence[Member],
    names: Sequence[str],
    facts: Facts,
    *,
    apart: Iterable[str],
    scenario: str = "",
    rent_level: int | None,
    book: Book,
    on: date,
) -> CaseCheck:
    """Return the whole check; `names` are those of the members, `apart` the keys of who keeps house alone.

    `scenario` is the id of the one whose twelve months are shown; the usual one is the loss of a job.
    """
    try:
        described = describe(members, facts, rent_level, on)
        household = _set_apart(described.household, set(apart))
        law = library.law_of(settings.TRAGNETZ_LAW, on)
        now, then = compare(household, law, on, book)
        me = household.asking
        points = curve(household, me.id, law, on, book)
        chosen = next((one for one, _found in then if one.id == scenario), None) or _usual(then)
        months = twelve_months(household, chosen, law, on, book) if chosen else []
        borders = thresholds(household, law, on, book, SEARCHED)
    except (HouseholdError, library.LawError) as error:
        return CaseCheck(problem=str(error))
    called = _called(household, names)
    texts = [*(OURS[key] for key in described.assumptions), *(ASSUMPTIONS[one.key] for one in now.assumptions)]
    return CaseCheck(
        now=now,
        household=household,
        lines=tuple(line_of(one) for one in now.findings if one.truth == "yes"),
        possible=tuple(line_of(one, asks=_asked(one.asks)) for one in now.findings if one.truth == "unknown"),
        options=tuple(
            Option(
                one.id,
                " · ".join(part for part in (_scenario(one.key, one.number), called.get(one.person, "")) if part),
                found.disposable_m,
                round(found.disposable_m - now.disposable_m, 2),
                tuple(line_of(finding) for finding in found.findings if finding.paid_m),
            )
            for one, found in then
        ),
        hints=tuple(_hint(one) for one in borders),
        comparison=_comparison(now),
        belonging=_belonging(household, now, called),
        points=tuple(points[::EVERY]),
        curve=curve_picture(
            [point.wage_m for point in points],
            {"disposable": [point.disposable_m for point in points]}
            | {name: [point.benefits[name] for point in points] for name in SEARCHED},
        ),
        months=tuple(
            (
                month,
                tuple(f"{_source(now, key)} {grouped(round(amount))} €" for key, amount in month.arrives.items()),
                tuple(BRIDGES[key] for key in month.bridges),
            )
            for month in months
        ),
        timeline=bars_picture(
            [f"{month.starts:%m/%y}" for month in months],
            [month.arrives for month in months],
            [month.need_m for month in months],
        )
        if months
        else None,
        sources=tuple((key, _source(now, key)) for key in dict.fromkeys(key for one in months for key in one.arrives)),
        shown=chosen.id if chosen else "",
        assumptions=tuple(dict.fromkeys(texts)),
        to_check=(
            *(TO_CHECK[key] for key in now.to_check),
            *(
                f"{german_name(one)}: {one.checked.note['de']}"
                for one in now.findings
                if one.truth == "yes" and one.checked and one.checked.note
            ),
        ),
    )


def _usual(then: Sequence[tuple[Scenario, Check]]) -> Scenario | None:
    """Return the scenario to show first: the loss of a job where there is one."""
    found = [one for one, _found in then]
    return next((one for one in found if one.key == "job_loss"), found[0] if found else None)


def _comparison(now: Check) -> tuple[float, float] | None:
    """Return the claims to Wohngeld with Kinderzuschlag and to Grundsicherungsgeld, when there are both."""
    first = sum(now.finding(name).claim_m or 0.0 for name in ("wohngeld", "kinderzuschlag"))
    second = now.finding("grundsicherungsgeld").claim_m or 0.0
    return (round(first, 2), second) if first and second else None


def content_of(found: CaseCheck) -> str:
    """Return what a record keeps of a check: the household as it was, and what came out."""
    if found.now is None or found.household is None:
        return ""
    kept = {
        "household": found.household.model_dump(mode="json", exclude_defaults=True),
        "disposable_m": found.now.disposable_m,
        "paid": {one.benefit: one.paid_m for one in found.now.findings if one.truth == "yes"},
    }
    return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Past:
    """A kept check: the row, what was paid by name, and what is different from the one before it."""

    record: Record
    disposable_m: float
    paid: tuple[tuple[str, float | None], ...]
    changes: tuple[Any, ...] = ()


def history(records: Iterable[Record], book: Book) -> list[Past]:
    """Return kept checks in words, the newest first."""
    found, names = [], names_of(book)
    for record in records:
        content = json.loads(record.content)
        paid = tuple((benefit_name(key, names), amount) for key, amount in content["paid"].items())
        found.append(Past(record, float(content["disposable_m"]), paid))
    return found


def _set_apart(household: Household, apart: set[str]) -> Household:
    persons = tuple(
        person.model_copy(update={"apart": True}) if person.id in apart and person.role != "self" else person
        for person in household.persons
    )
    return household.model_copy(update={"persons": persons})


def _called(household: Household, names: Sequence[str]) -> dict[str, str]:
    """Return a name for each person: the member's, else what it is to the one who asks."""
    given = {f"p{number}": name for number, name in enumerate(names, start=1)}
    roles = {
        "self": _("fragt selbst"),
        "partner": _("Partner oder Partnerin"),
        "child": _("Kind"),
        "other": _("andere"),
    }
    return {person.id: given.get(person.id) or roles[person.role] for person in household.persons}


def _belonging(household: Household, now: Check, called: dict[str, str]) -> tuple[Belonging, ...]:
    groups = {first: number for number, first in enumerate(dict.fromkeys(now.families), start=1)}
    return tuple(
        Belonging(person.id, called[person.id], groups[first], bool(person.apart), person.role != "self")
        for person, first in zip(household.persons, now.families, strict=True)
    )


def _scenario(key: str, number: float | None) -> str:
    text = SCENARIOS[key]
    if key == "child_turns" and number is not None:
        return _("Kind wird %d") % number
    if key == "more_hours" and number is not None:
        return _("%d Stunden in der Woche") % number
    return text


def _source(now: Check, key: str) -> str:
    return SOURCES.get(key) or _name(now, key)


def _name(now: Check, key: str) -> str:
    return german_name(now.finding(key))


def _hint(one: Threshold) -> str:
    fact = _("Lohn") if one.fact == "wage_m" else _("Kaltmiete")
    side = _("bis") if one.below else _("ab")
    return f"{NAMES[one.benefit]}: {side} {fact} {grouped(round(one.value))} €"


def _asked(asks: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{_('bekommt jemand')} {benefit_name(name.removeprefix('receives:'), NAMES)}"
        if name.startswith("receives:")
        else str((WORDS_FOR_CODES | WORDS_FOR_NUMBERS).get(name, FACTS[name].meaning))
        for name in asks
    )
