"""Finds rows that point to a row of another network: a second look at what PostgreSQL refuses to write (`tying`).

It is for what was written before that, or past it, as a superuser may. Asked within a network, as the application: what
a link points to is there, the foreign key says so; if it cannot be seen, it is another network's. So it needs no right
that a page has not, and tells nothing of that row. Decisions 0030 and 0032.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, models
from psycopg import sql

from tragnetz.network.database.rows import scoped_models


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key from a table with rows of a network to another one."""

    table: str
    column: str
    to: str
    key: str


class CrossingError(Exception):
    """Rows of the network in scope point to rows of another one; the text names the links, no row."""


def links() -> list[Link]:
    """Return all links between tables with rows of a network, by name."""
    return sorted(_links(), key=lambda link: (link.table, link.column))


def _links() -> Iterator[Link]:
    scoped = set(scoped_models())
    for model in scoped:
        for field in model._meta.concrete_fields:  # noqa: SLF001 -- Django's own word
            to, column = field.related_model, field.column
            if isinstance(field, models.ForeignKey) and isinstance(to, type) and to in scoped and column is not None:
                yield Link(model._meta.db_table, column, to._meta.db_table, str(to._meta.pk.column))  # noqa: SLF001 -- as above


def crossing() -> Iterator[tuple[Link, int]]:
    """Yield each link by which rows of the network in scope point to another network, and how many do."""
    query = sql.SQL(
        "SELECT count(*) FROM {} AS one WHERE {} IS NOT NULL AND NOT EXISTS (SELECT FROM {} AS other WHERE {} = {})"
    )
    with connection.cursor() as cursor:
        for link in links():
            column = sql.Identifier("one", link.column)
            cursor.execute(
                query.format(
                    sql.Identifier(link.table),
                    column,
                    sql.Identifier(link.to),
                    sql.Identifier("other", link.key),
                    column,
                )
            )
            (number,) = cursor.fetchone() or (0,)
            if number:
                yield link, number


def must_not_cross() -> None:
    """Raise CrossingError when a row of the network in scope points to one of another network."""
    found = [f"{link.table}.{link.column} ({number})" for link, number in crossing()]
    if found:
        raise CrossingError(", ".join(found))
