"""Finds, before people do, for whom rules name no office, several offices, or send round in a circle.

Instead of trying all households, the search asks only what decides: it follows the way of a household of whom nothing
is known, and where that depends on a fact, goes on with one value of each kind that the rules can tell apart. So each
possible household stands under exactly one end of the tree, and the answer is complete unless a limit was reached.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations

from tragnetz.eligibility.circles import Deadlock
from tragnetz.eligibility.facts import FACTS, Facts, FactValue, Kind
from tragnetz.eligibility.routes import End, Post, Posts, Route, route
from tragnetz.eligibility.rules import Condition, Rule, Truth, conditions_of

MOST_HOUSEHOLDS = 5_000
MOST_KEYS = 6  # of a set of which all combinations are tried; of larger sets the pairs, and all together


class Trouble(Enum):
    """What can be wrong with responsibility, the worst first."""

    ROUND = "round"
    NOBODY = "nobody"
    SEVERAL = "several"


_TROUBLES = {End.ROUND: Trouble.ROUND, End.NOBODY: Trouble.NOBODY, End.SEVERAL: Trouble.SEVERAL}
_BY_WEIGHT = list(Trouble)


@dataclass(frozen=True, slots=True)
class Finding:
    """A household with its trouble: the authorities on its way, and the offices that all claim it.

    The household is minimal: without any one of its facts the trouble would not be sure.
    """

    trouble: Trouble
    path: tuple[str, ...]
    posts: tuple[str, ...]
    household: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found, among how many sorts of households; `complete` is false when a limit was reached."""

    findings: tuple[Finding, ...]
    households: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What to call that of which findings speak. `issued` are the papers that an authority gives out, by its key.

    `places` may name papers and situations, too: whoever has no database says of all that rules name what it is called.
    """

    authorities: Mapping[str, str]
    offices: Mapping[str, str]
    services: Mapping[str, str]
    places: Mapping[str, str]
    papers: Mapping[str, str]
    issued: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Review:
    """All that was found in the offices and services of a city."""

    survey: Survey
    deadlocks: Sequence[Deadlock]
    names: Names

    @property
    def goes_round(self) -> bool:
        """Whether somebody is sent round in a circle, or waits in one: the faults that nobody can live with."""
        return bool(self.deadlocks) or any(one.trouble is Trouble.ROUND for one in self.survey.findings)


@dataclass(frozen=True, slots=True)
class Values:
    """One value of each kind that rules can tell apart, a fact; `complete` as at `Survey`."""

    of: Mapping[str, tuple[FactValue, ...]]
    complete: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where households can live: the districts of the city, each with its localities."""

    districts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """All values of the facts that name a place."""
        localities = tuple(key for keys in self.districts.values() for key in keys)
        return {"district": tuple(self.districts), "locality": localities}

    def has(self, household: Facts) -> bool:
        """Whether somebody can live there: in no Ortsteil of another district."""
        district, locality = household.get("district"), household.get("locality")
        return district is None or locality is None or locality in self.districts.get(str(district), ())


def survey(posts: Iterable[Post], places: Places) -> Survey:
    """Return all troubles of these offices, each with minimal households."""
    by_authority: dict[str, list[Post]] = {}
    for post in posts:
        by_authority.setdefault(post.authority, []).append(post)
    values = values_of((post.whole for rows in by_authority.values() for post in rows), places)
    findings: dict[tuple[object, ...], Finding] = {}
    households, complete = 0, values.complete
    for authority in by_authority:
        of_here: list[Finding] = []
        for facts, found in _ends(authority, by_authority, values, places):
            households += 1
            if households > MOST_HOUSEHOLDS:
                complete = False
                break
            trouble = _TROUBLES.get(found.end)
            if trouble is not None and not any(_covers(one, trouble, facts) for one in of_here):
                of_here.append(_minimal(authority, facts, found, by_authority))
        findings.update({_identity(one): one for one in of_here if _identity(one) not in findings})
    kept = [finding for finding in findings.values() if not _told_already(finding, findings.values())]
    kept.sort(key=lambda one: _BY_WEIGHT.index(one.trouble))
    return Survey(tuple(kept), min(households, MOST_HOUSEHOLDS), complete)


def _covers(finding: Finding, trouble: Trouble, facts: Facts) -> bool:
    return finding.trouble is trouble and finding.household.items() <= facts.items()


