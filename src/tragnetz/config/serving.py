"""The deeds of an installation: bring the database up to date, collect the styles, serve."""

import argparse
import errno
import json
import os
import socket
import sys
import time
from collections.abc import Collection
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tragnetz.config.places import static_folder
from tragnetz.config.starting import start
from tragnetz.config.together import GRACE

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

WORKERS, PORT = 2, 8000
ADVISORY = 7_246_003  # any number that no other lock of the database has
TRIES, PAUSE = 5, 10.0  # how often a migration tries to get its locks, and the seconds between
LET_GO = ("55P03", "40P01")  # lock_not_available; deadlock_detected, when it was ours that gave way
LOOK = 2.0  # seconds between two looks whether somebody else has migrated
LONGEST_ANSWER = 200  # bytes
MANIFEST = "staticfiles.json"
SOON = 4.0  # seconds in which a web server answers, or is ill
LONGEST_WAIT = 600.0  # seconds that another migration may take before ours gives up


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `migrate`, `static`, `serve` and `healthy` to the command line."""
    migrate = commands.add_parser("migrate", help="bring the database to this version; people may go on working")
    migrate.add_argument("--check", action="store_true", help="only say what is still to be done; exit status 1 if so")
    migrate.add_argument("--wait", type=float, metavar="SECONDS", help="with --check: wait until another has done it")
    migrate.add_argument(
        "--lock-seconds", type=float, default=5, help="give up, let people go on and try again after so long (5)"
    )
    migrate.add_argument(
        "--statement-minutes", type=float, default=30, help="no statement may take longer (30); 0: as long as it takes"
    )
    migrate.set_defaults(run=migrate_database)
    static = commands.add_parser("static", help="collect styles and fonts; once after each installation")
    static.set_defaults(run=collect_static)
    serve = commands.add_parser("serve", help="serve the pages")
    serve.add_argument("--host", default="127.0.0.1", help="0.0.0.0: on all addresses")
    serve.add_argument("--port", type=int, default=PORT)
    serve.add_argument("--workers", type=int, default=WORKERS, help="processes (2): about as many as cores")
    serve.set_defaults(run=serve_pages)
    healthy = commands.add_parser(
        "healthy", help="ask the web server of this machine; exit status 1: it does not answer"
    )
    healthy.add_argument("--port", type=int, default=PORT)
    healthy.set_defaults(run=ask_health)


def migrate_database(options: argparse.Namespace) -> int:
    """Migrate, one process at a time, never holding people up for longer than --lock-seconds at once."""
    start()
    from django.db import connection  # noqa: PLC0415 -- after set-up

    if options.check:
        return _check(connection, options.wait or 0)
    from tragnetz.network.database.owner import as_owner  # noqa: PLC0415 -- as above

    with as_owner("migrate"):
        return _migrate(connection, options)


def _migrate(connection: "BaseDatabaseWrapper", options: argparse.Namespace) -> int:
    from django.core.management import call_command  # noqa: PLC0415 -- after set-up
    from django.db import OperationalError  # noqa: PLC0415 -- as above

    if not _alone(connection):
        print("Another process has been migrating for too long: look for it before you try again.", file=sys.stderr)
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{options.lock_seconds * 1000:.0f}"])
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, false)", [f"{options.statement_minutes * 60_000:.0f}"]
        )
    for tried in range(1, TRIES + 1):
        try:
            call_command("migrate", interactive=False, verbosity=1)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in LET_GO:
                raise
            told = f"Others held what the migration needs for {options.lock_seconds:g} s ({tried} of {TRIES})."
            print(told, file=sys.stderr, flush=True)
            if tried < TRIES:
                time.sleep(PAUSE)
        else:
            return 0
    print("What was done so far stays; run it again when less is going on.", file=sys.stderr)
    return 1


def _alone(connection: "BaseDatabaseWrapper") -> bool:
    """Take the lock that lets only one process migrate; the end of the connection gives it back."""
    until = time.monotonic() + LONGEST_WAIT
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY])
            (taken,) = cursor.fetchone() or (False,)
            if taken or time.monotonic() >= until:
                return bool(taken)
            time.sleep(LOOK)


def _check(connection: "BaseDatabaseWrapper", seconds: float) -> int:
    from django.db import OperationalError  # noqa: PLC0415 -- after set-up

    from tragnetz.config.operation.probes import waiting_migrations  # noqa: PLC0415 -- as above

    until = time.monotonic() + seconds
    while True:
        try:
            missing = waiting_migrations()
        except OperationalError as error:
            missing = [str(error).strip()]
        if not missing or time.monotonic() >= until:
            for one in missing:
                print(f"Not yet: {one}", file=sys.stderr)
            return 1 if missing else 0
        connection.close()
        time.sleep(LOOK)


def collect_static(_options: argparse.Namespace) -> int:
    """Collect styles, fonts and scripts into the folder that the web processes read."""
    os.environ.setdefault(
        "DATABASE_URL", "postgresql://nobody@nowhere/none"
    )  # nothing is asked of it: an image is built without one
    start()
    collect(static_folder())
    print(f"Collected: {static_folder()}")
    return 0


def collect(folder: Path) -> None:
    """Collect the files of this version into the folder of the settings.

    Those of the version before stay until the next time: its processes go on with them while people change over.
    """
    from django.core.management import call_command  # noqa: PLC0415 -- after set-up

    before = collected_files(folder)
    for name in before.keys() - set(before.values()):
        (folder / name).unlink(missing_ok=True)  # made anew, however old its source says it is; pages name the others
    call_command("collectstatic", interactive=False, verbosity=0)
    after = collected_files(folder)
    sweep(folder, {MANIFEST, *before.values(), *after, *after.values()})


def collected_files(folder: Path) -> dict[str, str]:
    """Return what was collected into a folder last: each file's name and the one with its hash, which pages ask for."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["paths"])
    except (OSError, ValueError, KeyError):
        return {}


