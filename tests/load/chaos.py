"""The site while everything below it fails, one after the other: `make chaos`.

Real processes under light load. Each fault lasts for a while, then nobody does anything: the site must come back by
itself. In the end every promise is looked up in the database. Exit status 1 if one was lost, a page told more than it
should, or the site did not come back within 30 seconds.
"""

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from tests.load.cluster import Cluster
from tests.load.disks import CannotMountError, filled, small_disk
from tests.load.fill import copied, work_as_owner
from tragnetz.config.database import as_reader

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "chaos"
PORT = 8191
BACK_WITHIN, CALM = 30.0, 10.0  # seconds
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
SMALL = {"max_wal_size": "64MB", "min_wal_size": "32MB", "shared_buffers": "64MB"}  # so that it fits on a small disk


@dataclass
class Stage:
    """What a fault may lay hands on."""

    cluster: Cluster
    site: Any
    disk: Path | None
    var_disk: Path | None
    clock: Path | None


def rest(seconds: float) -> None:
    threading.Event().wait(seconds)


def database_stopped(stage: Stage) -> None:
    """The database is stopped for ten seconds and started."""
    stage.cluster.stop("fast")
    rest(10)
    stage.cluster.start()


def database_killed(stage: Stage) -> None:
    """Every process of the database is killed with SIGKILL, three times."""
    for _ in range(3):
        stage.cluster.kill()
        rest(5)


def web_killed(stage: Stage) -> None:
    """A web worker is killed with SIGKILL every three seconds for a minute."""
    for _ in range(20):
        _kill_one(workers_of(stage.site.web.processes()))
        rest(3)


def worker_killed(stage: Stage) -> None:
    """`tragnetz work` is killed with SIGKILL every three seconds for half a minute."""
    for _ in range(10):
        _kill_one(stage.site.worker.processes()[:1])
        rest(3)


def all_killed(stage: Stage) -> None:
    """Database, web and worker are killed in the same moment, as by a power cut."""
    stage.cluster.kill()
    for process in (*stage.site.web.processes(), *stage.site.worker.processes()):
        with suppress(psutil.Error):
            process.kill()


def database_disk_full(stage: Stage) -> None:
    """The disk of the database is full for twenty seconds."""
    assert stage.disk is not None
    with filled(stage.disk):
        rest(20)


def var_disk_full(stage: Stage) -> None:
    """The disk of TRAGNETZ_VAR is full for twenty seconds."""
    assert stage.var_disk is not None
    with filled(stage.var_disk):
        rest(20)


def database_frozen(stage: Stage) -> None:
    """The database stands still for ten seconds, as on a disk that does not answer."""
    stage.cluster.freeze(10)


def table_locked(stage: Stage) -> None:
    """A table that every booking needs is locked for thirty seconds."""
    with stage.cluster.connect("chaos") as connection, connection.transaction():
        connection.execute("LOCK TABLE appointments_booking IN ACCESS EXCLUSIVE MODE")
        rest(30)


def clock_jumps(stage: Stage) -> None:
    """The clock of `tragnetz work` jumps two hours ahead, then to two hours behind, then it is right again."""
    assert stage.clock is not None
    for jump in ("+7200", "-7200", "+0"):
        stage.clock.write_text(jump)
        rest(25)


FAULTS: tuple[Callable[[Stage], None], ...] = (
    database_stopped, database_killed, web_killed, worker_killed, all_killed, database_frozen, table_locked,
    database_disk_full, var_disk_full, clock_jumps,
)  # fmt: skip


def workers_of(web: list[psutil.Process]) -> list[psutil.Process]:
    """Return the processes that answer: not the one that watches over them."""
    found = []
    for process in web[1:]:
        with suppress(psutil.Error):
            if "resource_tracker" not in " ".join(process.cmdline()):
                found.append(process)
    return found


def _kill_one(processes: list[psutil.Process]) -> None:
    if processes:
        with suppress(psutil.Error):
            random.choice(processes).send_signal(signal.SIGKILL)  # noqa: S311 -- chance


@contextmanager
def disk_or_folder(megabytes: int, folder: Path) -> Iterator[Path | None]:
    """Mount a small disk on a folder; where that is not allowed the folder stays on the large one."""
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk(megabytes, folder))
        except CannotMountError:
            disk = None
        yield disk


