"""What a production installation asks for before it starts."""

import os
import subprocess
import sys

import pytest

from tragnetz.vault.sealing import new_key

GIVEN = {
    "TRAGNETZ_PRODUCTION": "1", "TRAGNETZ_SECRET_KEY": "x" * 60, "TRAGNETZ_VAULT_KEYS": new_key(),
    "TRAGNETZ_HOSTS": "a.example", "TRAGNETZ_BEHIND_PROXY": "1",
    "DATABASE_URL": "postgresql://nobody@localhost/none",
}  # fmt: skip


def started(**given: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRAGNETZ_")} | given
    return subprocess.run(
        [sys.executable, "-c", "import tragnetz.config.settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE)"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["TRAGNETZ_SECRET_KEY", "TRAGNETZ_VAULT_KEYS", "TRAGNETZ_HOSTS"])
def test_production_refuses_to_start_without_its_secrets(name):
    done = started(**{key: value for key, value in GIVEN.items() if key != name})

    assert done.returncode != 0
    assert f"{name} is missing" in done.stderr


def test_production_starts_with_them_and_never_in_debug_mode():
    assert started(**GIVEN).stdout.split() == ["False", "True"]
