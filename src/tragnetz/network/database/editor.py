"""Django's schema editor; a link to a table that is spread by network is made with the network.

Migrations say that a link compares one id, and PostgreSQL takes that only where the id alone is a key. In an ordinary
database it is, and `tying` brings the network in afterwards. Where the primary key is (id, network) (`spreading`) the
link must hold it from the start.
"""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement
from django.db.backends.postgresql import schema
from django.db.models import Field, Model

from tragnetz.network.fields import NETWORK

_IS_SPREAD = """
SELECT EXISTS (SELECT FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
               WHERE indrelid = to_regclass(quote_ident(%s)) AND indisprimary AND indnkeyatts = 2 AND attname = %s)
"""


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """A schema editor that makes links as the tables need them."""

    def add_field(self, model: type[Model], field: Field[Any, Any]) -> None:
        """Add a column; a link that must hold the network needs a statement of its own, made at once as Django's is."""
        if not self._leads_to_spread(field):
            super().add_field(model, field)
            return
        before = len(self.deferred_sql)
        self.sql_create_column_inline_fk = None  # type: ignore[assignment]  # in Django's base it may be none
        try:
            super().add_field(model, field)
        finally:
            del self.sql_create_column_inline_fk
        links = [one for one in self.deferred_sql[before:] if one.template == self.sql_create_fk]
        self.deferred_sql[before:] = [one for one in self.deferred_sql[before:] if one not in links]
        for link in links:
            self.execute(link)

    def _create_fk_sql(self, model: type[Model], field: Field[Any, Any], suffix: str) -> Statement:
        link: Statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]  # Django's, not in the stubs
        if self._leads_to_spread(field):
            for part in ("column", "to_column"):
                one: Any = link.parts[part]
                link.parts[part] = Columns(one.table, [*one.columns, NETWORK], self.quote_name)
        return link

    def _leads_to_spread(self, field: Field[Any, Any]) -> bool:
        if not (field.remote_field and field.column and getattr(field, "db_constraint", False)):
            return False
        with self.connection.cursor() as cursor:
            cursor.execute(_IS_SPREAD, [field.target_field.model._meta.db_table, NETWORK])  # type: ignore[attr-defined] # noqa: SLF001 -- Django's own word
            return bool(cursor.fetchone() == (True,))
