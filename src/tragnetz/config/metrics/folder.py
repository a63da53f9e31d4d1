"""Where the web processes of one server count together: a folder of its own below TRAGNETZ_VAR/metrics.

Granian starts each worker as a process of its own; prometheus-client lets them share files in a folder that is named
before it is imported. A server that starts anew begins with an empty one: counters go down to 0, as Prometheus expects.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

NAME = "PROMETHEUS_MULTIPROC_DIR"
KEPT = "metrics"


def prepare(var: Path) -> Path:
    """Name and make the folder of this server's processes, and remove those of servers that ended."""
    mine = var / KEPT / _server(os.getppid())
    mine.mkdir(parents=True, exist_ok=True, mode=0o700)
    for other in (var / KEPT).iterdir():
        number = other.name.partition("-")[0]
        if other != mine and number.isdecimal() and other.name != _server(int(number)):
            with suppress(OSError):  # another worker of ours may remove it at the same time
                shutil.rmtree(other)
    os.environ[NAME] = str(mine)
    return mine


def _server(process: int) -> str:
    """Return what tells a process from a later one with its number: that, and when it began (where Linux tells)."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"{process}-0"
    return f"{process}-{told.rpartition(')')[2].split()[19]}"  # field 22 of proc(5), counted after the name
