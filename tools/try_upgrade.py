"""Try an upgrade for real: an earlier version fills a database and serves it, this version migrates it meanwhile.

    tools/try_upgrade.py v0.1.0 --cases 100000

The earlier version is built as a wheel from its commit and installed with its own locked packages. It loads the demo
and cases, writes a back-up, and goes on serving and being asked while this version migrates. Checked: no row is lost,
the earlier version answers all the time and still takes what visitors send, each column that it fills is there and no
other must be filled, this version's pages open, a form and a log-in of the earlier version go on in this one, the audit
chain holds; and back again: the back-up is restored by the earlier version, which starts and shows its pages. Measured:
how long the migration takes, how long a lock shuts a table that was there before, how long anybody waits. A new
database of this version must have the same tables as the upgraded one. Exit status 1 if a check fails.
"""

import argparse
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple

import psycopg
from print_tables import copy, migrations, schema, set_up
from psycopg.sql import SQL, Identifier

from tragnetz.config.database import embedded_url

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / "var" / "tools" / "bin" / "uv"
BUILDER = ROOT / "var" / "release" / "venv" / "bin" / "python"
PORT_BEFORE, PORT_AFTER = 8797, 8798
LOGIN, PASSWORD = "hanna.reuter@demo.tragnetz.example", "tragnetz-demo-2026"
PUBLIC = ("/de/", "/uk/", "/de/suche/?q=miete", "/de/konto/anmelden/")
PAGES = 20  # asked for before the migration, and after it
LOGIN_FIELD = 'name="login"'
LOOK = 0.01  # seconds between two looks at the locks
GROWS = {  # what a page, a log-in, a migration or a restore itself adds to
    "audit_event", "auth_permission", "django_content_type", "django_migrations", "django_session",
}  # fmt: skip
# Columns that a version before them cannot fill, from before the rule that it must (tools/migrations_before.txt):
# whoever comes from a landing that old stops its pages while it migrates. No release is.
BEFORE_THE_RULE = {
    "casework_casefile.for_household", "casework_casefile.paper_at", "casework_deadline.idempotency_key",
    "casework_task.answer", "network_membership.deadline_mails", "network_network.notices",
    "network_organisation.privacy", "network_programme.line", "network_programme.terms",
}  # fmt: skip
LOAD = """import django; django.setup()
from pathlib import Path
from tragnetz.demo.load import load_demo
load_demo({city})"""


class Version(NamedTuple):
    """A version that is installed: where it runs, with which Python, and the variables it gets."""

    name: str
    folder: Path
    python: Path
    variables: dict[str, str]

    def run(self, *words: str, database: str) -> str:
        """Run a command of this version on a database; returns what it printed. Ends the trial if it fails."""
        done = subprocess.run(
            [self.python, *words], cwd=self.folder, env=self.variables | {"DATABASE_URL": database},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(words)[:80]} failed:\n{(done.stderr or done.stdout)[-3000:]}")
        return done.stdout

    def tragnetz(self, *words: str, database: str) -> str:
        """Run `tragnetz …` of this version."""
        return self.run("-m", "tragnetz.config.cli", *words, database=database)

    @contextmanager
    def serving(self, port: int, database: str) -> Iterator[str]:
        """Serve the pages of this version."""
        if not (Path(self.variables["TRAGNETZ_VAR"]) / "static").exists():
            self.run("-m", "django", "collectstatic", "--noinput", "-v0", database=database)
        command = [
            self.python.with_name("granian"), "--interface", "wsgi", "--port", str(port), "--workers", "1",
            "--blocking-threads", "4", "--no-ws", "--log-level", "error", "tragnetz.config.wsgi:application",
        ]  # fmt: skip
        environment = self.variables | {"DATABASE_URL": database}
        with subprocess.Popen(command, cwd=self.folder, env=environment, start_new_session=True) as site:
            try:
                self._wait(site, port)
                yield f"http://127.0.0.1:{port}"
            finally:
                site.terminate()
                try:
                    site.wait(20)
                except subprocess.TimeoutExpired:  # its worker was told before it listened: seen once
                    os.killpg(site.pid, signal.SIGKILL)

    def _wait(self, site: subprocess.Popen, port: int) -> None:
        for _try in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).read()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if site.poll() is not None:
                    sys.exit(f"{self.name}: the server ended")
                time.sleep(0.2)
            else:
                return
        sys.exit(f"{self.name}: the server does not answer")


