"""From what was counted to figures: how many, of how many, how sure. Pure; the words stand on the page.

A count of one or two people is hidden, and whatever it could be computed from (`hiding`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tragnetz.casework.claims.enums import Rhythm
from tragnetz.casework.enums import ContactKind, GoalState, LifeDomain
from tragnetz.casework.survival import HALF, Seen, kaplan_meier, time_until
from tragnetz.reporting.outcomes.hiding import LEAST, shown
from tragnetz.reporting.outcomes.statistics import Compared, Estimate, Share, compare, mean, median, share, sign_test
from tragnetz.reporting.outcomes.tally import Tally

WAYS = ("better", "same", "worse")
CHANCE = 0.05
LOW = 2  # levels 1 and 2: acute or great need
SETTLED = frozenset({"rejected", "cancelled", "failed", "completed"})
GIVEN_UP = frozenset({"failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Split:
    """How many people or things, and how many of them are what: by code. Nothing: hidden."""

    name: str
    n: int | None
    parts: Mapping[str, Share | None]

    def count(self, *codes: str) -> int | None:
        """How many are one of some codes; nothing if one of them is hidden."""
        found = [self.parts.get(code) for code in codes]
        return None if None in found else sum(one.hits for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """A domain of life of those with a first and a last level: `before` and `after` are the mean levels.

    `once`: so many have one level only. `p`: how likely as many better or worse ones are by chance alone.
    """

    split: Split
    step: Estimate | None
    before: float | None
    after: float | None
    once: int | None
    p: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came how far: each stage with its share of the stage before it."""

    stages: tuple[tuple[str, int | None, Share | None], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """What offices granted: a benefit, EUR that came every month and once, EUR a month now, households. Nothing: hidden."""

    benefit: str
    monthly: Decimal | None
    once: Decimal | None
    now: Decimal | None
    households: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of cases in a comparison. Nothing: too few to show."""

    key: str
    share: Share | None
    against: Compared


def keys(tally: Tally, first: str) -> Iterator[tuple[list[str], int]]:
    """Return what was counted under a first word: the other words of each key, and the number."""
    for key, number in tally.items():
        head, *rest = key.split("|")
        if head == first and number:
            yield rest, number


def number_of(tally: Tally, key: str) -> int | None:
    """Return a count; nothing if it is hidden."""
    count = tally[key]
    return count if count == 0 or count >= LEAST else None


def split(name: str, counts: Mapping[str, int]) -> Split:
    """Return counts by code as shares of their sum."""
    n = sum(counts.values())
    if n == 0:
        return Split(name, 0, {})
    if n < LEAST:
        return Split(name, None, {})
    keeps = shown(counts.values())
    return Split(
        name,
        n,
        {code: share(count, n) if keep else None for (code, count), keep in zip(counts.items(), keeps, strict=True)},
    )


def splits(rows: Mapping[str, Mapping[str, int]]) -> list[Split]:
    """Return some splits, the largest first, whose sum is known: a small one takes another one along."""
    ordered = sorted(rows.items(), key=lambda row: (-sum(row[1].values()), row[0]))
    keeps = shown(sum(counts.values()) for _name, counts in ordered)
    return [
        split(name, counts) if keep else Split(name, None, {})
        for (name, counts), keep in zip(ordered, keeps, strict=True)
    ]


def moved(tally: Tally, side: str) -> tuple[Split, float]:
    """Return how many households and adults are better in more domains than worse, as one side sees it; and by chance."""
    counts = {way: tally[f"moved|{side}|{number}"] for way, number in zip(WAYS, (1, 0, -1), strict=True)}
    return split("", counts), sign_test(counts["better"], counts["worse"])


def changes(tally: Tally, side: str) -> list[Change]:
    """Return the way from the first to the last level of each domain, as one side sees it."""
    pairs: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for (by, domain, before, after), number in keys(tally, "pair"):
        if by == side:
            pairs[domain][int(before), int(after)] += number
    return [
        _change(domain.value, pairs[domain.value], tally[f"single|{side}|{domain.value}"])
        for domain in LifeDomain
        if domain.value in pairs or tally[f"single|{side}|{domain.value}"]
    ]


def _change(domain: str, pairs: Counter[tuple[int, int]], once: int) -> Change:
    ways = _ways(pairs)
    found = split(domain, ways)
    steps: Counter[int] = Counter()
    for (before, after), number in pairs.items():
        steps[after - before] += number
    if not found.n:
        return Change(found, None, None, None, _visible(once), 1.0)
    # With hidden parts, a mean would let them be computed.
    is_open = None not in found.parts.values()
    before = sum(pair[0] * number for pair, number in pairs.items()) / found.n
    after = sum(pair[1] * number for pair, number in pairs.items()) / found.n
    return Change(
        found, median(steps), before if is_open else None, after if is_open else None, _visible(once),
        sign_test(ways["better"], ways["worse"]),
    )  # fmt: skip


def _ways(pairs: Mapping[tuple[int, int], int]) -> dict[str, int]:
    found = dict.fromkeys(WAYS, 0)
    for (before, after), number in pairs.items():
        found["better" if after > before else "worse" if after < before else "same"] += number
    return found


def by_start(tally: Tally) -> list[Split]:
    """Return what became of levels that were low at first, and of those that were not (regression to the mean)."""
    starts: dict[str, Counter[tuple[int, int]]] = {"low": Counter(), "high": Counter()}
    for (side, _domain, before, after), number in keys(tally, "pair"):
        if side == "ours":
            starts["low" if int(before) <= LOW else "high"][int(before), int(after)] += number
    return [split(name, _ways(pairs)) for name, pairs in starts.items()]


def goals(tally: Tally) -> tuple[Split, list[Split]]:
    """Return what became of goals that ended: all of them, and by domain of life."""
    ends = [state.value for state in GoalState if state is not GoalState.OPEN]
    rows: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ends, 0))
    for (domain, state), number in keys(tally, "goal"):
        rows[domain][state] += number
    whole = {state: sum(row[state] for row in rows.values()) for state in ends}
    return split("", whole), splits(rows)


def values(tally: Tally, first: str) -> dict[int, int]:
    """Return numbers that were counted, with how often each came."""
    return {int(value): number for (value,), number in keys(tally, first)}


def attainment(tally: Tally) -> Estimate | None:
    """Return the mean goal attainment (-2 to 2) of goals that ended, when one last looked at them."""
    return _estimate(mean(values(tally, "attainment")))


def talks(tally: Tally) -> tuple[Estimate | None, Estimate | None]:
    """Return how many talks an ended case had: mean and median."""
    counts = values(tally, "talks")
    return _estimate(mean(counts)), _estimate(median(counts))


def _estimate(found: Estimate | None) -> Estimate | None:
    return found if found is not None and found.n >= LEAST else None


def _visible(count: int) -> int | None:
    return count if count == 0 or count >= LEAST else None


def funnel(stages: Iterable[tuple[str, int]]) -> Funnel:
    """Return stages, each a part of the one before it; a stage that differs by few people from it is hidden."""
    found: list[tuple[str, int | None, Share | None]] = []
    before: int | None = None
    for name, count in stages:
        is_few = 0 < count < LEAST or (before is not None and 0 < before - count < LEAST)
        if is_few:
            found.append((name, None, None))
            continue
        found.append((name, count, share(count, before) if before else None))
        before = count
    return Funnel(tuple(found))


def claim_funnel(tally: Tally, *, renewals: bool) -> Funnel:
    """Return how far claims came: planned, sent, decided, granted."""
    rows = [(row, number) for row, number in keys(tally, "claim") if (row[0] == "t") == renewals]
    sent = sum(number for row, number in rows if row[2] == "t")
    granted = sum(number for row, number in rows if row[3] == "granted")
    decided = granted + sum(number for row, number in rows if row[3] in {"refused", "objection"})
    return funnel(
        [("planned", sum(number for _row, number in rows)), ("sent", sent), ("decided", decided), ("granted", granted)]
    )


def claims(tally: Tally) -> list[Split]:
    """Return for each benefit what offices decided on first claims: granted, refused, refused and fought."""
    rows: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("granted", "refused", "objection"), 0))
    for (renewal, benefit, _sent, stage), number in keys(tally, "claim"):
        if renewal == "f" and stage in {"granted", "refused", "objection"}:
            rows[benefit][stage] += number
    return splits(rows)


def money(tally: Tally) -> tuple[Money, list[Money]]:
    """Return what was granted: all together, and by benefit, the most first."""
    cents: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (benefit, rhythm), number in keys(tally, "eur"):
        cents[benefit][rhythm] += number
    names = sorted(cents, key=lambda one: (-sum(cents[one].values()), one))
    keeps = shown(tally[f"paid|{one}"] for one in names)
    found = [
        _money(tally, one, cents[one]) if keep else Money(one, None, None, None, None)
        for one, keep in zip(names, keeps, strict=True)
    ]
    households = tally["paid"]
    if households < LEAST:
        return Money("", None, None, None, None if households else 0), found
    running = sum(number for _rest, number in keys(tally, "running"))
    sums = {rhythm: sum(row[rhythm] for row in cents.values()) for rhythm in (Rhythm.MONTH, Rhythm.ONCE)}
    whole = Money("", _eur(sums[Rhythm.MONTH]), _eur(sums[Rhythm.ONCE]), _eur(running), households)
    return whole, found


def _money(tally: Tally, benefit: str, cents: Mapping[str, int]) -> Money:
    return Money(
        benefit, _eur(cents.get(Rhythm.MONTH, 0)), _eur(cents.get(Rhythm.ONCE, 0)), _eur(tally[f"running|{benefit}"]),
        tally[f"paid|{benefit}"],
    )  # fmt: skip


def _eur(cents: int) -> Decimal:
    return Decimal(cents) / 100


def referral_funnel(tally: Tally) -> Funnel:
    """Return how far referrals came: sent, accepted, the person came."""
    rows = list(keys(tally, "referral"))
    accepted = sum(number for row, number in rows if row[1] == "t")
    came = sum(number for row, number in rows if row[2] == "t")
    return funnel([("sent", sum(number for _row, number in rows)), ("accepted", accepted), ("came", came)])


def referral_states(tally: Tally) -> Split:
    """Return how referrals stand."""
    return split("", _summed(tally, "referral", 0))


def helped(tally: Tally) -> tuple[Split, Split]:
    """Return what partners say of referrals that are over, and what the persons say themselves."""
    outcomes, told = _summed(tally, "referral", 3), _summed(tally, "referral", 4)
    outcomes.pop("none", None)
    told.pop("none", None)
    return split("partner", outcomes), split("person", told)


def refusals(tally: Tally) -> Split:
    """Return why partners refused."""
    return split("", _summed(tally, "refusal", 0))


def reply_days(tally: Tally) -> tuple[int, int | None]:
    """Return of how many referrals, and after how many days half of them had an answer; who waits counts as waiting."""
    seen = [
        Seen(int(days), number if has else 0, 0 if has else number)
        for (days, answered), number in keys(tally, "reply")
        for has in [answered == "t"]
    ]
    people = sum(row.happened + row.waiting for row in seen)
    return people, time_until(kaplan_meier(seen), HALF) if people >= LEAST else None


def applications(tally: Tally) -> Funnel:
    """Return how far applications came: sent, a talk, an offer, begun."""
    rows = list(keys(tally, "application"))
    talked = sum(number for row, number in rows if row[1] == "t")
    offered = sum(number for row, number in rows if row[0] in {"offer", "placed"})
    return funnel([("sent", sum(number for _row, number in rows)), ("interview", talked), ("offer", offered)])


def placements(tally: Tally) -> Split:
    """Return what began: work and training by kind."""
    return split("", _summed(tally, "placement", 0))


def coached(tally: Tally) -> Split:
    """Return how many of the coached began work or training until today."""
    return split("", {"placed": tally["coached|t"], "open": tally["coached|f"]})


def kept(tally: Tally, months: int) -> Split:
    """Return whether work or training had lasted so many months, once they were over."""
    codes = ("yes", "changed", "no", "unknown", "none")
    return split(str(months), {code: tally[f"kept|{months}|{code}"] for code in codes})


def exits(tally: Tally) -> tuple[Split, Split]:
    """Return why cases ended, and what came of them."""
    return split("reason", _summed(tally, "exit", 0)), split("result", _summed(tally, "exit", 1))


def aftercare(tally: Tally, kind: str) -> Split:
    """Return how many of those one wanted to ask after an end were asked."""
    return split(kind, {"done": tally[f"aftercare|{kind}|t"], "open": tally[f"aftercare|{kind}|f"]})


def contacts(tally: Tally) -> tuple[Split, int]:
    """Return contacts by kind, and the hours of all of them."""
    counts = _summed(tally, "contact", 0)
    minutes = sum(number for _rest, number in keys(tally, "minutes"))
    return split("", {kind.value: counts.get(kind.value, 0) for kind in ContactKind}), round(minutes / 60)


def feedback(tally: Tally, question: str, least: int) -> Split:
    """Return what people answered without a name, the best answer first; nothing below `least`, which is the form's."""
    counts = {str(answer): tally[f"feedback|{question}|{answer}"] for answer in (4, 3, 2, 1)}
    n = sum(counts.values())
    return split(question, counts) if n >= least else Split(question, None if n else 0, {})


def results(tally: Tally, project: str) -> tuple[int | None, dict[str, Split]]:
    """Return how many left a project, and for each result of its funder who has it, of those who could."""
    codes: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"True": 0, "False": 0})
    for (key, code, has), number in keys(tally, "result"):
        if key == project:
            codes[code][has] += number
    return _visible(tally[f"left|{project}"]), {code: split(code, counts) for code, counts in sorted(codes.items())}


