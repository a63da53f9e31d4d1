"""Other processes beside a test: they end with it, however it ends, and have ports of their own."""

import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tragnetz.config.together import GRACE

PATIENCE = 60  # seconds to wait for what other threads and processes do; much more than it takes, for a busy machine


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen]:
    """Run a program; at the end it is told to end, and killed where it does not within its grace: that is an error.

    A process or a pipe that a failed test leaves open would fail another one: warnings are errors, and come late.
    """
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(GRACE + 5)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def free_ports(number: int) -> list[int]:
    """Return ports of this machine on which nobody listens, all different.

    The system chooses: a number of our own would meet other workers, other checkouts and whatever else serves here.
    """
    with ExitStack() as open_:
        probes = [open_.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def free_port() -> int:
    """Return one of them."""
    return free_ports(1)[0]
