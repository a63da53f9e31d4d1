"""A small upgrade from an earlier version and back, with its real code; `make upgrade` tries the large one."""

import json
import subprocess
import sys

import pytest

from tests.release import ROOT, release_tools

EARLIER = "2b9b3f40"  # a landing on main before the first release: 53 migrations
# What that version's migrations make, as it never changes any more. Another version: a run without its file writes it.
TABLES = ROOT / "tests" / "config" / f"tables_{EARLIER}.sql"


@pytest.mark.long
def test_an_earlier_version_is_upgraded_while_it_serves_and_gets_back(tmp_path):
    release_tools()
    known = subprocess.run(
        ["git", "cat-file", "-e", f"{EARLIER}^{{commit}}"], cwd=ROOT, capture_output=True, check=False
    )
    if known.returncode:
        pytest.skip("The history of the project is not here (a shallow clone, or no git): no earlier version to try.")
    written = tmp_path / "found.json"

    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "try_upgrade.py", EARLIER, "--city", "auental", "--json", written,
         "--tables", TABLES],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(written.read_text())
    assert found["faults"] == []
    assert found["failed meanwhile"] == 0
    assert found["pages asked meanwhile"] > 0
    assert found["rows"] > 100
