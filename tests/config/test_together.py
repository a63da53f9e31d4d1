"""Whichever way a demo ends: no process of it stays, its port is free, and the embedded PostgreSQL stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest

from tests.processes import PATIENCE, free_port
from tests.server import collected, database_url, owner_url, wait_until_it_answers
from tests.templates import ROOT
from tragnetz.config import serving
from tragnetz.config.together import GRACE

# The demo's own command on a database that a test may use: there its history would take half a minute to invent.
DEMO = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
import django
django.setup()
from tragnetz.config import cli
from tragnetz.demo import load
load.load_demo = lambda *_given, **_more: None
sys.argv = ["tragnetz", "demo", "--port", "{port}"]
sys.exit(cli.main())
"""

# A worker that uses the embedded server, as `tragnetz work` does, until it is told to end.
WORKER = """
import sys, time
from pathlib import Path
from tragnetz.config.database import embedded_url
from tragnetz.config.together import end_in_order
end_in_order()
embedded_url(Path(sys.argv[1]), "postgres")
print("there", flush=True)
while True:
    time.sleep(1)  # not `threading.Event().wait()`: an exception that a signal raises there may meet its lock half open
"""

# Before and after `configure`: a statement that fails, with what somebody said in it.
FAILING = """
import psycopg
from tragnetz.config.database import configure
url = embedded_url(Path(sys.argv[1]), "postgres")
def fail(word):
    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute(f"SELECT '{word}' FROM nowhere")
        except psycopg.Error:
            pass
fail("Silberreiher")
configure(url)
quiet = ""
while quiet != "panic":  # until the server has read its settings anew
    with psycopg.connect(url) as connection:
        (quiet,) = connection.execute("SHOW log_min_error_statement").fetchone()
fail("Eisvogel")
"""

# Eight files of the write-ahead log, 16 MB each, then what is left of them after `tidy`.
FULL = """
import psycopg
from tragnetz.config.database import configure, tidy
url = embedded_url(Path(sys.argv[1]), "postgres")
configure(url)
with psycopg.connect(url, autocommit=True) as connection:
    while connection.execute("SHOW wal_recycle").fetchone() != ("off",):  # until the server has read its settings anew
        connection.execute("SELECT pg_sleep(0.01)")
    for number in range(8):
        connection.execute("SELECT pg_logical_emit_message(false, 'test', 'full')")
        connection.execute("SELECT pg_switch_wal()")
    count = "SELECT count(*) FROM pg_ls_waldir()"
    (full,) = connection.execute(count).fetchone()
    tidy(url)
    (left,) = connection.execute(count).fetchone()
    print(full, left, flush=True)
"""

