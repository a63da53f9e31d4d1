"""What a template proposes for the answers that were given: each item with a key by which it is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.texts import NAMES
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.plans.book import GoalTemplate, Hint, Plan, StepTemplate
from tragnetz.deadlines.book import rules
from tragnetz.network.models import Network

PAPER_DAYS = 7


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """A step, until when, and the statute that it rests on; `checked` says whether somebody has read it."""

    key: str
    text: str
    owner: str
    due_on: date
    statute: str = ""
    as_of: date | None = None
    checked: bool = False

    @property
    def agreed(self) -> str:
        """The text that goes into the case: with its statute, and that nobody has read it yet."""
        if not self.statute:
            return self.text
        return f"{self.text.rstrip('.')} ({self.statute}{'' if self.checked else _(', zu prüfen')})."


@dataclass(frozen=True, slots=True)
class ProposedGoal:
    """A goal, until when, with its steps."""

    key: str
    template: GoalTemplate
    due_on: date
    steps: tuple[ProposedStep, ...]


@dataclass(frozen=True, slots=True)
class ProposedDeadline:
    """A deadline of the law with its sum; `checked` says whether somebody has read the statute."""

    key: str
    asked: Asked
    name: str
    statute: str
    checked: bool
    due_on: date


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A benefit that may be claimed: name, statute, and whether that was read."""

    key: str
    benefit: str
    name: str
    statute: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a template proposes."""

    goals: tuple[ProposedGoal, ...]
    deadlines: tuple[ProposedDeadline, ...]
    claims: tuple[ProposedClaim, ...]
    papers: ProposedStep | None
    hints: tuple[Hint, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all that can be ticked."""
        steps = [step.key for goal in self.goals for step in goal.steps]
        papers = [self.papers.key] if self.papers else []
        goals, deadlines = [goal.key for goal in self.goals], [one.key for one in self.deadlines]
        return frozenset([*goals, *steps, *deadlines, *(claim.key for claim in self.claims), *papers])


def proposal(
    plan: Plan, *, network: Network, book: Book, start_on: date, answers: frozenset[str], today: date
) -> Proposal:
    """Return what is proposed. A deadline that is over, or has no day, is left out: there a person has to count."""
    return Proposal(
        goals=tuple(_goal(goal, answers, today) for goal in plan.goals if goal.fits(answers)),
        deadlines=tuple(_deadlines(plan, network, start_on, answers, today)),
        claims=tuple(_claims(plan, book, answers)),
        papers=_papers(plan, today),
        hints=tuple(hint for hint in plan.hints if hint.fits(answers)),
    )


def _goal(goal: GoalTemplate, answers: frozenset[str], today: date) -> ProposedGoal:
    steps = [
        _step(f"step-{goal.key}-{number}", step, today)
        for number, step in enumerate(goal.steps, start=1)
        if step.fits(answers)
    ]
    return ProposedGoal(f"goal-{goal.key}", goal, today + timedelta(weeks=goal.weeks), tuple(steps))


def _step(key: str, step: StepTemplate, today: date) -> ProposedStep:
    due_on = today + timedelta(days=step.days)
    return ProposedStep(key, step.text, step.owner, due_on, step.statute or "", step.as_of, step.checked)


def _deadlines(
    plan: Plan, network: Network, start_on: date, answers: frozenset[str], today: date
) -> list[ProposedDeadline]:
    found = []
    for one in plan.deadlines:
        asked, rule = Asked(one.rule, start_on), rules()[one.rule]
        due = sum_of(network, asked).due_on if one.fits(answers) else None
        if due is not None and due >= today:
            found.append(ProposedDeadline(f"deadline-{one.rule}", asked, rule.name, rule.statute, rule.checked, due))
    return found


def _claims(plan: Plan, book: Book, answers: frozenset[str]) -> list[ProposedClaim]:
    by_key = {rule.key: rule for rule in book.rules}
    names: Mapping[str, str] = {key: str(name) for key, name in NAMES.items()}
    found = []
    for one in plan.claims:
        rule = by_key.get(one.key)
        name = rule.format.name["de"] if rule is not None else names.get(one.key)
        if name is None or not one.fits(answers):  # a city without this rule
            continue
        checked = rule is None or rule.checked().state == "confirmed"
        statute = rule.format.statute if rule is not None else ""
        found.append(ProposedClaim(f"claim-{one.key}", one.key, name, statute, checked))
    return found


def _papers(plan: Plan, today: date) -> ProposedStep | None:
    if not plan.papers:
        return None
    text = _("Papiere sammeln: %s") % ", ".join(plan.papers)
    return ProposedStep("papers", text, "person", today + timedelta(days=PAPER_DAYS))
