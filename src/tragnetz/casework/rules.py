"""Decisions on enquiries: pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Truth, Verdict, evaluate, parse_rule


class Fit(NamedTuple):
    """Whether a programme may take this person, and what decides it."""

    programme: str
    verdict: Verdict


def fits(target_groups: Iterable[tuple[str, Mapping[str, Any]]], facts: Facts) -> list[Fit]:
    """Return each programme's verdict, those that fit first. No fit never means no help."""
    order = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}
    found = [Fit(key, evaluate(parse_rule(rule) if rule else None, facts)) for key, rule in target_groups]
    return sorted(found, key=lambda fit: order[fit.verdict.truth])
