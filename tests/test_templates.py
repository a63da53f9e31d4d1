"""The databases that tests copy: none is older than what it is made of, and no test sees what another committed."""

import re

import pytest

from tests.templates import MADE_INTO_TABLES, ROOT
from tragnetz.network.models import Network

SOURCE = ROOT / "src"


def test_the_hash_of_the_empty_tables_holds_all_that_migrations_import():
    hashed = {file for pattern in MADE_INTO_TABLES for file in (SOURCE / "tragnetz").glob(pattern)}
    imported = set()
    for migration in SOURCE.glob("tragnetz/*/migrations/*.py"):
        imported |= set(re.findall(r"^(?:import|from) (tragnetz\.[\w.]+)", migration.read_text(), re.MULTILINE))

    paths = [SOURCE / name.replace(".", "/") for name in imported]
    files = {path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in paths}

    assert SOURCE / "tragnetz" / "core" / "ids.py" in files
    assert files - hashed == set()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_commits_is_gone_for_the_next(committed_herne, turn):
    assert committed_herne.city == "Herne"

    Network.objects.update(city="Anderswo")
