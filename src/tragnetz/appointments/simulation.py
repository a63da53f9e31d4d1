"""What if there were one counsellor more, or less: pure.

A discrete-event simulation of one queue before several counsellors (Kiefer and Wolfowitz, On the theory of queues with
many servers, Transactions of the American Mathematical Society 78, 1955, 1-18), many runs side by side. Its clock
runs while somebody works; days come back in at the end. What it leaves out is said on the page that shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Hours = NDArray[np.float64]

WEEK = 7
RUNS = 200
WEEKS, FEWEST, MOST = 52, 200, 1500  # so long is looked at, within these numbers of talks
WARM = 0.25  # the first part is left out: the queue begins empty, which no real one does
INTERVAL = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Load:
    """What a network has to do, from its own history, and who does it.

    `asked` are talks asked for on each weekday (0 is Monday); `offered` hours that one counsellor offers on each;
    `lengths` of talks in hours, as they were; shares from 0 to 1 of talks that are missed, and called off in time.
    """

    asked: tuple[float, ...]
    offered: tuple[float, ...]
    lengths: tuple[float, ...]
    missed: float
    called_off: float

    @property
    def weekly(self) -> float:
        """How many talks are asked for in a week; who did not come asks once more."""
        return sum(self.asked) * (1 + self.missed)

    def used(self, counsellors: int) -> float:
        """Return the share of the offered hours that is needed; from 1 on the queue grows without end."""
        hours = sum(self.offered) * counsellors
        return self.weekly * (1 - self.called_off) * float(np.mean(self.lengths)) / hours if hours else float("inf")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long people would wait, in days: the median over runs of a run's median, and where 90 % of the runs lie."""

    counsellors: int
    half: float
    low: float
    high: float
    used: float


def waits(arrivals: Hours, lengths: Hours, servers: Sequence[int]) -> Hours:
    """Return how long each of a queue waits, first come first served: people by runs, all in hours.

    `arrivals` grow down each column; each column has its own number of servers. A length of 0 keeps nobody busy.
    """
    rank = np.arange(max(servers))[:, None]
    free_at = np.where(rank < np.asarray(servers), 0.0, np.inf)  # when each server is free again, the soonest first
    found = np.empty_like(arrivals)
    for number, arrived in enumerate(arrivals):
        starts = np.maximum(arrived, free_at[0])
        found[number] = starts - arrived
        ends = starts + lengths[number]
        for place in range(1, len(free_at)):  # put each end in its place: what is smaller moves up
            np.minimum(free_at[place], ends, out=free_at[place - 1])
            np.maximum(free_at[place], ends, out=ends)
        free_at[-1] = ends
    return found


def outcomes(load: Load, counsellors: Sequence[int], *, seed: int, runs: int = RUNS) -> list[Outcome]:
    """Return how long people would wait with each of some numbers of counsellors: all of them meet the same people.

    Raises ValueError where nobody asks or nobody works: there is nothing to simulate.
    """
    if load.weekly <= 0 or sum(load.offered) <= 0 or min(counsellors) < 1:
        message = "a simulation needs people who ask and counsellors who work"
        raise ValueError(message)
    rng = np.random.default_rng(seed)
    people = int(np.clip(load.weekly * WEEKS, FEWEST, MOST))
    days = _stretched(np.cumsum(rng.exponential(1 / load.weekly, (people, runs)), axis=0), load.asked)
    lengths = rng.choice(np.asarray(load.lengths), days.shape)
    lengths[rng.random(days.shape) < load.called_off] = 0.0  # in time, so that others can have it
    worked = _to_hours(load, days)
    times = len(counsellors)
    arrived = np.tile(worked, times)
    started = arrived + waits(arrived, np.tile(lengths, times), np.repeat(counsellors, runs).tolist())
    waited = _stretched(started / sum(load.offered), load.offered) - np.tile(days, times)
    halves = np.median(waited[int(people * WARM) :], axis=0).reshape(times, runs)
    found = []
    for number, row in zip(counsellors, halves, strict=True):
        low, half, high = (float(value) for value in np.percentile(row, (INTERVAL[0], 50.0, INTERVAL[1])))
        found.append(Outcome(number, half, low, high, load.used(number)))
    return found


def _to_hours(load: Load, days: Hours) -> Hours:
    """Turn days of the calendar, from a Monday on, into hours that one counsellor has worked until then."""
    weeks, rest = np.divmod(days, WEEK)
    return (weeks + np.interp(rest, np.arange(WEEK + 1), _shares(load.offered))) * sum(load.offered)


def _stretched(weeks: Hours, by_weekday: Sequence[float]) -> Hours:
    """Turn even weeks into days of the calendar: as much of a week passes on each weekday as it has."""
    whole, rest = np.divmod(weeks, 1)
    return whole * WEEK + np.interp(rest, _shares(by_weekday), np.arange(WEEK + 1))


def _shares(by_weekday: Sequence[float]) -> Hours:
    return np.concatenate([[0.0], np.cumsum(by_weekday) / sum(by_weekday)])