def variables(var: Path, venv: Path) -> dict[str, str]:
    """Return an environment that points at nothing of this checkout."""
    ours = ("TRAGNETZ_", "DJANGO_", "PYTHON", "DATABASE_URL", "VIRTUAL_ENV", "COV_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "tragnetz.config.settings",
        "TRAGNETZ_VAR": str(var),
        "TRAGNETZ_BACKUP_PASSPHRASE": "only for a trial of an upgrade",
        "PATH": f"{venv}{os.pathsep}{kept['PATH']}",
    }


def earlier(commit: str, work: Path) -> Version:
    """Build the wheel of a commit and install it with its own locked packages."""
    folder, venv, var = work / "before", work / "venv", work / "var-before"
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        sys.exit(f"There is no commit {commit} here: {packed.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(folder, filter="data")
    environment = os.environ | {"VIRTUAL_ENV": str(venv)}

    def step(*command: str | Path) -> None:
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)

    step(BUILDER, "-m", "hatchling", "build", "-t", "wheel")
    (wheel,) = (folder / "dist").glob("*.whl")
    shutil.rmtree(folder / "src")  # from here on only the wheel can run
    step(UV, "venv", "--python", sys.executable, venv)
    step(UV, "pip", "sync", "--require-hashes", folder / "requirements" / "base.txt")
    step(UV, "pip", "install", "--no-deps", wheel)
    return Version(f"{commit} (before)", folder, venv / "bin" / "python", variables(with_law(var), venv / "bin"))


def this(work: Path) -> Version:
    """Return the version of this checkout, with a var folder of its own."""
    python = Path(sys.executable)
    environment = variables(with_law(work / "var-after"), python.parent) | {"PYTHONPATH": str(ROOT / "src")}
    return Version("this checkout (after)", ROOT, python, environment)


def with_law(var: Path) -> Path:
    """Make a var folder that has the law compiled here."""
    var.mkdir()
    if (ROOT / "var" / "law").exists():
        (var / "law").symlink_to((ROOT / "var" / "law").resolve())
    return var