# Whoever starts it, and uses the embedded server, too.
STARTER = """
import os, sys
from pathlib import Path
from tragnetz.config.database import embedded_url
from tragnetz.config.together import Program, end_in_order, run_together
end_in_order()
embedded_url(Path(sys.argv[1]), "postgres")
sys.exit(run_together(Program([sys.executable, "-c", {worker!r}, sys.argv[1]], os.environ)))
"""

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("there", flush=True)
time.sleep(600)
"""


# Whoever starts the tests in the background hands on that these are ignored.
AS_FROM_A_TERMINAL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""


@pytest.fixture
def start():
    """Start a script; what of a test that failed is still there is killed."""
    started: list[subprocess.Popen[str]] = []

    def one(script: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", AS_FROM_A_TERMINAL + script, *arguments], env=os.environ | environment, cwd=ROOT,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
            )
        )  # fmt: skip
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def left_of(processes: list[psutil.Process]) -> list[psutil.Process]:
    _gone, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    return alive


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def demo(start, committed_herne, tmp_path, port):
    """The demo as `make run` starts it, served and with its worker."""
    started = start(
        DEMO.format(port=port), DATABASE_URL=database_url(), TRAGNETZ_OWNER_URL=owner_url(), TRAGNETZ_VAR=str(tmp_path),
        TRAGNETZ_STATIC=collected(),
    )  # fmt: skip
    wait_until_it_answers(f"http://127.0.0.1:{port}/health/", started)
    processes = family(started)
    yield started, processes
    started.kill()
    for one in processes:  # of a test that failed
        with suppress(psutil.NoSuchProcess):
            one.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_a_demo_that_ends_leaves_no_process_and_no_port(demo, port, number):
    started, processes = demo
    assert len(processes) >= 4  # web server with two processes, and the worker
    assert is_taken(port)

    started.send_signal(number)

    assert started.wait(PATIENCE) == {signal.SIGINT: 0, signal.SIGKILL: -9}.get(number, 128 + number)
    assert left_of(processes) == []
    assert not is_taken(port)


def test_a_web_server_that_is_killed_ends_the_demo_and_its_processes(demo, port):
    started, processes = demo
    (server,) = [one for one in processes if one.ppid() == started.pid and "granian" in " ".join(one.cmdline())]

    server.kill()

    assert started.wait(PATIENCE) == 128 + signal.SIGKILL
    assert left_of(processes) == []
    assert not is_taken(port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_web_server_that_still_loads_ends_as_soon_as_it_is_told(tmp_path, number):
    calls = []
    with (
        socket.create_server(("127.0.0.1", 0)) as database,  # it takes calls and says nothing: who loads waits for it
        subprocess.Popen(
            serving.server("127.0.0.1", free_port(), log_level="critical"),
            env=os.environ
            | {
                "DATABASE_URL": f"postgres://nobody@127.0.0.1:{database.getsockname()[1]}/none",
                "TRAGNETZ_VAR": str(tmp_path),
            },
            start_new_session=True,
        ) as server,
    ):
        try:
            database.settimeout(PATIENCE)
            calls.extend(database.accept()[0] for _ in range(serving.WORKERS))
            server.send_signal(number)
            server.wait(GRACE - 5)  # after GRACE it would be killed
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            for call in calls:
                call.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_embedded_server_stops_cleanly_with_the_last_who_used_it(start, tmp_path, number):
    folder = tmp_path / "postgres"
    started = start(STARTER.format(worker=WORKER), str(folder))
    assert started.stdout.readline() == "there\n"
    server = psutil.Process(int((folder / "postmaster.pid").read_text().splitlines()[0]))
    processes = family(started)

    started.send_signal(number)
    started.wait(PATIENCE)

    assert left_of([*processes, server]) == []
    assert "database system is shut down" in (folder / "log").read_text()  # in order: nothing to recover
    assert not (folder / "postmaster.pid").exists()


def test_the_log_of_the_embedded_server_quotes_nobody(start, tmp_path):
    folder = tmp_path / "postgres"
    script = WORKER.replace('embedded_url(Path(sys.argv[1]), "postgres")', FAILING)
    started = start(script, str(folder))
    assert started.stdout.readline() == "there\n"

    started.terminate()

    assert started.wait(PATIENCE) == 128 + signal.SIGTERM
    written = (folder / "log").read_text()
    assert written.count("Silberreiher") == 1  # before it was quiet: what comes with the server does quote
    assert "Eisvogel" not in written


def test_the_embedded_server_keeps_no_log_that_it_has_no_use_for(start, tmp_path):
    script = WORKER.replace('embedded_url(Path(sys.argv[1]), "postgres")', FULL)
    started = start(script, str(tmp_path / "postgres"))

    full, left = map(int, started.stdout.readline().split())
    assert full >= left + 4
    assert left <= 2
    assert started.stdout.readline() == "there\n"
    started.terminate()
    started.wait(PATIENCE)


def test_who_was_killed_does_not_keep_the_embedded_server_for_ever(start, tmp_path):
    folder = tmp_path / "postgres"
    killed = start(WORKER, str(folder))
    assert killed.stdout.readline() == "there\n"
    killed.kill()
    killed.wait()
    assert (folder / "postmaster.pid").exists()
    next_one = start(WORKER, str(folder))
    assert next_one.stdout.readline() == "there\n"

    next_one.terminate()

    assert next_one.wait(PATIENCE) == 128 + signal.SIGTERM
    assert not (folder / "postmaster.pid").exists()


def test_what_does_not_end_in_time_is_killed(start):
    script = (
        "import os, sys; from tragnetz.config import together; together.GRACE = 0.2; together.end_in_order();"
        f"sys.exit(together.run_together(together.Program([sys.executable, '-c', {STUBBORN!r}], os.environ)))"
    )
    started = start(script)
    assert started.stdout.readline() == "there\n"
    (stubborn,) = family(started)

    started.terminate()

    assert started.wait(PATIENCE) == 128 + signal.SIGTERM
    assert left_of([stubborn]) == []


def test_a_program_told_to_end_after_its_terminal_is_gone_goes_on_under_nohup(start):
    script = (
        "import signal, sys, threading; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from tragnetz.config.together import end_in_order; end_in_order(); print('there', flush=True);"
        "sys.stdin.read()"
    )
    started = start(script)
    assert started.stdout.readline() == "there\n"

    started.send_signal(signal.SIGHUP)
    started.communicate(timeout=PATIENCE)

    assert started.returncode == 0


def test_a_program_whose_starter_is_gone_does_not_begin(tmp_path):
    mark = tmp_path / "began"

    ended = subprocess.run(
        [sys.executable, "-m", "tragnetz.config.bound", "1", sys.executable, "-c", f"open({str(mark)!r}, 'w')"],
        cwd=ROOT, check=False,
    )  # fmt: skip

    assert ended.returncode == 1
    assert not mark.exists()
