"""The background worker: does the tasks of `tasks` in every network, and leaves how each of them ran."""

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connections, transaction

from tragnetz.benefits.library import LawError
from tragnetz.config.database import revive
from tragnetz.config.models import TaskRun
from tragnetz.config.tasks import DAILY, OFTEN, OUTLOOK, ROUND, Task
from tragnetz.config.unavailable import is_unavailable
from tragnetz.core.clock import now, today
from tragnetz.network.models import Network
from tragnetz.network.queries import in_each_network
from tragnetz.screening.outlook.looking import BATCH, Looked, look_in_slices

SECONDS = 20
SOONEST = 1  # after a failure of the database the next try is so soon, then twice as late each time, up to SECONDS
LOOK_SECONDS = 1.0  # so long may a look ahead keep others waiting
AGAIN = timedelta(hours=1)  # a task of the day that failed is tried again after so long
log = logging.getLogger("tragnetz.work")


def work(*, once: bool = False) -> bool:
    """Do what is due in every network, and again every 20 seconds until the process is told to end.

    Returns whether all went well. One task that fails keeps no other from its work. While the database or the disk is
    away the worker waits and tries again, so that nobody has to start it anew; with `once` the error is raised.
    """
    stop = threading.Event()
    if not once:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    rounds, patience = Rounds(), SOONEST
    while not stop.is_set():
        try:
            more = rounds.one()
        except Exception as error:
            if once or not is_unavailable(error):
                raise
            log.warning("the database or the disk is away", extra={"seconds": patience})
            rounds.begin_again()
            connections.close_all()
            if settings.TRAGNETZ_EMBEDDED:
                with suppress(OSError, subprocess.SubprocessError):
                    revive(settings.TRAGNETZ_EMBEDDED)
            stop.wait(patience)
            patience = min(2 * patience, SECONDS)
            continue
        patience = SOONEST
        if once and not more:
            return not rounds.failed
        if not more:
            stop.wait(SECONDS)
    return not rounds.failed


@dataclass(slots=True)
class Failed:
    """That a task failed: how often in a row, when last, and the kind of its error."""

    times: int
    at: datetime
    error: str


class Rounds:
    """What a worker remembers from round to round: what was done today, what failed, and which looks are under way."""

    def __init__(self, look_seconds: float = LOOK_SECONDS, batch: int = BATCH) -> None:
        """Begin; a look goes on for `look_seconds` a round, and for one slice of `batch` households at least."""
        self.look_seconds, self.batch = look_seconds, batch
        self.done_on: dict[tuple[str, str], date] = {}
        self.looks: dict[str, Iterator[Looked]] = {}
        self.failed: dict[tuple[str, str], Failed] = {}
        self.begun, self.ticks = now(), time.monotonic()

    def one(self) -> bool:
        """Do what is due in every network; returns whether a look is under way, so that the next round is at once."""
        in_each_network(self._of_network, standing_still=False)
        return bool(self.looks)

    def _of_network(self, network: Network) -> None:
        begun, runs = time.monotonic(), list[TaskRun]()
        self._daily(network, runs)
        for task in OFTEN:
            self.run(network, task, runs)
        self._look(network, runs)
        runs.append(self._kept(network, ROUND, begun))
        keep(runs)

    def begin_again(self) -> None:
        """Let the looks that broke off begin anew; what was done today stays done."""
        for key in self.looks:
            self.done_on.pop((key, OUTLOOK), None)
        self.looks.clear()

    def run(self, network: Network, task: Task, runs: list[TaskRun]) -> bool:
        """Do one task of the network in scope, unless it is none for a demo; returns whether it went well.

        How it went is put into `runs`. Raises what says that the database or the disk is away.
        """
        if task.real and network.is_demo:
            return True
        begun = time.monotonic()
        try:
            task.run(network, self.begun + timedelta(seconds=begun - self.ticks))
        except Exception as error:
            if is_unavailable(error):  # no fault of the task, and nothing else would work
                raise
            self._fail(network, task.name, error)
        else:
            self.failed.pop((network.key, task.name), None)
        runs.append(self._kept(network, task.name, begun))
        return (network.key, task.name) not in self.failed

    def _daily(self, network: Network, runs: list[TaskRun]) -> None:
        day = today(network.zone)
        for task in DAILY:
            place, at = (network.key, task.name), now()
            failed = self.failed.get(place)
            if self.done_on.get(place) == day or (failed is not None and at < failed.at + AGAIN):
                continue
            if self.run(network, task, runs):
                self.done_on[place] = day
        if self.done_on.get((network.key, OUTLOOK)) != day:
            self.looks[network.key] = look_in_slices(network=network, now=now(), batch=self.batch)
            self.done_on[network.key, OUTLOOK] = day

    def _look(self, network: Network, runs: list[TaskRun]) -> None:
        """Go on with the look of a network: messages of all networks go out between its slices."""
        look, begun = self.looks.get(network.key), time.monotonic()
        if look is None:
            return
        try:
            with suppress(LawError):  # no law was built yet: nothing to compute, and checks say so
                for _slice in look:
                    if time.monotonic() >= begun + self.look_seconds:
                        return
            self.failed.pop((network.key, OUTLOOK), None)
        except Exception as error:
            if is_unavailable(error):
                raise
            self._fail(network, OUTLOOK, error)
        del self.looks[network.key]
        runs.append(self._kept(network, OUTLOOK, begun))

    def _fail(self, network: Network, name: str, error: Exception) -> None:
        before = self.failed.get((network.key, name))
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        self.failed[network.key, name] = Failed(before.times + 1 if before else 1, now(), kind)
        log.error("task failed", exc_info=error, extra={"task": name, "network": network.key})

    def _kept(self, network: Network, name: str, begun: float) -> TaskRun:
        failed = self.failed.get((network.key, name))
        return TaskRun(
            network=network, name=name, ran_at=now(), seconds=time.monotonic() - begun,
            failures=failed.times if failed else 0, failed_at=failed.at if failed else None,
            error=failed.error[:120] if failed else "",
        )  # fmt: skip


@transaction.atomic
def keep(runs: list[TaskRun]) -> None:
    """Keep how tasks of the network in scope ran, in one statement."""
    TaskRun.objects.bulk_create(
        runs, update_conflicts=True, unique_fields=["network", "name"],
        update_fields=["ran_at", "seconds", "failures", "failed_at", "error"],
    )  # fmt: skip
