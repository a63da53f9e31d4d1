"""The environment with the tools of a release, and wheels built by it. Without it the tests say so."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "var" / "release" / "venv" / "bin"


def release_tools() -> Path:
    """Return the folder of the tools; skips the test where they are not installed, and fails in CI."""
    if not (TOOLS / "python").exists():
        told = "No tools of a release here: `make var/release/.synced` installs them."
        if os.environ.get("TRAGNETZ_REQUIRE_RELEASE_TOOLS") == "1":
            pytest.fail(told)
        pytest.skip(told)
    return TOOLS


def build_wheel(checkout: Path, *, epoch: str = "1764374400") -> Path:
    """Build the wheel of a folder without asking a registry; returns it."""
    subprocess.run(
        [release_tools() / "python", "-m", "hatchling", "build", "-t", "wheel"],
        cwd=checkout, env=os.environ | {"SOURCE_DATE_EPOCH": epoch}, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (checkout / "dist").glob("*.whl")
    return wheel


def copy_of_checkout(to: Path) -> Path:
    """Copy what git keeps, as it lies in the working tree, so that nothing else comes along."""
    kept = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in kept.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    return to
