"""The site as it stands in real use: granian with two processes, `tragnetz work`, each started again when it ends."""

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from tragnetz.config.serving import server

ROOT = Path(__file__).resolve().parent.parent.parent


class Service:
    """A program that is started again a second after it ended, as by `Restart=always`."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log
        self.starts, self._ending = 0, threading.Event()
        self.process: subprocess.Popen | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with self.log.open("ab") as log:
            while not self._ending.is_set():
                self._start(log)
                assert self.process is not None
                self.process.wait()
                self._ending.wait(1)

    def _start(self, log: IO[bytes]) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.starts += 1

    def processes(self) -> list[psutil.Process]:
        with suppress(psutil.Error, AttributeError):
            main = psutil.Process(self.process.pid)
            return [main, *sorted(main.children(), key=lambda one: one.create_time())]
        return []

    def end(self) -> None:
        self._ending.set()
        if self.process is not None:
            self.process.terminate()
        self._thread.join(30)


class Site:
    """Web and worker on a database, at the address of the application's role.

    As in real use they know no owner's. `var` takes what they write; `worker` is added to the worker's environment.
    """

    def __init__(self, database: str, *, var: Path, port: int, worker: Mapping[str, str] | None = None) -> None:
        var.mkdir(parents=True, exist_ok=True)
        self.address, self.var = f"http://127.0.0.1:{port}", var
        environment = {name: value for name, value in os.environ.items() if name != "TRAGNETZ_OWNER_URL"} | {
            "DATABASE_URL": database, "TRAGNETZ_NETWORK": "herne", "TRAGNETZ_VAR": str(var),
            "TRAGNETZ_SMS_BACKEND": "file", "TRAGNETZ_EMAIL_BACKEND": "file",
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=environment, cwd=ROOT, check=True
        )
        if not (var / "law").exists() and (ROOT / "var" / "law").exists():
            (var / "law").symlink_to((ROOT / "var" / "law").resolve())
        self.web = Service(server("127.0.0.1", port), environment, var.parent / "web.log")
        self.worker = Service(
            [str(Path(sys.executable).with_name("tragnetz")), "work"],
            environment | (worker or {}),
            var.parent / "worker.log",
        )

    def answers(self, path: str = "/health/", *, within: float = 60) -> float:
        """Wait until a page comes; returns the seconds that it took. Raises TimeoutError."""
        return waited(lambda: status_of(self.address + path) == 200, within)

    def end(self) -> None:
        for service in (self.worker, self.web):
            service.end()


def status_of(url: str) -> int:
    """Return the status of a page, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 -- our own server
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def waited(until: Callable[[], bool], within: float) -> float:
    """Wait until something is so; returns the seconds that it took. Raises TimeoutError."""
    begun = time.monotonic()
    while not until():
        if time.monotonic() - begun > within:
            raise TimeoutError
        threading.Event().wait(0.1)  # other processes: there is no signal to wait on
    return time.monotonic() - begun
