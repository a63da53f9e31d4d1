"""Tables that hold one row of either network each, and whom they are shown to."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.network.planting import FOREIGN, OURS, TABLES, insert, lift_all_but_policies, row
from tests.owner import owner_conninfo
from tragnetz.config.database import READER


@pytest.fixture(scope="module")
def planted() -> Iterator[psycopg.Connection]:
    """A connection of the owner's to tables that hold one row of either network each."""
    with psycopg.connect(owner_conninfo()) as owner:
        for table in TABLES:
            lift_all_but_policies(owner, table)
            for network in (OURS, FOREIGN):
                owner.execute(insert(table), row(table, network))
        yield owner
        owner.rollback()


@pytest.fixture
def owner(db, planted) -> Iterator[psycopg.Connection]:
    """The owner, whose deeds in a test are taken back after it."""
    with planted.transaction(force_rollback=True):
        yield planted


@pytest.fixture
def rows(owner) -> psycopg.Connection:
    """A connection that works as the application does."""
    owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    return owner
