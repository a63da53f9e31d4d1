"""What became of goals, referrals, applications, cases; what people say; how often one met. Pure."""

from collections import Counter, defaultdict

from tragnetz.casework.enums import AfterCare, ContactKind, GoalState
from tragnetz.casework.survival import HALF, Seen, kaplan_meier, time_until
from tragnetz.reporting.outcomes.figures import (
    Funnel,
    Split,
    funnel,
    keys,
    split,
    splits,
    values,
    visible_estimate,
)
from tragnetz.reporting.outcomes.statistics import Estimate, mean, median
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES


def goals(tally: Tally) -> list[Split]:
    """Return what became of goals that ended: all of them, then by domain of life."""
    ends = [state.value for state in GoalState if state is not GoalState.OPEN]
    rows: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ends, 0))
    for (domain, state), number in keys(tally, "goal"):
        rows[domain][state] += number
    return splits(rows)


def attainment(tally: Tally) -> Estimate | None:
    """Return the mean goal attainment (-2 to 2) of goals that ended, when one last looked at them."""
    return visible_estimate(mean(values(tally, "attainment")))


def talks(tally: Tally) -> tuple[Estimate | None, Estimate | None]:
    """Return how many talks an ended case had: mean and median."""
    counts = values(tally, "talks")
    return visible_estimate(mean(counts)), visible_estimate(median(counts))


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


def reply_days(tally: Tally) -> tuple[int | None, int | None]:
    """Return of how many referrals (None: hidden), and after how many days half of them had an answer.

    Who waits counts as waiting.
    """
    seen = [
        Seen(int(days), number if has else 0, 0 if has else number)
        for (days, answered), number in keys(tally, "reply")
        for has in [answered == "t"]
    ]
    people = FIVES.one(sum(row.happened + row.waiting for row in seen))
    return people, time_until(kaplan_meier(seen), HALF) if people else None


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
    return (
        split("reason", _summed(tally, "exit", 0)), split("result", _summed(tally, "exit", 1))
    )  # fmt: skip


def aftercare(tally: Tally, kind: str) -> Split:
    """Return how many of those one wanted to ask after an end were asked."""
    return split(kind, {"done": tally[f"aftercare|{kind}|t"], "open": tally[f"aftercare|{kind}|f"]})


def aftersaid(tally: Tally, kind: str) -> Split:
    """Return what people answered when one asked after an end, of those who were reached and said something."""
    said = (AfterCare.BETTER, AfterCare.SAME, AfterCare.WORSE)
    return split(kind, {code.value: tally[f"aftersaid|{kind}|{code}"] for code in said})


def contacts(tally: Tally) -> tuple[Split, int | None]:
    """Return contacts by kind, and the hours of all of them."""
    counts = _summed(tally, "contact", 0)
    minutes = sum(number for _rest, number in keys(tally, "minutes"))
    kinds = {kind.value: counts.get(kind.value, 0) for kind in ContactKind}
    return split("", kinds), FIVES.one(round(minutes / 60))


def feedback(tally: Tally, question: str, least: int) -> Split:
    """Return what people answered without a name, the best answer first; nothing below `least`, which is the form's."""
    counts = {str(answer): tally[f"feedback|{question}|{answer}"] for answer in (4, 3, 2, 1)}
    return split(question, counts) if sum(counts.values()) >= least else Split(question, None, {})


def results(tally: Tally, project: str) -> tuple[int | None, dict[str, Split]]:
    """Return how many left a project, and for each result of its funder who has it, of those who could."""
    codes: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"True": 0, "False": 0})
    for (key, code, has), number in keys(tally, "result"):
        if key == project:
            codes[code][has] += number
    left = FIVES.one(tally[f"left|{project}"])
    return left, {code: split(code, counts) for code, counts in sorted(codes.items())}


def _summed(tally: Tally, first: str, place: int) -> dict[str, int]:
    """Return what was counted by the word at a place of its keys, the most first."""
    found: Counter[str] = Counter()
    for row, number in keys(tally, first):
        found[row[place]] += number
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