class Visitor:
    """A browser as far as it is needed: cookies, a form, links."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Return a page; raises HTTPError for a status that is an error."""
        with self.opener.open(self.site + path, timeout=60) as answer:
            return str(answer.read().decode())

    def form(self, path: str) -> dict[str, str]:
        """Open a page with a form; returns the field that proves that it was opened."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        return {"csrfmiddlewaretoken": token[1] if token else ""}

    def send(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        """Send a form; returns the address of the answer and its page. Raises HTTPError."""
        request = urllib.request.Request(
            self.site + path, urllib.parse.urlencode(fields).encode(), {"Referer": self.site + path}
        )
        with self.opener.open(request, timeout=60) as answer:
            return answer.url, answer.read().decode()

    def log_in(self) -> None:
        """Log in as a counsellor of the demo."""
        path = "/de/konto/anmelden/"
        url, _page = self.send(path, self.form(path) | {"login": LOGIN, "password": PASSWORD})
        if "/arbeit" not in url:
            sys.exit(f"The log-in led to {url}")


class Writing:
    """Somebody who says what is wrong with an entry, and with staff signed in, across a change of versions."""

    def __init__(self, site: str, *, staff: bool) -> None:
        self.visitor, self.staff = Visitor(site), staff
        offer = re.search(r'href="(/de/angebote/[a-z0-9-]+/)"', self.visitor.get("/de/angebote/"))
        if offer is None:
            sys.exit("The earlier version shows no offer.")
        self.path = f"{offer[1]}stimmt-nicht/"
        self.fields = self.visitor.form(self.path) | {"kind": "phone"}
        if staff:
            self.visitor.log_in()
            self.fields |= self.visitor.form(self.path)

    def faults(self, site: str, words: str) -> Iterator[str]:
        """Send the form, opened before, to a site now, and open a page of work there; yields what did not go on."""
        self.visitor.site = site
        try:
            _url, page = self.visitor.send(self.path, self.fields | {"text": words})
            if "Danke" not in page:
                yield f"{words}: the form was not taken"
            if self.staff and LOGIN_FIELD in self.visitor.get("/de/arbeit/faelle/"):
                yield f"{words}: whoever was signed in is so no more"
        except urllib.error.HTTPError as error:
            yield f"{words}: {error.url} answered {error.code}"


def columns_of(database: str) -> dict[str, bool]:
    """Return each column of each table, and whether whoever writes a row must fill it."""
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT table_name || '.' || column_name, is_nullable = 'NO' AND column_default IS NULL"
            " AND is_identity = 'NO' AND is_generated = 'NEVER'"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return dict(found.fetchall())


def unwritable(before: dict[str, bool], after: dict[str, bool]) -> list[str]:
    """Return the columns by which the version before would fail: one that is gone, or one it does not fill and must."""
    tables = {name.partition(".")[0] for name in before}
    gone = [f"{name} is gone" for name in before if name not in after]
    must = [
        f"{name} must be filled"
        for name, is_needed in after.items()
        if is_needed
        and not before.get(name, False)
        and name.partition(".")[0] in tables
        and name not in BEFORE_THE_RULE
    ]
    return sorted(gone + must)


def pages_opened(site: str, *, staff: bool) -> list[str]:
    """Open public pages and, with staff, a day, a list and a case; returns the paths. Raises HTTPError."""
    visitor, paths = Visitor(site), list(PUBLIC)
    for path in PUBLIC:
        visitor.get(path)
    if staff:
        visitor.log_in()
        day, cases = visitor.get("/de/arbeit/"), visitor.get("/de/arbeit/faelle/")
        case = re.search(r"/de/arbeit/faelle/[0-9a-f-]{36}/", day + cases)
        if case is None:
            sys.exit("A counsellor of the demo sees no case.")
        visitor.get(case[0])
        paths += ["/de/arbeit/", "/de/arbeit/faelle/", "/de/arbeit/faelle/…/"]
    return paths


class Asking(threading.Thread):
    """Somebody who asks the earlier version for pages all the time, and notes how long each took."""

    def __init__(self, site: str, *, staff: bool) -> None:
        super().__init__(daemon=True)
        self.visitor, self.over = Visitor(site), threading.Event()
        self.paths = ["/de/suche/?q=miete", *(["/de/arbeit/", "/de/arbeit/faelle/"] if staff else [])]
        self.seconds: list[float] = []
        self.failed: list[str] = []
        if staff:
            self.visitor.log_in()
        for path in self.paths:
            self.visitor.get(path)  # the first look at each loads what later ones find in memory

    def wait_for(self, pages: int) -> int:
        """Wait until so many more pages were asked for; returns how many it were in all."""
        until = len(self.seconds) + pages
        while len(self.seconds) < until:
            time.sleep(LOOK)
        return len(self.seconds)

    def run(self) -> None:
        """Ask until it is over."""
        while not self.over.is_set():
            path, begun = self.paths[len(self.seconds) % len(self.paths)], time.perf_counter()
            try:
                self.visitor.get(path)
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                self.failed.append(f"{path}: {error}")
            self.seconds.append(time.perf_counter() - begun)
            self.over.wait(0.05)


class Locks(threading.Thread):
    """Looks again and again which table is shut to readers, and who waits for a lock."""

    SHUT = """SELECT a.pid, a.xact_start::text, l.relation, extract(epoch FROM clock_timestamp())
        FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.mode = 'AccessExclusiveLock' AND l.granted AND l.relation = ANY(%s)"""
    WAITS = """SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start)), 0)
        FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"""

    def __init__(self, database: str) -> None:
        super().__init__(daemon=True)
        self.database, self.over = database, threading.Event()
        self.shut: dict[tuple[int, str, int], tuple[float, float]] = {}
        self.longest_wait = 0.0
        with psycopg.connect(database) as connection:
            found = connection.execute(
                "SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
            self.tables = dict(found.fetchall())

    def run(self) -> None:
        """Look until it is over."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            while not self.over.is_set():
                for pid, begun, table, at in connection.execute(self.SHUT, [list(self.tables)]):
                    first, _last = self.shut.get((pid, begun, table), (float(at), 0.0))
                    self.shut[pid, begun, table] = (first, float(at))
                (waited,) = connection.execute(self.WAITS).fetchone() or (0,)
                self.longest_wait = max(self.longest_wait, float(waited))
                self.over.wait(LOOK)

    def longest(self) -> tuple[float, str]:
        """Return for how many seconds a table was shut at most, and which."""
        held = [(last - first, self.tables[table]) for (_pid, _begun, table), (first, last) in self.shut.items()]
        return max(held, default=(0.0, "none"))


