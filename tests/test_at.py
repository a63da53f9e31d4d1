"""Tests at another time: the clock is shifted, and waiting takes as long as it takes."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import at
import pytest

WAITING = """
import subprocess, sys, threading, time
begun = time.monotonic()
time.sleep(0.01)
threading.Event().wait(0.01)
threading.Condition().__enter__()
subprocess.Popen([sys.executable, "-c", ""]).wait(timeout=60)
print(time.time(), time.monotonic() - begun)
"""


pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("cc"), reason="needs Linux and a compiler"
)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_program_lives_at_another_time_and_waits_no_longer(days):
    wanted = datetime.now(UTC) + timedelta(days=days)

    done = subprocess.run(
        [sys.executable, "-c", WAITING],
        env=os.environ | at.shifted(wanted), capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip

    told, waited = map(float, done.stdout.split())
    assert timedelta() <= datetime.fromtimestamp(told, UTC) - wanted < timedelta(minutes=2)
    assert waited < 100


def test_any_program_begins_at_another_time():
    program = [sys.executable, "-c", "import datetime; print(datetime.date.today())"]

    done = subprocess.run(
        [sys.executable, at.__file__, "2028-02-29 12:00", "--", *program],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip

    assert done.stdout == "2028-02-29\n"