def _ends(authority: str, posts: Posts, values: Values, places: Places) -> Iterator[tuple[dict[str, FactValue], Route]]:
    """Walk the tree of households: those at which the way is sure."""
    waiting: list[dict[str, FactValue]] = [{}]
    while waiting:
        facts = waiting.pop()
        found = route(authority, facts, posts)
        if not found.missing:
            yield facts, found
            continue
        fact = found.missing[0].fact
        more = [facts | {fact: value} for value in values.of[fact]]
        waiting.extend(household for household in reversed(more) if places.has(household))


def values_of(rules: Iterable[Rule | None], places: Places) -> Values:
    """Return, for each fact that the rules name, one value of each kind that they can tell apart; of places all."""
    tested: dict[str, list[Condition]] = {}
    for rule in rules:
        for condition in conditions_of(rule):
            tested.setdefault(condition.fact, []).append(condition)
    found: dict[str, tuple[FactValue, ...]] = {}
    complete = True
    for fact, conditions in tested.items():
        kind = FACTS[fact].kind
        if kind is Kind.BOOLEAN:
            found[fact] = (True, False)
        elif kind is Kind.NUMBER:
            found[fact] = _numbers(conditions)
        elif kind in {Kind.SET, Kind.KEYS}:
            found[fact], all_tried = _sets(_named(conditions))
            complete = complete and all_tried
        elif kind is Kind.KEY:
            found[fact] = places.values[fact]
        else:
            found[fact] = _choices(_named(conditions), FACTS[fact].values)
    return Values(found, complete)


def _numbers(conditions: Iterable[Condition]) -> tuple[int, ...]:
    """Return the first number of each stretch between the limits; of the lowest one the number next to its limit."""
    starts: set[int] = set()
    for condition in conditions:
        limit = condition.value if isinstance(condition.value, int) else 0
        starts |= {"at_least": {limit}, "at_most": {limit + 1}, "is": {limit, limit + 1}}[condition.operator]
    starts.discard(0)
    return (*((min(starts) - 1,) if starts else (0,)), *sorted(starts))


def _named(conditions: Iterable[Condition]) -> list[str]:
    named: dict[str, None] = {}
    for condition in conditions:
        value = condition.value
        named.update(dict.fromkeys(sorted(value) if isinstance(value, frozenset) else [str(value)]))
    return list(named)


def _choices(named: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return what the rules name, and one value that they do not."""
    return (*named, *[value for value in known if value not in named][:1])


def _sets(named: Sequence[str]) -> tuple[tuple[frozenset[str], ...], bool]:
    sizes = range(len(named) + 1) if len(named) <= MOST_KEYS else (0, 1, 2, len(named))
    return tuple(frozenset(chosen) for size in sizes for chosen in combinations(named, size)), len(named) <= MOST_KEYS


def _minimal(authority: str, facts: dict[str, FactValue], found: Route, posts: Posts) -> Finding:
    """Drop what does not matter, until each fact does."""
    household = dict(facts)
    while True:
        shorter = (less for less in _shorter(household) if route(authority, less, posts).end is found.end)
        less = next(shorter, None)
        if less is None:
            break
        household = less
    last = route(authority, household, posts)
    claiming = tuple(one.post.key for one in last.last.that_say(Truth.YES)) if found.end is End.SEVERAL else ()
    return Finding(_TROUBLES[found.end], last.path, claiming, household)


def _shorter(household: dict[str, FactValue]) -> Iterator[dict[str, FactValue]]:
    """Return a household with one fact less, or with one member of a set less."""
    for fact in household:
        yield {name: value for name, value in household.items() if name != fact}
    for fact, value in household.items():
        for member in sorted(value) if isinstance(value, frozenset) else []:
            yield household | {fact: value.difference({member})}  # type: ignore[union-attr]  # a set, as just seen


def _identity(finding: Finding) -> tuple[object, ...]:
    """Return what makes two findings one: a circle is the same from wherever one enters it."""
    household = frozenset(finding.household.items())
    if finding.trouble is Trouble.ROUND:
        return finding.trouble, frozenset(_circle(finding.path)), household
    return finding.trouble, finding.path, finding.posts, household


def _circle(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[path.index(path[-1]) : -1]


def _told_already(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether another finding says the same from further down the way, of no more particular a household."""
    return any(
        other.trouble is finding.trouble
        and len(other.path) < len(finding.path)
        and finding.path[-len(other.path) :] == other.path
        and other.household.items() <= finding.household.items()
        for other in others
    )
