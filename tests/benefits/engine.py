"""Runs the compiler's own program in the environment that holds gettsim, as `tragnetz law build` does."""

import json
import os
import subprocess

from tests.conftest import CITIES

ROOT = CITIES.parent


def engine(*arguments: str) -> dict:
    python = ROOT / "var" / "law" / "venv" / "bin" / "python"
    done = subprocess.run(
        [python, "-O", "-m", "tragnetz.benefits.engine", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