def _summed(tally: Tally, first: str, place: int) -> dict[str, int]:
    """Return what was counted by the word at a place of its keys, the most first."""
    found: Counter[str] = Counter()
    for row, number in keys(tally, first):
        found[row[place]] += number
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


# What groups of cases are compared by: of each tally, how many and of how many.
def _better(tally: Tally) -> tuple[int, int]:
    return tally["moved|ours|1"], sum(tally[f"moved|ours|{way}"] for way in (1, 0, -1))


def _reached(tally: Tally) -> tuple[int, int]:
    ended = list(keys(tally, "goal"))
    return sum(number for row, number in ended if row[1] == "reached"), sum(number for _row, number in ended)


def _granted(tally: Tally) -> tuple[int, int]:
    decided = [
        (row, number)
        for row, number in keys(tally, "claim")
        if row[0] == "f" and row[3] in {"granted", "refused", "objection"}
    ]
    return sum(number for row, number in decided if row[3] == "granted"), sum(number for _row, number in decided)


def _came(tally: Tally) -> tuple[int, int]:
    known = [(row, number) for row, number in keys(tally, "referral") if row[0] in SETTLED or row[2] == "t"]
    return sum(number for row, number in known if row[2] == "t"), sum(number for _row, number in known)


COMPARED = {"better": _better, "reached": _reached, "granted": _granted, "came": _came}


def comparison(groups: Mapping[str, Tally], measure: str) -> list[Group]:
    """Return groups beside each other by one measure, in the order of their names: it is no list of places."""
    counts = {key: COMPARED[measure](tally) for key, tally in groups.items()}
    counts = {key: (hits, n) for key, (hits, n) in counts.items() if n}
    keeps = dict(zip(counts, shown(n for _hits, n in counts.values()), strict=True))
    against = compare({key: row for key, row in counts.items() if keeps[key]})
    # A hidden share stays hidden in its difference.
    open_ones = {key for key, row in counts.items() if keeps[key] and _is_open(*row)}
    return [
        Group(key, share(*counts[key]), against[key]) if key in open_ones else Group(key, None, Compared())
        for key in sorted(counts)
    ]


def _is_open(hits: int, n: int) -> bool:
    return all(shown([hits, n - hits]))