def main() -> int:
    wanted = set(sys.argv[1:])
    unknown = wanted - {fault.__name__ for fault in FAULTS}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(fault.__name__ for fault in FAULTS)}")
        return 2
    with disk_or_folder(1200, FOLDER / "postgres") as disk, disk_or_folder(100, FOLDER / "var") as var_disk:
        cluster = Cluster(FOLDER / "postgres" / "data", **SMALL)
        try:
            owner = copied(cluster, "small", "chaos")
            work_as_owner(owner)
            chosen = [fault for fault in FAULTS if not wanted or fault.__name__ in wanted]
            return _run(cluster, owner, (disk, var_disk), chosen)
        finally:
            cluster.end()


def _run(
    cluster: Cluster, owner: str, disks: tuple[Path | None, Path | None], faults: list[Callable[[Stage], None]]
) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    import django

    django.setup()
    from django.db import connection

    from tests.load.crowd import Crowd, Plan, rows
    from tests.load.report import is_bad
    from tests.load.site import Site
    from tests.load.verify import kept, messages
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    clock = FOLDER / "clock" if FAKETIME.exists() else None
    site = Site(as_reader(owner), var=FOLDER / "var", port=PORT, worker=_shifted(clock))
    stage = Stage(cluster, site, *disks, clock)
    lines, slow = [], []
    try:
        site.answers()
        with scope(Network.objects.get()):
            plan = Plan(14, (1.0, 3.0), desks=2, counsellors=4, managers=1, accompanied=1)
            crowd = Crowd(site.address, FOLDER, plan, 60)
            connection.close()
            rest(3 * CALM)
            for fault in faults:
                begun = time.time()
                missing = _missing(fault, stage)
                if missing:
                    lines.append(f"| {fault.__doc__} | | | | | | not tried: {missing} |")
                    continue
                fault(stage)
                ended = time.time()
                back = _back(site)
                rest(CALM)
                found = [row for row in rows(crowd.answers) if row["at"] >= begun]
                lines.append(_line(fault, ended - begun, back, found))
                print(lines[-1], flush=True)
                slow += [fault.__name__] if back > BACK_WITHIN else []
            crowd.end()
            answers, promises, outbox = rows(crowd.answers), kept(rows(crowd.promises)), messages(FOLDER / "var")
    finally:
        site.end()
    bad = [row for row in answers if is_bad(row) and _tells_too_much(row)]
    report = "\n\n".join([
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, {len(answers)} answers",
        f"web started {site.web.starts} times, worker {site.worker.starts} times, by nobody's hand",
        "\n".join([HEAD, *lines]), promises.told(), outbox.told(),
        f"pages with a traceback, without Retry-After or with status 500: {len(bad)}   goal 0",
        f"not back within {BACK_WITHIN:.0f} s: {', '.join(slow) or 'none'}",
    ])  # fmt: skip
    print(report)
    for row in bad[:10]:
        print(row)
    (FOLDER / f"report-{datetime.now().astimezone():%Y%m%d-%H%M}.md").write_text(report + "\n", encoding="utf-8")
    return int(bool(bad or slow or promises.faults or outbox.faults or not promises.bookings))


HEAD = "| fault | seconds | answers | 503 | 503 with a number to call | no answer | back after |\n|---|---|---|---|---|---|---|"


def _line(fault: Callable[[Stage], None], seconds: float, back: float, found: list[dict[str, Any]]) -> str:
    away = [row for row in found if row["status"] == 503]
    nobody = sum(row["status"] == 0 for row in found)
    return (
        f"| {fault.__doc__} | {seconds:.0f} | {len(found)} | {len(away)} | {sum(row['phone'] for row in away)} | "
        f"{nobody} | {back:.1f} s |"
    )


def _back(site: Any) -> float:
    """Return after how many seconds a page that needs the database comes three times running."""
    begun = time.monotonic()
    with suppress(TimeoutError):
        for _ in range(3):
            site.answers("/de/termin/", within=120)
    return time.monotonic() - begun


def _missing(fault: Callable[[Stage], None], stage: Stage) -> str:
    if (fault is database_disk_full and stage.disk is None) or (fault is var_disk_full and stage.var_disk is None):
        return "needs the right to mount a disk"
    return "needs libfaketime" if fault is clock_jumps and stage.clock is None else ""


def _shifted(clock: Path | None) -> dict[str, str]:
    if clock is None:
        return {}
    FOLDER.mkdir(parents=True, exist_ok=True)
    clock.write_text("+0")
    return {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip


def _tells_too_much(row: dict[str, Any]) -> bool:
    return row["status"] != 0 and (row["status"] == 500 or row["trace"] or not row["retry"])


if __name__ == "__main__":
    sys.exit(main())
