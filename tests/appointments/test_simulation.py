"""The simulation agrees with what theory knows of queues, and answers what-if sensibly and quickly."""

import time
from dataclasses import replace
from math import factorial

import numpy as np
import pytest

from tragnetz.appointments.simulation import Load, outcomes, waits

BUSY = Load(
    asked=(20, 18, 16, 17, 12, 2, 1), offered=(7, 7, 4, 7, 4.5, 0, 0), lengths=(1.0, 1.0, 1.5), missed=0.08,
    called_off=0.06,
)  # fmt: skip
RUNS, PEOPLE, WARM = 300, 5000, 1500


def erlang_c(servers: int, load: float) -> float:
    """Mean wait in an M/M/c queue with service of mean 1 (A. K. Erlang, 1917)."""
    offered = servers * load
    waiting = offered**servers / factorial(servers) / (1 - load)
    return waiting / (sum(offered**k / factorial(k) for k in range(servers)) + waiting) / (servers * (1 - load))


def mean_wait(servers: int, load: float, *, fixed: bool) -> tuple[float, float]:
    """Simulate; return the mean wait with its standard error over the runs."""
    rng = np.random.default_rng(20261125)
    arrivals = np.cumsum(rng.exponential(1 / (servers * load), (PEOPLE, RUNS)), axis=0)
    lengths = np.ones_like(arrivals) if fixed else rng.exponential(1, arrivals.shape)
    means = waits(arrivals, lengths, [servers] * RUNS)[WARM:].mean(axis=0)
    return means.mean(), means.std() / RUNS**0.5


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (4, 0.8), (12, 0.9)])
def test_random_lengths_wait_as_erlang_says(servers, load):
    found, error = mean_wait(servers, load, fixed=False)

    assert abs(found - erlang_c(servers, load)) < 4 * error
    assert error < 0.04 * found


def test_fixed_lengths_wait_as_pollaczek_and_khinchine_say():
    load = 0.7
    found, error = mean_wait(1, load, fixed=True)

    assert abs(found - load / (2 * (1 - load))) < 4 * error


def test_each_column_has_servers_of_its_own():
    arrivals, lengths = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]), np.full((3, 2), 2.0)

    assert waits(arrivals, lengths, [1, 2]).T.tolist() == [[0, 2, 3], [0, 0, 1]]


def test_more_counsellors_never_make_people_wait_longer():
    found = outcomes(BUSY, [3, 4, 5, 6], seed=1)

    assert [one.half for one in found] == sorted((one.half for one in found), reverse=True)
    assert found[0].used > 1 > found[1].used
    assert found[0].half > 7
    assert all(one.low <= one.half <= one.high for one in found)


def test_same_seed_gives_the_same_and_another_one_nearly():
    first, again, other = (outcomes(BUSY, [4], seed=seed)[0] for seed in (1, 1, 2))

    assert first == again != other
    assert other.half == pytest.approx(first.half, abs=0.1)


def test_days_on_which_nobody_works_are_waited_for():
    sunday = Load(asked=(0, 0, 0, 0, 0, 0, 1), offered=(0, 0, 8, 0, 0, 0, 0), lengths=(1.0,), missed=0, called_off=0)

    assert outcomes(sunday, [3], seed=1)[0].half == pytest.approx(2.5, abs=0.2)  # from a Sunday to the next Wednesday


def test_what_is_called_off_in_time_takes_nobody_the_place():
    everybody, most = outcomes(BUSY, [3], seed=1)[0], outcomes(replace(BUSY, called_off=0.5), [3], seed=1)[0]

    assert most.used == pytest.approx(everybody.used * 0.5 / 0.94)
    assert most.half < everybody.half


@pytest.mark.parametrize("change", [{"asked": (0,) * 7}, {"offered": (0,) * 7}])
def test_nothing_to_simulate_is_an_error(change):
    with pytest.raises(ValueError, match="people who ask"):
        outcomes(replace(BUSY, **change), [3], seed=1)


def test_five_answers_of_two_hundred_runs_cost_less_than_a_second():
    def cost() -> float:
        begun = time.process_time()
        outcomes(BUSY, [3, 4, 5, 6, 12], seed=1)
        return time.process_time() - begun

    assert min(cost() for _ in range(3)) < 1
