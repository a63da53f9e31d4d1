"""Reads: the estimate for a household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from tragnetz.benefits import library
from tragnetz.benefits.check import Finding, check
from tragnetz.benefits.household import HouseholdError
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.table import reason
from tragnetz.benefits.texts import ASSUMPTIONS, TO_CHECK, german_name
from tragnetz.eligibility.facts import Facts
from tragnetz.screening.households import Member, describe
from tragnetz.screening.texts import OURS

NEEDED = ("gross_wage", "rent")  # without both an estimate says nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One benefit in words: name, EUR a month claimed and paid, and why."""

    key: str
    name: str
    claim_m: float
    paid_m: float
    statute: str
    why: str
    adds: bool
    asks: tuple[str, ...] = ()
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a household may claim on a day, in words; or why nothing can be said (`problem`)."""

    lines: tuple[Line, ...] = ()
    total_m: float = 0.0
    law_of: date | None = None
    assumptions: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    problem: str = ""


def estimate(
    members: Iterable[Member], facts: Facts, *, rent_level: int | None, book: Book, on: date
) -> Estimate | None:
    """Return the estimate for a household; nothing when wage and rent are both unknown."""
    if not any(name in facts for name in NEEDED) and facts.get("employment") != "unemployed":
        return None
    try:
        described = describe(members, facts, rent_level, on)
        law = library.law_of(settings.TRAGNETZ_LAW, on)
        found = check(described.household, law, on, book)
    except (HouseholdError, library.LawError) as error:
        return Estimate(problem=str(error))
    lines = tuple(line_of(finding) for finding in found.findings if finding.claim_m)
    texts = [*(OURS[key] for key in described.assumptions), *(ASSUMPTIONS[one.key] for one in found.assumptions)]
    return Estimate(
        lines=lines,
        total_m=round(sum(one.paid_m or 0.0 for one in found.findings if one.kind == "money" and one.adds), 2),
        law_of=found.law_of,
        assumptions=tuple(dict.fromkeys(texts)),
        to_check=tuple(TO_CHECK[key] for key in found.to_check),
    )


def line_of(finding: Finding, asks: tuple[str, ...] = ()) -> Line:
    """Return a finding in words; `asks` are the questions that would decide it."""
    return Line(
        finding.benefit,
        german_name(finding),
        finding.claim_m or 0.0,
        finding.paid_m or 0.0,
        finding.statute,
        reason(finding),
        adds=finding.kind == "money" and finding.adds,
        asks=asks,
        checked=finding.checked is None or finding.checked.state == "confirmed",
    )
