"""Two real servers: Herne and a small network on one, nothing on the other; and our commands on either of them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import templates
from tests.clusters import Cluster, clusters, copy_of_the_database_in_use, django_on
from tests.factories import make_network


@dataclass(frozen=True)
class Cell:
    """A server with a var folder of its own."""

    cluster: Cluster
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are given."""
        return {
            "DATABASE_URL": self.cluster.url,
            "TRAGNETZ_OWNER_URL": self.cluster.owner_url,
            "TRAGNETZ_VAR": str(self.var),
            "TRAGNETZ_KEY_MEMORY_KIB": "64",
        }

    def file(self) -> Path:
        """Return its environment as a file."""
        path = self.var / "environment"
        path.write_text("".join(f"{name}={value}\n" for name, value in self.environment.items()), encoding="utf-8")
        return path

    def run(self, *words: str, **given: str) -> subprocess.CompletedProcess:
        """Run one of our commands there."""
        return subprocess.run(
            [sys.executable, "-m", "tragnetz.config.cli", *words], env=os.environ | self.environment | given,
            capture_output=True, text=True, check=False, cwd=templates.ROOT,
        )  # fmt: skip

    def count(self, table: str, where: str = "true") -> int:
        """Return how many rows a table has, whosever they are."""
        ((number,),) = self.cluster.run(f"SELECT count(*) FROM {table} WHERE {where}", database="tragnetz")
        return number


@pytest.fixture(scope="module")
def cells(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both cells; a module's tests change them one after the other."""
    folder = tmp_path_factory.mktemp("cells")
    with django_db_blocker.unblock(), clusters() as made:
        for name, kind in (("a", templates.HERNE), ("b", templates.EMPTY)):
            templates.use(kind)
            made.append(copy_of_the_database_in_use(folder / f"server-{name}"))
            (folder / f"var-{name}").mkdir()
        with django_on(made[0]):
            make_network("elsewhere")
        yield Cell(made[0], folder / "var-a"), Cell(made[1], folder / "var-b")