def sweep(folder: Path, keep: Collection[str]) -> None:
    """Remove from a folder all files but some and their squeezed copies."""
    for file in [file for file in folder.rglob("*") if file.is_file()]:
        name = file.relative_to(folder).as_posix()
        if name not in keep and name.removesuffix(".gz").removesuffix(".br") not in keep:
            file.unlink()


def serve_pages(options: argparse.Namespace) -> int:
    """Become the web server, so that the system's signals reach it."""
    if not (static_folder() / MANIFEST).exists():
        print(f"No styles in {static_folder()}: run `tragnetz static` once.", file=sys.stderr)
        return 1
    try:
        free = is_free(options.host, options.port)
    except OSError as error:
        print(f"No pages on {options.host}, port {options.port}: {error}", file=sys.stderr)
        return 1
    if not free:
        told = f"Port {options.port} is taken, perhaps by another installation: visitors would reach now one, now the"
        print(f"{told} other. End it first, or choose --port.", file=sys.stderr)
        return 1
    return _become(server(options.host, options.port, options.workers))


def _become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)  # noqa: S606 -- our own program


def ask_health(options: argparse.Namespace) -> int:
    """Ask whether it can serve: database there, migrations done."""
    connection = HTTPConnection("127.0.0.1", options.port, timeout=SOON)
    try:
        connection.request("GET", "/-/ready")
        answer = connection.getresponse()
        status, told = answer.status, answer.read(LONGEST_ANSWER).decode(errors="replace").strip()
    except OSError as error:
        print(f"No answer on port {options.port}: {error}", file=sys.stderr)
        return 1
    finally:
        connection.close()
    if status != HTTPStatus.OK:
        print(f"The answer on port {options.port} is {status}: {told}", file=sys.stderr)
    return int(status != HTTPStatus.OK)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet; the server itself would share a port with its like without a word."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what has only just ended may still be waited for
        try:
            place.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def server(host: str, port: int, workers: int = WORKERS, log_level: str = "warning") -> list[str]:
    """Return the command of the web server."""
    from tragnetz.vault.turns import THREADS  # noqa: PLC0415 -- keeps the command line quick

    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", str(THREADS), "--respawn-failed-workers", "--workers-kill-timeout", f"{GRACE:.0f}",
        "--no-ws", "--log-level", log_level,
        "tragnetz.config.wsgi:application",
    ]  # fmt: skip
