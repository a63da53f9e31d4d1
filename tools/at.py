"""Run tests at another time: `python tools/at.py "2027-03-28 00:30" tests/demo` (UTC; what follows goes to pytest).

Or any program: `python tools/at.py "2027-05-06 08:00" -- tragnetz demo --fresh` serves the demo on Ascension Day.
Needs Linux and a C compiler. PostgreSQL and servers that tests start live in that time, too. Times of files stay the
real ones: tests that compare them with the clock fail and prove nothing.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, LIBRARY = ROOT / "tools" / "shifted_clock.c", ROOT / "var" / "shifted_clock.so"


def library() -> Path:
    """Return the library that shifts the clock, compiled if it is older than its source."""
    if not LIBRARY.exists() or LIBRARY.stat().st_mtime < SOURCE.stat().st_mtime:
        LIBRARY.parent.mkdir(exist_ok=True)
        subprocess.run(
            [os.environ.get("CC", "cc"), "-O2", "-Wall", "-shared", "-fPIC", "-o", LIBRARY, SOURCE, "-ldl"], check=True
        )
    return LIBRARY


def shifted(at: datetime) -> dict[str, str]:
    """Return the environment of a process that begins at another time; also for one that is shifted itself."""
    seconds = round((at - datetime.now(UTC)).total_seconds()) + int(os.environ.get("SHIFT", "0"))
    return {"LD_PRELOAD": str(library()), "SHIFT": str(seconds)}


if __name__ == "__main__":
    wanted, *given = sys.argv[1:]
    command = given[1:] if given[:1] == ["--"] else [sys.executable, "-m", "pytest", *given]
    at = datetime.fromisoformat(wanted).replace(tzinfo=UTC)
    os.execvpe(command[0], command, os.environ | shifted(at))  # noqa: S606
