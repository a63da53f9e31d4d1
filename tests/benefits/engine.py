"""Runs the compiler's own program in the environment that holds gettsim, as `tragnetz law build` does."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.conftest import CITIES

ROOT = CITIES.parent
# One command a line, so that gettsim, which takes a second and more, is read once for many.
PROGRAM = """
import json, sys
from tragnetz.benefits.engine.__main__ import run
for line in sys.stdin:
    run(json.loads(line))
    sys.stdout.flush()
"""


@contextmanager
def running() -> Iterator[Callable[..., dict]]:
    """Start the program: `engine("cases", "--part", "0/2")` runs a command and returns what it printed."""
    python = ROOT / "var" / "law" / "venv" / "bin" / "python"
    with subprocess.Popen(
        [python, "-O", "-c", PROGRAM], env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip

        def engine(*arguments: str) -> dict:
            process.stdin.write(f"{json.dumps(arguments)}\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, "the program ended: why stands above"
            return json.loads(line)

        yield engine