def rows_of(database: str) -> dict[str, int]:
    """Return the number of rows of each table."""
    with psycopg.connect(database) as connection:
        names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {
            name: connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(name))).fetchone()[0]
            for name in sorted(names)
        }


def differences(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Return the tables with other rows than before, leaving out those that grow by themselves; a lost row always."""
    return [
        f"{name}: {count} -> {after.get(name, 'gone')}"
        for name, count in before.items()
        if after.get(name, 0) != count and not (name in GROWS and after.get(name, 0) > count)
    ]


def other_tables(version: Version, server: str, upgraded: str) -> list[str]:
    """Return the first statements of a table that only a new database of a version, or only the upgraded one, has."""
    fresh, copied = new_database(server, "fresh"), new_database(server, "copied")
    version.tragnetz("migrate", database=fresh)
    set_up()
    copy(upgraded, copied)
    made, as_well = (set(schema(database).split("\n\n")) for database in (fresh, copied))
    return sorted(made ^ as_well)[:5]


def new_database(server: str, name: str) -> str:
    """Make an empty database; returns its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    at = psycopg.conninfo.conninfo_to_dict(server)
    return f"postgresql://{at['user']}:{at.get('password', '')}@/{name}?host={at['host']}"


def make_tables(old: Version, database: str, kept: Path | None) -> None:
    """Let the earlier version make its tables, or make them as it did once and `kept` says: 40 s of a core less."""
    if kept and kept.exists():
        with psycopg.connect(database) as connection:
            connection.execute(
                "SELECT set_config('search_path', '', true), set_config('check_function_bodies', 'off', true)"
            )
            connection.execute(kept.read_text(encoding="utf-8"))
        return
    old.run("-m", "django", "migrate", "-v0", database=database)
    if kept:
        set_up()
        head = f"-- The tables of {old.name.split()[0]}, written by tools/try_upgrade.py --tables: not by hand.\n"
        kept.write_text(f"{head}\n{schema(database)}\n{migrations(database)}", encoding="utf-8")


def migrate_beside(
    old: Version, new: Version, database: str, *, staff: bool, found: dict[str, object], faults: list[str]
) -> Writing:
    """Let this version migrate while the earlier one serves; returns who began a form and a log-in there."""
    with old.serving(PORT_BEFORE, database) as site:
        asking, locks = Asking(site, staff=staff), Locks(database)
        writers = [Writing(site, staff=staff) for _version in (old, new)]
        at_rest = rows_of(database)  # the log-in added a session
        asking.start()
        locks.start()
        usual = asking.wait_for(PAGES)
        found["migration, s"] = seconds(lambda: new.tragnetz("migrate", database=database))
        during = len(asking.seconds)
        asking.wait_for(PAGES)  # the earlier version goes on, with the tables of this one
        for one in (asking, locks):
            one.over.set()
            one.join()
        faults += [f"rows after the migration: {one}" for one in differences(at_rest, rows_of(database))]
        faults += writers[0].faults(site, "written by the earlier version after the migration")
    found["slowest page before, s"] = round(max(asking.seconds[:usual]), 3)
    found["slowest page while migrating, s"] = round(max(asking.seconds[usual : during + 1]), 3)
    found["pages asked meanwhile"] = len(asking.seconds) - usual
    found["failed meanwhile"] = len(asking.failed)
    held, table = locks.longest()
    found["longest shut table, s"], found["which table"] = round(held, 3), table
    found["longest wait for a lock, s"] = round(locks.longest_wait, 3)
    faults += [f"the earlier version failed: {one}" for one in asking.failed[:5]]
    return writers[1]


def trial(commit: str, cases: int, city: str, work: Path, tables: Path | None = None) -> dict[str, object]:
    """Do it all; returns what was measured, and under `faults` what went wrong."""
    old, new, staff = earlier(commit, work), this(work), city == "herne"
    server = embedded_url(work / "postgres", "postgres")
    database = new_database(server, "upgraded")
    found: dict[str, object] = {"from": commit, "cases": cases, "faults": []}
    faults: list[str] = found["faults"]  # type: ignore[assignment] # the same list

    make_tables(old, database, tables)
    progress = "progress=lambda *_: None" if staff else ""
    load = f"Path('cities/{city}')" + (f", {progress}" if progress else "")
    old.run("-c", LOAD.format(city=load), database=database)
    if cases:
        (old.folder / "fill_cases.py").write_bytes((ROOT / "tools" / "fill_cases.py").read_bytes())
        old.run("fill_cases.py", str(cases), database=database)
    before, columns = rows_of(database), columns_of(database)
    found["rows"] = sum(before.values())
    backup = work / "before.backup"
    found["back-up, s"] = seconds(lambda: old.tragnetz("backup", str(backup), database=database))
    with psycopg.connect(database) as connection:
        found["database, MB"] = round(
            connection.execute("SELECT pg_database_size(current_database())").fetchone()[0] / 1e6
        )

    writer = migrate_beside(old, new, database, staff=staff, found=found, faults=faults)
    faults += [f"the earlier version cannot write: {one}" for one in unwritable(columns, columns_of(database))]
    faults += [f"only in one, the new or the upgraded: {one}" for one in other_tables(new, server, database)]

    with new.serving(PORT_AFTER, database) as site:
        faults += writer.faults(site, "begun with the earlier version, sent to this one")
        found["pages of this version"] = len(pages_opened(site, staff=staff))
    new.tragnetz("audit", "verify", database=database)  # fails if the chain is broken

    back = new_database(server, "back")
    found["restore, s"] = seconds(
        lambda: old.tragnetz("restore", str(backup), database=back),
    )
    faults += [f"rows after the way back: {one}" for one in differences(before, rows_of(back))]
    with old.serving(PORT_BEFORE, back) as site:
        found["pages of the earlier version, after the way back"] = len(pages_opened(site, staff=staff))
    old.tragnetz("audit", "verify", database=back)
    return found


def seconds(deed) -> float:
    """Return how long something took."""
    begun = time.perf_counter()
    deed()
    return round(time.perf_counter() - begun, 2)


def main() -> int:
    """Try it and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit", help="the earlier release: a tag or a commit, with `tragnetz backup`")
    parser.add_argument("--cases", type=int, default=0, help="so many cases besides those of the demo")
    parser.add_argument("--city", choices=["herne", "auental"], default="herne", help="auental: a small one, no staff")
    parser.add_argument(
        "--tables", type=Path, help="the earlier version's tables (SQL); written if there is no such file"
    )
    parser.add_argument("--json", type=Path, help="write what was found to this file too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="upgrade-", ignore_cleanup_errors=True) as folder:
        found = trial(options.commit, options.cases, options.city, Path(folder), options.tables)
    for name, value in found.items():
        if name != "faults":
            print(f"{name:<52} {value}")
    for fault in found["faults"]:
        print(f"FAULT  {fault}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2), encoding="utf-8")
    return int(bool(found["faults"]))


if __name__ == "__main__":
    sys.exit(main())
