"""Finds help that waits for itself: services and offices of which each asks for what only the next one gives.

What people must have before, and what they get, are things: benefits and papers. What nobody here gives is taken as
within reach: it comes from an employer, a landlord, another city.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.routes import Posts
from tragnetz.eligibility.rules import Condition, Group, Rule, parse_rule

type Thing = tuple[str, str]  # a fact and one of its values: ("benefits", "wohngeld"), ("papers", "mietvertrag")

_HAD = frozenset({"benefits", "papers"})
_BENEFITS = frozenset(FACTS["benefits"].values)
_OFFICE = "authority:"  # no key of a service holds a colon


@dataclass(frozen=True, slots=True)
class Giver:
    """A service, or the offices of an authority, as rules: what they give, and what they ask for before."""

    key: str
    gives: frozenset[Thing]
    needs: Rule | None = None


class Asking(NamedTuple):
    """A service as it stands in data: what it asks for before, and the benefits of rules that it is under its name."""

    key: str
    prerequisites: Mapping[str, object] | None = None
    gives: Sequence[str] = ()
    papers: Sequence[str] = ()


class Issued(NamedTuple):
    """A paper with who gives it out, an authority or a service by their keys; neither where nobody here does."""

    paper: str
    authority: str = ""
    service: str = ""


def givers_of(services: Iterable[Asking], papers: Iterable[Issued], posts: Posts) -> list[Giver]:
    """Return services and the authorities that give papers out, as they stand in data, as rules."""
    papers = list(papers)
    by_service: dict[str, list[str]] = {}
    for one in papers:
        if one.service:
            by_service.setdefault(one.service, []).append(one.paper)
    found = [
        giver_of(row.key, row.prerequisites, gives=row.gives, papers=row.papers, issues=by_service.get(row.key, ()))
        for row in services
    ]
    return found + [issuer_of(key, issues, posts) for key, issues in issued_by(papers).items()]


def issued_by(papers: Iterable[Issued]) -> dict[str, list[str]]:
    """Return the papers that each authority gives out by itself, by their keys."""
    found: dict[str, list[str]] = {}
    for one in papers:
        if one.authority:
            found.setdefault(one.authority, []).append(one.paper)
    return found


def authority_of(giver: str) -> str:
    """Return the authority whose offices a giver's key stands for; empty for a service."""
    return giver.removeprefix(_OFFICE) if giver.startswith(_OFFICE) else ""


def giver_of(
    key: str,
    prerequisites: Mapping[str, object] | None,
    *,
    gives: Iterable[str] = (),
    papers: Iterable[str] = (),
    issues: Iterable[str] = (),
) -> Giver:
    """Return a service as it stands in data as rules.

    It gives the benefit whose name it bears, those that it says it `gives`, and the papers that it `issues`. It asks
    for what its rule asks for, and for all its `papers`.
    """
    needs = [parse_rule(prerequisites)] if prerequisites else []
    needs += [Condition("papers", "includes", paper) for paper in papers]
    benefits = ({key} | set(gives)) & _BENEFITS
    given = frozenset({("benefits", one) for one in benefits} | {("papers", one) for one in issues})
    return Giver(key, given, _all(needs))


def issuer_of(authority: str, issues: Iterable[str], posts: Posts) -> Giver:
    """Return the offices of an authority as who gives out papers: to whom they, or those they send on to, take."""
    return Giver(f"{_OFFICE}{authority}", frozenset(("papers", one) for one in issues), _taken(authority, posts))


def _taken(authority: str, posts: Posts) -> Rule | None:
    """Return whom the offices of an authority take, or those to which they send the others; nothing for everybody."""
    rules: list[Rule] = []
    waiting, asked = [authority], set()
    while waiting:
        key = waiting.pop()
        if not posts.get(key):
            return None  # no office here: how another city or the country does it is not known
        asked.add(key)
        for post in posts[key]:
            whole = post.whole
            if whole is None:
                return None
            rules.append(whole)
            if post.otherwise and post.otherwise not in asked:
                waiting.append(post.otherwise)
    return Group("any", tuple(rules))


def _all(rules: Sequence[Rule]) -> Rule | None:
    return Group("all", tuple(rules)) if len(rules) > 1 else next(iter(rules), None)


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Givers of which each waits for what only the next one gives, the last for the first: (giver, thing)."""

    waiting: tuple[tuple[str, Thing], ...]


def deadlocks(givers: Iterable[Giver]) -> list[Deadlock]:
    """Return circles of givers that nobody can enter who does not have one of their things already."""
    givers = list(givers)
    given = {thing for giver in givers for thing in giver.gives}
    reached: set[Thing] = set()
    stuck = givers
    while True:
        locked = given - reached
        free: list[Giver] = []
        waiting: list[Giver] = []
        for giver in stuck:
            (free if _can_begin(giver.needs, locked, negated=False) else waiting).append(giver)
        if not free:
            break
        reached |= {thing for giver in free for thing in giver.gives}
        stuck = waiting
    found: dict[frozenset[str], Deadlock] = {}
    for giver in stuck:
        circle = _waiting_circle(giver, stuck, given - reached)
        found.setdefault(frozenset(key for key, _thing in circle), Deadlock(circle))
    return list(found.values())


def _can_begin(rule: Rule | None, locked: set[Thing], *, negated: bool) -> bool:
    """Whether somebody without the locked things can fulfil a rule, everything else being as it must."""
    if rule is None:
        return True
    if isinstance(rule, Condition):
        return negated or not (rule.fact in _HAD and _things(rule) <= locked)
    if rule.kind == "not":
        return _can_begin(rule.rules[0], locked, negated=not negated)
    parts = (_can_begin(part, locked, negated=negated) for part in rule.rules)
    return all(parts) if (rule.kind == "all") != negated else any(parts)


def _things(condition: Condition) -> frozenset[Thing]:
    value = condition.value
    keys = value if isinstance(value, frozenset) else {str(value)}
    return frozenset((condition.fact, key) for key in keys)


def _waiting_circle(first: Giver, stuck: Sequence[Giver], locked: set[Thing]) -> tuple[tuple[str, Thing], ...]:
    way: list[tuple[str, Thing]] = []
    giver = first
    while giver.key not in [key for key, _thing in way]:
        thing = next(iter(sorted(_lacking(giver.needs, locked, negated=False))))
        way.append((giver.key, thing))
        giver = next(one for one in stuck if thing in one.gives)
    start = [key for key, _thing in way].index(giver.key)
    return tuple(way[start:])


def _lacking(rule: Rule | None, locked: set[Thing], *, negated: bool) -> frozenset[Thing]:
    """Return the locked things that keep a rule from being fulfilled; empty where nothing keeps it."""
    if rule is None or _can_begin(rule, locked, negated=negated):
        return frozenset()
    if isinstance(rule, Condition):
        return _things(rule)
    flip = negated != (rule.kind == "not")
    return frozenset(thing for part in rule.rules for thing in _lacking(part, locked, negated=flip))
