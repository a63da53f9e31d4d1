"""Who decides, as rules: the offices of an authority, and the way of those whom an office sends on to another one.

One walk for all: the page that answers a person and the search for faults in the data take the same steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Condition, Group, Rule, Truth, Verdict, evaluate, parse_rule

_ORDER = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}


@dataclass(frozen=True, slots=True)
class Post:
    """An office as rules: where it is responsible (`area`), for whom (`rule`), who takes the others (`otherwise`)."""

    key: str
    authority: str
    area: Rule | None = None
    rule: Rule | None = None
    otherwise: str = ""

    @property
    def whole(self) -> Rule | None:
        """Area and rule in one."""
        parts = tuple(part for part in (self.area, self.rule) if part is not None)
        return Group("all", parts) if len(parts) > 1 else next(iter(parts), None)


def post_of(
    *, key: str, authority: str, districts: Iterable[str], when: Mapping[str, object] | None, otherwise: str | None
) -> Post:
    """Return an office as it stands in data as rules."""
    area = frozenset(districts)
    return Post(
        key=key,
        authority=authority,
        area=Condition("district", "in", area) if area else None,
        rule=parse_rule(when) if when else None,
        otherwise=otherwise or "",
    )


type Posts = Mapping[str, Sequence[Post]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an office says to a household."""

    post: Post
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Station:
    """An authority on the way, with what each of its offices says: those that take the household first."""

    authority: str
    standings: tuple[Standing, ...]

    def that_say(self, truth: Truth) -> list[Standing]:
        """Return the offices with one answer, in the order of the data."""
        return [standing for standing in self.standings if standing.verdict.truth is truth]


class End(Enum):
    """How a way ends."""

    FOUND = "found"  # one office takes the household, none of the others could
    LIKELY = "likely"  # one office takes it, another one could too
    OPEN = "open"  # it depends on what is not known yet
    SEVERAL = "several"  # more than one office takes it
    NOBODY = "nobody"  # no office takes it, and none says who does
    ROUND = "round"  # it comes back to an authority that has sent it away
    ELSEWHERE = "elsewhere"  # the authority has no office in this city


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a household from authority to authority, and what would have to be asked to be sure of its end."""

    stations: tuple[Station, ...]
    end: End
    missing: tuple[Condition, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The authorities on the way, in order."""
        return tuple(station.authority for station in self.stations)

    @property
    def last(self) -> Station:
        """Where the way ends."""
        return self.stations[-1]


def route(authority: str, facts: Facts, posts: Posts) -> Route:
    """Return the way from an authority to the office that decides. No authority is asked twice, so it always ends."""
    stations: list[Station] = []
    while True:
        standings = [Standing(post, evaluate(post.whole, facts)) for post in posts.get(authority, ())]
        standings.sort(key=lambda one: _ORDER[one.verdict.truth])
        station = Station(authority, tuple(standings))
        if authority in {one.authority for one in stations}:
            return Route((*stations, station), End.ROUND)
        stations.append(station)
        end, missing = _end(station)
        if end is not None:
            return Route(tuple(stations), end, missing)
        onward, missing = _onward(station, facts)
        if not onward:
            return Route(tuple(stations), End.OPEN if missing else End.NOBODY, missing)
        authority = onward


def _end(station: Station) -> tuple[End | None, tuple[Condition, ...]]:
    """Tell how the way ends here; not at all when every office says no."""
    taking, maybe = station.that_say(Truth.YES), station.that_say(Truth.UNKNOWN)
    if not station.standings:
        return End.ELSEWHERE, ()
    if len(taking) > 1:
        return End.SEVERAL, ()
    if not taking and not maybe:
        return None, ()
    if not maybe:
        return End.FOUND, ()
    missing = tuple(dict.fromkeys(condition for one in maybe for condition in one.verdict.missing))
    return (End.LIKELY if taking else End.OPEN), missing


def _onward(station: Station, facts: Facts) -> tuple[str, tuple[Condition, ...]]:
    """Return to whom the offices send a household that none of them takes; else what decides about it.

    An office sends on those of its area whom its rule excludes; whoever lives elsewhere was never its business.
    """
    areas = [
        (one.post, evaluate(one.post.area, facts))
        for one in station.standings
        if evaluate(one.post.rule, facts).truth is Truth.NO
    ]
    sure = [post.otherwise for post, area in areas if area.truth is Truth.YES]
    open_areas = [(post, area) for post, area in areas if area.truth is Truth.UNKNOWN]
    if open_areas and (not sure or len({*sure, *(post.otherwise for post, _area in open_areas)}) > 1):
        return "", tuple(dict.fromkeys(condition for _post, area in open_areas for condition in area.missing))
    return next((authority for authority in sure if authority), ""), ()
