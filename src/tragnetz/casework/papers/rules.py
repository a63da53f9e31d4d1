"""Decisions on papers: pure. How one stands, and which to get next so that a claim is complete."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Literal

from tragnetz.casework.papers.enums import PaperState
from tragnetz.core.months import months_later

type Standing = Literal["missing", "old", "there", "seen", "not_needed"]

MOST_EXACT = 12  # claims up to which all sets are looked at: 4095; beyond, the nearest next claim is taken each time


@dataclass(frozen=True, slots=True)
class Choice[PaperT: Hashable, ClaimT: Hashable]:
    """Papers to get, and the claims that are complete with them."""

    papers: frozenset[PaperT]
    opens: tuple[ClaimT, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of a paper, or what a file of it says: its state, the day that it is of, and when that was."""

    state: str
    issued_on: date | None
    at: datetime


def last_word(said: Word | None, filed: Word | None) -> Word | None:
    """Return which of both counts, the later one: a file makes a paper be there, until somebody says otherwise."""
    if said is None or filed is None:
        return said or filed
    return filed if filed.at > said.at else said


def good_until(issued_on: date | None, months: int | None) -> date | None:
    """Return until when a paper may be handed in; nothing for one that does not grow old, or whose day nobody said."""
    return months_later(issued_on, months) if issued_on is not None and months is not None else None


def standing(state: str, issued_on: date | None, months: int | None, today: date) -> Standing:
    """Return how a paper stands on a day: what is there may have grown too old."""
    if state in {PaperState.MISSING, PaperState.NOT_NEEDED}:
        return "missing" if state == PaperState.MISSING else "not_needed"
    until = good_until(issued_on, months)
    if until is not None and until < today:
        return "old"
    return "seen" if state == PaperState.SEEN else "there"


def ladder[PaperT: Hashable, ClaimT: Hashable](
    missing: Mapping[ClaimT, frozenset[PaperT]],
) -> list[Choice[PaperT, ClaimT]]:
    """Return the smallest sets of papers that make claims complete, each with more papers and more claims.

    `missing` are the papers that a claim waits for; a claim that waits for none is left out. The first is what to get
    next: no smaller set makes any claim complete, and no other of its size more of them. Of equals those papers come
    first for which other claims wait, too.
    """
    waiting = {claim: papers for claim, papers in missing.items() if papers}
    best: dict[int, tuple[tuple[int, int], Choice[PaperT, ClaimT]]] = {}
    for papers in _unions(waiting):
        opens = tuple(claim for claim, needed in waiting.items() if needed <= papers)
        rank = len(opens), sum(len(needed & papers) for needed in waiting.values())
        if len(papers) not in best or rank > best[len(papers)][0]:
            best[len(papers)] = rank, Choice(papers, opens)
    found: list[Choice[PaperT, ClaimT]] = []
    for size in sorted(best):
        choice = best[size][1]
        if not found or len(choice.opens) > len(found[-1].opens):
            found.append(choice)
    return found


def _unions[PaperT: Hashable, ClaimT: Hashable](
    waiting: Mapping[ClaimT, frozenset[PaperT]],
) -> Iterator[frozenset[PaperT]]:
    """Return the sets that may be best: what some claims need together."""
    needed = list(waiting.values())
    if len(needed) <= MOST_EXACT:
        for number in range(1, len(needed) + 1):
            for some in combinations(needed, number):
                yield frozenset().union(*some)
        return
    papers: frozenset[PaperT] = frozenset()
    while needed:
        nearest = min(needed, key=lambda one: len(one - papers))
        papers |= nearest
        needed = [one for one in needed if not one <= papers]
        yield papers
