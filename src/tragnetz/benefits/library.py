"""The folder of compiled laws, one a date: build, choose, load once a process."""

import hashlib
import os
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from tragnetz.benefits.law import Law, load_law
from tragnetz.benefits.runtime import LawError

__all__ = ["LawError", "build", "days", "is_current", "law_of", "laws", "outdated", "set_up"]
HERE = Path(__file__).parent
# gettsim and all it needs, locked: it comes along with an installed package, and lies beside `src/` in a clone.
LOCKED = [HERE / "engine" / "law.txt", HERE.parents[2] / "requirements" / "law.txt"]
LONGEST = 600  # seconds that compiling may take


def set_up(folder: Path) -> None:
    """Make the environment that holds gettsim, apart from that of the program; done again, it is renewed.

    Raises LawError when the packages cannot be had.
    """
    locked = next(one for one in LOCKED if one.exists())
    steps: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", folder / "venv"],
        [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", locked],
    ]
    for command in steps:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
        if done.returncode:
            message = f"gettsim could not be installed: {(done.stderr or done.stdout).strip()[-500:]}"
            raise LawError(message)


def build(folder: Path, on: date) -> Path:
    """Compile the law of a day into `folder`, in the environment that holds gettsim; returns its place.

    Raises LawError when that environment is missing or gettsim has no law for the day.
    """
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        message = f"There is no environment with gettsim in {python.parent.parent}: `tragnetz law setup` makes it."
        raise LawError(message)
    place = folder / on.isoformat()
    with tempfile.TemporaryDirectory() as alone:
        # Beside an installed package lie others; none of them may stand in for what that environment has locked.
        (Path(alone) / HERE.parent.name).symlink_to(HERE.parent, target_is_directory=True)
        done = subprocess.run(  # noqa: S603 -- our own program
            # -O: no types checked at run time by gettsim, which would take more than half of the time.
            [python, "-O", "-m", "tragnetz.benefits.engine", "build", on.isoformat(), place],
            env=os.environ | {"PYTHONPATH": alone},
            capture_output=True, text=True, timeout=LONGEST, check=False,
        )  # fmt: skip
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        message = f"The law of {on} could not be compiled: {reason}"
        raise LawError(message)
    (place / "sources").write_text(sources(), encoding="utf-8")
    return place


def sources() -> str:
    """Return a hash of what a compiled law is made from, besides gettsim's version, which the lock file fixes."""
    files = [*sorted((HERE / "engine").glob("*.py")), HERE / "runtime.py", *[one for one in LOCKED if one.exists()]]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def is_current(folder: Path) -> bool:
    """Whether there is a law, and all of them were made from the sources of now."""
    return bool(_places(folder)) and not outdated(folder)


def outdated(folder: Path) -> list[date]:
    """Return the days whose law was made from other sources than those of now."""
    now = sources()
    return [date.fromisoformat(place.name) for place in _places(folder) if _made_from(place) != now]


def _made_from(place: Path) -> str:
    written = place / "sources"
    return written.read_text(encoding="utf-8") if written.exists() else ""


def days(folder: Path) -> list[date]:
    """Return the dates of which a law was compiled, oldest first, without loading any."""
    return [date.fromisoformat(place.name) for place in _places(folder)]


def laws(folder: Path) -> list[Law]:
    """Return all laws of a folder, oldest first."""
    return [_loaded(place) for place in _places(folder)]


def law_of(folder: Path, on: date) -> Law:
    """Return the law in force on a day as far as there is one: the newest not after it. Raises LawError if none is."""
    places = [place for place in _places(folder) if date.fromisoformat(place.name) <= on]
    if not places:
        message = f"There is no compiled law for {on}: build it with `tragnetz law build --date {on}`."
        raise LawError(message)
    return _loaded(places[-1])


def _places(folder: Path) -> list[Path]:
    return sorted(file.parent for file in folder.glob("????-??-??/law.json"))


@cache
def _loaded(place: Path) -> Law:
    return load_law(place)
