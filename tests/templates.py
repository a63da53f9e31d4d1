"""Databases that are made once and copied for each worker: empty tables, a small network, two cities, a history.

A copy costs a fraction of a second, so a test that commits gets one of its own. The originals stay in the cluster from
run to run, under names with a hash of all they are made of: they can be missing, never old.
"""

import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.database import COPIES
from tests.server import database_url

ROOT = Path(__file__).resolve().parent.parent
EMPTY, SMALL, OWNED, AUENTAL, HERNE, TOLD = "empty", "small", "owned", "auental", "herne", "told"
BUILT_ON = {SMALL: EMPTY, OWNED: SMALL, AUENTAL: EMPTY, HERNE: EMPTY, TOLD: HERNE}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
LOCK = 7246  # and the next ones, one a kind: numbers that no other lock of the maintenance database has
MADE_INTO_TABLES = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/enums.py",
    "core/**/*.py",
    "vault/**/*.py",
    "network/database/*.py",
    "network/pairs.py",
    "network/fields.py",
    "reporting/lines/*.py",
    "reporting/lines/*.yaml",
    "config/management/commands/migrate.py",
    "config/new_database.*",
)
# What a city is loaded by lies below the floors of the pages; import-linter sees to it.
PAGES = {"api", "components", "portal", "printing", "workspace"}
BUILD = "import django; django.setup(); from tests.templates import fill; fill({kind!r})"

_untouched: set[str] = set()


def use(kind: str) -> None:
    """Point Django at this worker's copy, made anew if there is none or a test has committed to it."""
    name = f"tragnetz_{WORKER}_{kind}"
    if kind in _untouched and connection.settings_dict["NAME"] == name:
        return
    connection.close()
    connection.settings_dict["NAME"] = name
    if kind not in _untouched:
        with _maintenance() as server:
            original = _original(server, kind)
            _drop(server, name)
            _create(server, name, original)
        _untouched.add(kind)
        forget_editions()


def forget_editions(network_id: uuid.UUID | None = None) -> None:
    """Drop what this process keeps of directories, or of one.

    A new copy counts its editions from the original's again; and the small network is the same in each test.
    """
    from tragnetz.directory import kept, meaning

    for place in [place for place in kept._kept if network_id in {None, place[0]}]:
        del kept._kept[place]
    for held in [held for held in meaning._held if network_id in {None, held}]:
        del meaning._held[held]


def forget(kind: str) -> None:
    """Say that a test has committed to its copy: the next that asks for one gets a new one."""
    _untouched.discard(kind)


def drop_copies() -> None:
    """Remove this worker's copies at the end of its run."""
    connection.close()
    with _maintenance() as server:
        for kind in (EMPTY, *BUILT_ON):
            _drop(server, f"tragnetz_{WORKER}_{kind}")


def fill(kind: str) -> None:
    """Make the tables, fill them with a small network or a city, add Ada to the small one, or tell Herne's history.

    Runs in a process of its own, on the database to be filled.
    """
    from django.test import override_settings

    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope
    from tragnetz.vault.keyring import Keyring, using

    if kind == EMPTY:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif kind == SMALL:
        from tests.factories import make_network

        make_network()
    elif kind == OWNED:
        from tests.factories import make_actor
        from tests.quick import quick_settings

        network = Network.objects.get()
        with override_settings(**quick_settings()), scope(network), using(Keyring()):
            make_actor(network, "alpha", "counsellor", name="Ada")
    elif kind == AUENTAL:
        from tragnetz.city.load import load_city

        load_city(ROOT / "cities" / "auental")
    elif kind == HERNE:
        from tragnetz.demo.load import load_demo

        with override_settings(PASSWORD_HASHERS=["tests.quick.LightArgon2"]):
            load_demo(ROOT / "cities" / "herne")
    else:
        from tests.reporting.outcomes.conftest import tell

        herne = Network.objects.get()
        with scope(herne), using(Keyring()):
            tell(herne)


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["TRAGNETZ_OWNER_URL"], dbname="postgres", autocommit=True) as server:
        yield server


def _original(server: psycopg.Connection, kind: str) -> str:
    """Return the name of the original, made first if it is missing; who needs the same one waits meanwhile."""
    name = f"tragnetz_original_{kind}_{_hash(kind)}"
    if _names(server, name):
        return name
    lock = LOCK + [EMPTY, *BUILT_ON].index(kind)
    server.execute("SELECT pg_advisory_lock(%s)", [lock])
    if not _names(server, name):
        for older in _names(server, f"tragnetz_original_{kind}_%"):
            _drop(server, older)
        _make(server, kind, name)
    server.execute("SELECT pg_advisory_unlock(%s)", [lock])
    return name


def _make(server: psycopg.Connection, kind: str, name: str) -> None:
    half_made = f"tragnetz_half_made_{kind}"
    _drop(server, half_made)
    _create(server, half_made, _original(server, BUILT_ON[kind]) if kind in BUILT_ON else "template1", stays=True)
    environment = os.environ | {
        "DATABASE_URL": database_url(half_made),
        "DJANGO_SETTINGS_MODULE": "tragnetz.config.settings",
    }
    subprocess.run([sys.executable, "-c", BUILD.format(kind=kind)], env=environment, cwd=ROOT, check=True)
    with psycopg.connect(os.environ["TRAGNETZ_OWNER_URL"], dbname=half_made, autocommit=True) as made:
        made.execute("ANALYZE")  # the statistics are copied too
    server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(half_made), Identifier(name)))


@cache
def _hash(kind: str) -> str:
    """Return a hash of the files that an original is made of, and of the day: a demo's dates hang on it."""
    source = ROOT / "src" / "tragnetz"
    if kind in {EMPTY, SMALL}:
        files = [file for pattern in MADE_INTO_TABLES for file in source.glob(pattern)]
    else:
        folders = [folder for folder in source.iterdir() if folder.is_dir() and folder.name not in PAGES]
        files = [file for folder in (*folders, ROOT / "cities") for file in folder.rglob("*") if file.is_file()]
    made_of = hashlib.sha256(f"{sys.version}{date.today()}".encode())  # noqa: DTZ011 -- only to notice another day
    if kind in {SMALL, OWNED}:
        files.append(ROOT / "tests" / "factories.py")
    if kind == TOLD:
        files += (ROOT / "tests" / "reporting").rglob("conftest.py")
    for file in sorted({*files, Path(__file__), ROOT / "tests" / "quick.py", ROOT / "requirements" / "dev.txt"}):
        if file.suffix not in {".pyc", ".mo"}:
            made_of.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return made_of.hexdigest()[:16]


def _names(server: psycopg.Connection, like: str) -> list[str]:
    found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like.replace("_", r"\_")])
    return [name for (name,) in found]


def _create(server: psycopg.Connection, name: str, original: str, *, stays: bool = False) -> None:
    """Copy a database: in memory where there is room, unless it stays after this run."""
    found = server.execute("SELECT spcname FROM pg_tablespace WHERE spcname = %s", [COPIES]).fetchone()
    tablespace = found[0] if found and not stays else "pg_default"
    create = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy TABLESPACE {}")
    server.execute(create.format(Identifier(name), Identifier(original), Identifier(tablespace)))


def _drop(server: psycopg.Connection, name: str) -> None:
    """Remove a database, and end what threads of a live server and other processes still hold of it."""
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
