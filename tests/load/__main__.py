"""A working day of a city on one machine: `make load MINUTES=30 USERS=60`.

Fills a city (kept for the day), starts the site as in real use, lets people loose on it, watches the processes, and
compares in the end what was promised with what the database holds. Exit status 1 if anything was lost or broke.
"""

import argparse
import os
import platform
import sys
from datetime import datetime
from pathlib import Path

import psutil

from tests.load.chaos import workers_of
from tests.load.cluster import Cluster
from tests.load.fill import copied, work_as_owner
from tragnetz.config.database import as_reader

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "load"
PORT = 8190


def main() -> int:
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--users", type=int, default=60)
    parser.add_argument("--think", type=float, nargs=2, default=(2.0, 8.0), metavar=("LEAST", "MOST"))
    parser.add_argument("--small", action="store_true", help="in a small city: to try the command")
    asked = parser.parse_args()
    cluster = Cluster(FOLDER / "postgres")
    try:
        owner = copied(cluster, "small" if asked.small else "city", "load")
        work_as_owner(owner)
        return _run(cluster, owner, asked)
    finally:
        cluster.end()


def _run(cluster: Cluster, owner: str, asked: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    import django

    django.setup()
    from django.db import connection

    from tests.load.crowd import Crowd, Plan, rows
    from tests.load.report import is_bad, pages
    from tests.load.site import Site
    from tests.load.verify import kept
    from tests.load.watch import Watch, table
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    site = Site(as_reader(owner), var=FOLDER / "var", port=PORT)
    try:
        site.answers()
        with scope(Network.objects.get()):
            plan = Plan(users=asked.users, think=tuple(asked.think))
            crowd = Crowd(site.address, FOLDER, plan, asked.minutes)
            connection.close()
            watch = Watch(lambda: _processes(cluster, site, crowd))
            crowd.process.wait()
            courses = watch.end()
            answers, found = rows(crowd.answers), kept(rows(crowd.promises))
    finally:
        site.end()
    bad, restarts = sum(map(is_bad, answers)), site.web.starts + site.worker.starts - 2
    seconds = answers[-1]["at"] - answers[0]["at"] if answers else 0
    report = "\n\n".join([
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, {platform.machine()}",
        f"{asked.users} people for {asked.minutes:g} minutes, the callers on the same cores",
        f"{len(answers)} pages, {len(answers) / (seconds or 1):.1f}/s, errors {bad}, restarts {restarts}",
        pages(answers), table(courses), found.told(),
    ])  # fmt: skip
    print(report)
    (FOLDER / f"report-{datetime.now().astimezone():%Y%m%d-%H%M}.md").write_text(report + "\n", encoding="utf-8")
    return int(bool(bad or restarts or found.faults or not found.bookings or not found.notes))


def _processes(cluster: Cluster, site, crowd) -> dict[str, list[psutil.Process]]:
    web = site.web.processes()
    named = {"web, main": web[:1]} | {f"web {number}": [one] for number, one in enumerate(workers_of(web), start=1)}
    return named | {"worker": site.worker.processes(), "PostgreSQL": cluster.processes(), "callers": crowd.processes()}


if __name__ == "__main__":
    sys.exit(main())
