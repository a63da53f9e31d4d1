"""PostgreSQL refuses a row that points to a row of another network: raw SQL by each of the links."""

import psycopg
import pytest
from psycopg import errors, sql

from tests.network.planting import FOREIGN, OURS, key_of, see
from tragnetz.config.database import READER
from tragnetz.network.database.shape import ForeignKey, links_of

TIED = "network_locality_district_id_network"
LOOSE = "ALTER TABLE network_locality ADD CONSTRAINT loose FOREIGN KEY (district_id) REFERENCES network_district (id)"


@pytest.fixture
def links(owner) -> list[ForeignKey]:
    """All foreign keys, with nothing of them but their own triggers at work, which fire at once."""
    found = links_of(owner.cursor())
    triggers = """SELECT conrelid::regclass::text, tgname FROM pg_trigger JOIN pg_constraint ON tgconstraint = pg_constraint.oid
        WHERE conname = ANY (%s) AND tgrelid = conrelid AND tgname LIKE 'RI_ConstraintTrigger_c%%'"""
    for table, trigger in owner.execute(triggers, [[key.name for key in found]]).fetchall():
        enable = sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}")
        owner.execute(enable.format(sql.Identifier(table), sql.Identifier(trigger)))
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return found


def ids(owner: psycopg.Connection, key: ForeignKey) -> dict:
    """Return the row of either network that a link may point to."""
    (column,) = {column for column in key.keys if column != "network_id"}
    query = sql.SQL("SELECT network_id, {} FROM {}").format(sql.Identifier(column), sql.Identifier(key.to))
    return dict(owner.execute(query).fetchall())


def lead(rows: psycopg.Connection, key: ForeignKey, to: object) -> None:
    """Let our row point somewhere."""
    (column,) = {column for column in key.columns if column != "network_id"}
    update = sql.SQL("UPDATE {} SET {} = %s").format(sql.Identifier(key.table), sql.Identifier(column))
    assert rows.execute(update, [to]).rowcount == 1, key


def test_no_link_leads_to_another_network(owner, links):
    """For each link: as the application, past everything but PostgreSQL itself."""
    targets = {key: ids(owner, key) for key in links}
    owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    see(owner, OURS)

    for key in links:
        with owner.transaction(force_rollback=True):
            lead(owner, key, targets[key][OURS])
        with pytest.raises(errors.ForeignKeyViolation, match=key.name), owner.transaction():
            lead(owner, key, targets[key][FOREIGN])
    assert len(links) == 331


def test_a_link_that_is_loose_leads_anywhere(owner, links):
    """The negative control: what Django makes."""
    (key,) = (one for one in links if one.name == TIED)
    foreign = ids(owner, key)[FOREIGN]
    owner.execute(sql.SQL("ALTER TABLE network_locality DROP CONSTRAINT {}").format(sql.Identifier(TIED)))
    owner.execute(LOOSE)
    owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    see(owner, OURS)

    lead(owner, key, foreign)

    assert key_of("network_locality") == "id"
