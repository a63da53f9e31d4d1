"""A rule tried: what it says, whom of the example households it fits and why, and whether it can hold at all."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from tragnetz.directory.models import ExampleHousehold
from tragnetz.directory.prose import rule_sentence
from tragnetz.directory.sentences import Requirement, requirements
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.reach import clashes, reach_of
from tragnetz.eligibility.rules import Rule, Truth, evaluate
from tragnetz.workspace.catalogue.prerequisites.words import short

VERDICTS = {
    Truth.YES: gettext_lazy("passt"),
    Truth.UNKNOWN: gettext_lazy("noch unklar"),
    Truth.NO: gettext_lazy("passt nicht"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One household: whether the rule fits, and the conditions that decided."""

    household: ExampleHousehold
    truth: str
    verdict: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """All that the page tells about a rule."""

    sentence: str
    requirements: list[Requirement]
    tried: list[Tried]
    counts: list[tuple[str, str, int]]
    never: bool
    always: bool
    clashes: list[tuple[str, str]]


def try_rule(rule: Rule | None) -> Trial:
    """Try a rule on the network's example households."""
    tried = [_tried(rule, household) for household in ExampleHousehold.objects.all()]
    reach = reach_of(rule) if rule is not None else None
    return Trial(
        sentence=rule_sentence(rule),
        requirements=requirements(rule),
        tried=tried,
        counts=[
            (truth.value, str(word), sum(1 for one in tried if one.truth == truth.value))
            for truth, word in VERDICTS.items()
        ],
        never=reach is not None and reach.can_hold is False,
        always=reach is not None and reach.can_fail is False,
        clashes=[(short(one), short(other)) for one, other in clashes(rule)],
    )


def _tried(rule: Rule | None, household: ExampleHousehold) -> Tried:
    facts = clean_facts(household.facts)
    verdict = evaluate(rule, facts)
    decided = {Truth.YES: verdict.met, Truth.UNKNOWN: verdict.missing, Truth.NO: verdict.failed}[verdict.truth]
    reasons = [short(condition, facts.get(condition.fact)) for condition in decided]
    return Tried(household, verdict.truth.value, str(VERDICTS[verdict.truth]), reasons)
