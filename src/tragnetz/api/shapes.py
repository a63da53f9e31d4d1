"""What goes in and out, as the OpenAPI document describes it."""

from datetime import date

from ninja import Schema
from pydantic import BaseModel, ConfigDict

from tragnetz.benefits.check import Check, Finding
from tragnetz.benefits.household import Household
from tragnetz.benefits.texts import german_name


class CheckIn(BaseModel):
    """A household and, if not for today, the day for which to compute."""

    model_config = ConfigDict(extra="forbid")

    household: Household
    on: date | None = None


class ReasonOut(Schema):
    """A condition in words, whether it holds (`yes`, `no`, `unknown`), and the facts that would tell."""

    text: dict[str, str]
    truth: str
    asks: list[str]


class FigureOut(Schema):
    """A figure that decided, EUR a month."""

    key: str
    amount: float


class FindingOut(Schema):
    """A benefit. `claim_m` before what has priority, `paid_m` after it, EUR a month; null where law names no amount."""

    benefit: str
    name: str
    statute: str
    truth: str
    kind: str
    claim_m: float | None
    paid_m: float | None
    adds: bool
    persons: list[str]
    first: list[str]
    figures: list[FigureOut]
    reasons: list[ReasonOut]
    to_check: bool


class AssumptionOut(Schema):
    """What was assumed because it is not known, and for which person."""

    key: str
    person: str


class CheckOut(Schema):
    """An estimate, no decision: the office decides."""

    on: date
    law_of: date
    disposable_m: float
    findings: list[FindingOut]
    families: list[str]
    assumptions: list[AssumptionOut]


class FaultOut(Schema):
    """What is wrong, and in which field."""

    field: str
    reason: str


class FaultsOut(Schema):
    """All that is wrong with what was sent."""

    errors: list[FaultOut]


def check_out(found: Check) -> CheckOut:
    """Return a check as it is sent."""
    return CheckOut(
        on=found.on,
        law_of=found.law_of,
        disposable_m=found.disposable_m,
        findings=[_finding(one) for one in found.findings],
        families=list(found.families),
        assumptions=[AssumptionOut(key=one.key, person=one.person) for one in found.assumptions],
    )


def _finding(one: Finding) -> FindingOut:
    return FindingOut(
        benefit=one.benefit,
        name=german_name(one),
        statute=one.statute,
        truth=one.truth,
        kind=one.kind,
        claim_m=one.claim_m,
        paid_m=one.paid_m,
        adds=one.adds,
        persons=list(one.persons),
        first=list(one.first),
        figures=[FigureOut(key=figure.key, amount=figure.amount) for figure in one.figures],
        reasons=[ReasonOut(text=dict(row.text), truth=row.truth, asks=list(row.asks)) for row in one.reasons],
        to_check=one.checked is not None and one.checked.state == "to_check",
    )
