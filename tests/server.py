"""Real server processes on the database in use, for tests and measures that need HTTP."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.processes import PATIENCE, free_port, running
from tragnetz.config import serving
from tragnetz.config.database import READER

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "var" / "test-static"


def database_url(name: str = "") -> str:
    """Return the address of the database in use, or of another one beside it."""
    return _url(name, assume_role=READER)


def owner_url(name: str = "") -> str:
    """Return the same for the owner of its tables."""
    return _url(name)


def _url(name: str, **options: str) -> str:
    at = connection.settings_dict
    local = {"host": at["HOST"]} if at["HOST"].startswith("/") else {}
    host = "" if local else f"{at['HOST']}:{at['PORT']}"
    query = urlencode(local | options)
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{host}/{name or at['NAME']}{'?' if query else ''}{query}"


def wait_until_it_answers(url: str, server: subprocess.Popen) -> None:
    for _ in range(5 * PATIENCE):
        try:
            urllib.request.urlopen(url, timeout=20).read()  # noqa: S310 -- our own server
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert server.poll() is None, "the server ended"
            threading.Event().wait(0.2)  # for the port of another process there is no signal to wait on
        else:
            return
    pytest.fail("the server did not start")


def from_elsewhere(number: int) -> dict[str, str]:
    """Return the header of a visitor with an internet address of their own: limits count by address."""
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def collected() -> str:
    """Return the folder of the collected styles and fonts: squeezed once for all who serve in this run of the tests."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    mark = STATIC / ".run"
    STATIC.parent.mkdir(exist_ok=True)
    with STATIC.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker may be at it
        if not mark.exists() or mark.read_text() != run:
            shutil.rmtree(STATIC, ignore_errors=True)
            environment = os.environ | {"DATABASE_URL": database_url(), "TRAGNETZ_STATIC": str(STATIC)}
            subprocess.run(
                [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
                cwd=ROOT,
                env=environment,
                check=True,
            )
            mark.write_text(run)
    return str(STATIC)


@contextmanager
def serve(var: Path, *, port: int = 0, ready: str = "/health/", **settings: str) -> Iterator[str]:
    """Serve Herne by two processes of granian, as the demo does; `var` takes what they write.

    They believe `X-Forwarded-For`, so that each of many visitors can have an address of their own (`from_elsewhere`).
    It serves when `ready` answers; `settings` are further variables. Without a `port` it takes a free one.
    """
    environment = (
        os.environ
        | {
            "DATABASE_URL": database_url(),
            "TRAGNETZ_NETWORK": "herne",
            "TRAGNETZ_VAR": str(var),
            "TRAGNETZ_STATIC": collected(),
            "TRAGNETZ_BEHIND_PROXY": "1",
        }
        | settings
    )
    port = port or free_port()
    with running(serving.server("127.0.0.1", port, log_level="critical"), env=environment) as server:
        wait_until_it_answers(f"http://127.0.0.1:{port}{ready}", server)
        yield f"http://127.0.0.1:{port}"
