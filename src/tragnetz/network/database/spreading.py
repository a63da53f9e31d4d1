"""What would bring the network into every unique key: the state of a database that is spread by network (Citus).

The statements follow from what is in the database. They are printed, never run (`tragnetz network spread`): an ordinary
installation does not need them, and its tables stay as migrations make them. The program works on either; of Django's
queries only those that group by a primary key had to say the network too (`compiler`).
"""

from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper, truncate_name
from psycopg import sql

from tragnetz.network.database.rows import scoped_tables
from tragnetz.network.database.tying import LONGEST_NAME
from tragnetz.network.fields import NETWORK

# The columns of an index by number, without those that are only carried along; a row for each unique index, each
# exclusion, without the network among them. `twin`: an index on just these columns and the network, which a constraint
# may take over instead of a new one; links refer to those of (id, network).
_KEYS_WITHOUT = """
WITH keys AS (
  SELECT indexrelid, indrelid, indisunique, indimmediate, indisreplident, indisclustered,
    indisvalid AND indpred IS NULL AND indexprs IS NULL AND indnkeyatts = indnatts AS is_plain,
    (indkey::int2[])[0:indnkeyatts - 1] AS numbers, attnum AS network
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    JOIN pg_attribute ON attrelid = indrelid AND attname = 'network_id'
  WHERE (indisunique OR indisexclusion) AND relname = ANY (%s) AND relnamespace = 'public'::regnamespace
)
SELECT of_table.relname, of_index.relname, coalesce(contype::text, ''), condeferrable, condeferred, indisreplident,
  indisclustered, pg_get_indexdef(indexrelid), pg_get_constraintdef(pg_constraint.oid), (
    SELECT twin_index.relname FROM keys twin JOIN pg_class twin_index ON twin_index.oid = twin.indexrelid
    WHERE contype IN ('p', 'u') AND keys.is_plain AND twin.is_plain AND twin.indimmediate AND twin.indisunique
      AND twin.indrelid = keys.indrelid AND cardinality(twin.numbers) = cardinality(keys.numbers) + 1
      AND twin.numbers @> array_append(keys.numbers, keys.network)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = twin.indexrelid AND conrelid = twin.indrelid
                        AND contype IN ('p', 'u', 'x'))
    ORDER BY 1 LIMIT 1)
FROM keys JOIN pg_class of_table ON of_table.oid = indrelid JOIN pg_class of_index ON of_index.oid = indexrelid
  LEFT JOIN pg_constraint ON conindid = indexrelid AND conrelid = indrelid AND contype IN ('p', 'u', 'x')
WHERE network <> ALL (numbers)
ORDER BY 1, 2
"""
_REFERRED_TO = """
SELECT of_table.relname || '.' || conname
FROM pg_constraint JOIN pg_class of_table ON of_table.oid = conrelid JOIN pg_class to_table ON to_table.oid = confrelid
WHERE contype = 'f' AND to_table.relname = ANY (%s) AND to_table.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_attribute
                  WHERE attrelid = confrelid AND attnum = ANY (confkey) AND attname = 'network_id')
ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class _Key:
    """A unique key or an exclusion that does not hold the network."""

    table: str
    name: str
    kind: str  # of its constraint in pg_constraint: p, u, x; empty for an index that is none
    is_deferrable: bool | None
    is_deferred: bool | None
    is_replica_identity: bool
    is_clustered: bool
    index: str
    constraint: str | None
    twin: str | None


def spreading(cursor: CursorWrapper) -> list[str]:
    """Return the statements that bring the network into each unique key, primary key and exclusion without it.

    In order, each for the owner of the tables and outside of a transaction: an index is built beside those who write,
    then takes the place and the name of the old one in a short transaction. An exclusion cannot be built so; its table
    waits meanwhile. Whoever breaks off asks again and gets the rest. Nothing where every key holds the network.
    """
    cursor.execute(_KEYS_WITHOUT, [scoped_tables()])
    found = [statement for row in cursor.fetchall() for statement in _statements(_Key(*row))]
    return [statement.as_string(None) for statement in found]


def links_in_the_way(cursor: CursorWrapper) -> list[str]:
    """Return the foreign keys, as table.name, that refer to a key without the network: they would lose it."""
    cursor.execute(_REFERRED_TO, [scoped_tables()])
    return [name for (name,) in cursor.fetchall()]


def _statements(key: _Key) -> list[sql.Composed]:
    if key.kind == "x":
        return [_together(key, _constraint(key, _with_network(key.constraint or "", " WITH =")))]
    if key.twin:
        return [_together(key, _constraint(key, _using(key, key.twin)))]
    fresh = truncate_name(f"{key.name}_spread", LONGEST_NAME)
    # What is there by this name is the half of one: building it was broken off.
    drop = sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(fresh))
    if key.kind:
        return [drop, _built(key, fresh), _together(key, _constraint(key, _using(key, fresh)))]
    replace = sql.SQL("DROP INDEX {}; ALTER INDEX {} RENAME TO {}").format(
        *map(sql.Identifier, (key.name, fresh, key.name))
    )
    return [drop, _built(key, fresh), _together(key, replace)]


def _built(key: _Key, name: str) -> sql.Composed:
    """Build the index as it is, with its operator classes, condition and all, and the network as its last column."""
    _create, _using, rest = key.index.partition(" USING ")
    create = sql.SQL("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} USING {}")
    return create.format(sql.Identifier(name), sql.Identifier(key.table), sql.SQL(_with_network(rest, "")))


def _using(key: _Key, index: str) -> str:
    kind = "PRIMARY KEY" if key.kind == "p" else "UNIQUE"
    deferred = " INITIALLY DEFERRED" if key.is_deferred else ""
    deferrable = f" DEFERRABLE{deferred}" if key.is_deferrable else ""
    return f"{kind} USING INDEX {sql.Identifier(index).as_string(None)}{deferrable}"


def _constraint(key: _Key, definition: str) -> sql.Composed:
    table, name = sql.Identifier(key.table), sql.Identifier(key.name)
    replace = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}, ADD CONSTRAINT {} {}")
    return replace.format(table, name, name, sql.SQL(definition))


def _together(key: _Key, replace: sql.Composed) -> sql.Composed:
    """Replace a key in one transaction; by the new one rows go on to be told apart for replicas and kept in order."""
    names = [sql.Identifier(key.table), sql.Identifier(key.name)]
    also = [
        sql.SQL("; ALTER TABLE {} {} {}").format(names[0], sql.SQL(word), names[1])
        for word, is_meant in (
            ("REPLICA IDENTITY USING INDEX", key.is_replica_identity), ("CLUSTER ON", key.is_clustered)
        )
        if is_meant
    ]  # fmt: skip
    return sql.SQL("BEGIN; {}{}; COMMIT").format(replace, sql.Composed(also))


def _with_network(definition: str, operator: str) -> str:
    """Add the network to the first list of columns in what PostgreSQL prints of an index or an exclusion.

    As the last column, so that the index serves every query that it served before. Its expressions may hold brackets,
    and quotes with brackets in them; a doubled quote ends and begins one, which comes to the same.
    """
    depth, quote = 0, ""
    for at, sign in enumerate(definition):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                return f"{definition[:at]}, {NETWORK}{operator}{definition[at:]}"
    message = f"no columns in {definition!r}"
    raise ValueError(message)
