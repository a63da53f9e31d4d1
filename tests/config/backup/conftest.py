"""A pair of keys, an empty database beside the one in use, and back-ups of the one in use."""

from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import templates
from tests.owner import owner_conninfo
from tragnetz.config.backup.keys import SecretKey, new_secret
from tragnetz.config.backup.write import Written, write_backup
from tragnetz.core.clock import now


@dataclass(frozen=True)
class Place:
    """Where a test backs up from: the database in use, and a var folder of its own."""

    conninfo: str
    var: Path
    folder: Path
    secret: SecretKey

    def back_up(self, name: str = "one.backup", **given) -> Written:
        given = {"conninfo": self.conninfo, "var": self.var, "version": "0.1.0", "now": now(), **given}
        return write_backup(self.folder / name, self.secret.public, **given)


@pytest.fixture
def standing_herne(django_db_setup, django_db_blocker):
    """Herne for a test that writes nothing into it: other connections see it, and the next test takes it as it is."""
    templates.use(templates.HERNE)
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
def place(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "backups").mkdir()
    return Place(owner_conninfo(), tmp_path / "var", tmp_path / "backups", new_secret())


@pytest.fixture
def empty_database():
    """Address of a database without anything in it."""
    name = f"tragnetz_{templates.WORKER}_restored"
    with templates._maintenance() as server:
        templates._drop(server, name)
        templates._create(server, name, "template1")
    yield owner_conninfo(name)
    with templates._maintenance() as server:
        templates._drop(server, name)


def scalar(conninfo: str, query: str):
    with psycopg.connect(conninfo) as asked:
        return asked.execute(query).fetchone()[0]
