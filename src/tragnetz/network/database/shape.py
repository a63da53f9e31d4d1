"""How far the tables are from being spread over several servers by network: which keys hold it, which do not.

A database that is distributed by network (Citus) keeps a unique key, or a foreign key between two distributed tables,
only if the network is part of it. docs/scaling.md tells the figures, a test keeps them.
"""

from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from tragnetz.network.database.rows import scoped_tables


@dataclass(frozen=True, slots=True)
class Key:
    """A unique key, or a foreign key to another table with rows of a network."""

    table: str
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignKey(Key):
    """A foreign key, which compares `columns` with the `keys` of another table; for all rows if it is proven."""

    to: str
    keys: tuple[str, ...]
    is_proven: bool


def holds_network(key: Key) -> bool:
    """Whether a key stands by itself on the server that has its network."""
    return "network_id" in key.columns


def keys_of(cursor: CursorWrapper) -> list[Key]:
    """Return the unique keys of all tables with rows of a network, primary keys and exclusions among them.

    Without the columns that an index only carries along, and those that it holds within an expression.
    """
    cursor.execute(
        """SELECT of_table.relname, of_index.relname,
             array_remove(array_agg(attname::text ORDER BY attnum), NULL)
           FROM pg_index JOIN pg_class of_table ON of_table.oid = indrelid
             JOIN pg_class of_index ON of_index.oid = indexrelid
             LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1])
           WHERE (indisunique OR indisexclusion) AND of_table.relname = ANY (%s)
             AND of_table.relnamespace = 'public'::regnamespace
           GROUP BY 1, 2 ORDER BY 1, 2""",
        [scoped_tables()],
    )
    return [Key(table, name, tuple(columns)) for table, name, columns in cursor.fetchall()]


def links_of(cursor: CursorWrapper) -> list[ForeignKey]:
    """Return the foreign keys from one table with rows of a network to another one."""
    cursor.execute(
        """SELECT of_table.relname, conname,
             (SELECT array_agg(attname::text ORDER BY at) FROM unnest(conkey) WITH ORDINALITY AS k(number, at)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
             to_table.relname,
             (SELECT array_agg(attname::text ORDER BY at) FROM unnest(confkey) WITH ORDINALITY AS k(number, at)
                JOIN pg_attribute ON attrelid = confrelid AND attnum = number),
             convalidated
           FROM pg_constraint JOIN pg_class of_table ON of_table.oid = conrelid
             JOIN pg_class to_table ON to_table.oid = confrelid
           WHERE contype = 'f' AND of_table.relname = ANY (%s) AND to_table.relname = ANY (%s)
             AND of_table.relnamespace = 'public'::regnamespace
           ORDER BY 1, 2""",
        [scoped_tables(), scoped_tables()],
    )
    return [
        ForeignKey(table, name, tuple(columns), to, tuple(keys), is_proven)
        for table, name, columns, to, keys, is_proven in cursor.fetchall()
    ]
