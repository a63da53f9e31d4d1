"""Django's compilers of SQL for PostgreSQL; what groups by a primary key groups by the network too.

Django shortens GROUP BY to the primary keys, by which PostgreSQL knows the other columns. Where tables are spread by
network (`spreading`) a primary key is (id, network), and the id alone tells PostgreSQL nothing. On tables as migrations
make them PostgreSQL drops the network again while it plans.
"""

from typing import Any

from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.backends.postgresql.compiler import SQLCompiler as PostgreSQLCompiler
from django.db.models.expressions import Col

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(PostgreSQLCompiler):
    """Django's, for queries that read."""

    def collapse_group_by(self, expressions: list[Any], having: Any) -> list[Any]:  # noqa: ANN401 -- Django's interface
        """Shorten GROUP BY to the primary keys, and add the network of each."""
        shortened: list[Any] = super().collapse_group_by(expressions, having)
        networks = {}
        for expression in shortened:
            target = getattr(expression, "target", None)
            if target is None or not target.primary_key or target.name == "network":
                continue
            for field in target.model._meta.concrete_fields:  # noqa: SLF001 -- Django's own word
                if field.name == "network":
                    networks[expression.alias] = Col(expression.alias, field)
        return shortened + [column for column in networks.values() if column not in shortened]
