"""Memory and processor time of processes over a run."""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import psutil

EVERY = 5.0  # seconds
WARM = 0.25  # the first part of a run fills caches: what grows after it counts
MIB = 1 << 20

type Found = Mapping[str, list[psutil.Process]]


@dataclass
class Course:
    """What was seen of a kind of process: seconds since the start, MiB, and the processor seconds used so far."""

    at: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)
    cpu: dict[int, float] = field(default_factory=dict)
    before: dict[int, float] = field(default_factory=dict)

    @property
    def slope(self) -> float:
        """MiB an hour that it grows, after the first part of the run."""
        late = [(at, mib) for at, mib in zip(self.at, self.mib, strict=True) if at >= WARM * self.at[-1]]
        if len(late) < 3:
            return 0.0
        at, mib = np.array(late).T
        return float(np.polyfit(at / 3600, mib, 1)[0])

    @property
    def warm(self) -> float:
        """MiB at the end of the first part."""
        return next(mib for at, mib in zip(self.at, self.mib, strict=True) if at >= WARM * self.at[-1])

    def cores(self) -> float:
        """How many cores it kept busy on average."""
        used = sum(self.cpu.values()) - sum(self.before.values())
        return used / (self.at[-1] or 1)


class Watch:
    """Looks at processes every few seconds, from `find`: kind to its processes. Memory of several is added up.

    Shared pages count in part (PSS), so that the sum over PostgreSQL's processes is what they really take.
    """

    def __init__(self, find: Callable[[], Found]) -> None:
        self.find, self.courses, self._ending = find, dict[str, Course](), threading.Event()
        self.begun = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            self._look()
            if self._ending.wait(EVERY):
                self._look()
                return

    def _look(self) -> None:
        at = time.monotonic() - self.begun
        for kind, processes in self.find().items():
            course, mib = self.courses.setdefault(kind, Course()), 0.0
            for process in processes:
                with suppress(psutil.Error):
                    mib += process.memory_full_info().pss / MIB
                    times = process.cpu_times()
                    course.cpu[process.pid] = times.user + times.system
                    if not course.at:
                        course.before[process.pid] = course.cpu[process.pid]
            if mib:
                course.at.append(at)
                course.mib.append(mib)

    def end(self) -> dict[str, Course]:
        self._ending.set()
        self._thread.join(30)
        return self.courses


def table(courses: Mapping[str, Course]) -> str:
    """Return what was seen as a table."""
    lines = [
        "| process | MiB at start | warm | at the end | most | MiB/h after the first quarter | cores |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kind} | {one.mib[0]:.0f} | {one.warm:.0f} | {one.mib[-1]:.0f} | {max(one.mib):.0f} | {one.slope:+.0f} | {one.cores():.2f} |"
        for kind, one in courses.items()
        if one.at
    ]  # fmt: skip
    return "\n".join(lines)
