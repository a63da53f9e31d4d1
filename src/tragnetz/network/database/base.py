"""Django's PostgreSQL backend, which tells each connection the network in scope before a query needs it.

The policies of the tables (`rows`) compare a row's network with the setting `tragnetz.network` of the connection. It is
sent only when the scope is another one than this connection was last told, as a statement that takes no snapshot, past
Django's log of queries: a request sends it once at most, mostly never.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, operations
from psycopg.pq import TransactionStatus

from tragnetz.network.database.editor import DatabaseSchemaEditor
from tragnetz.network.fields import SETTING
from tragnetz.network.scope import network_in_scope

EVERY_NETWORK = "tragnetz.every_network"  # heard by the policy of the tables' owner alone

NOT_TOLD = object()


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with our compilers of SQL."""

    compiler_module = "tragnetz.network.database.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that follows the scope."""

    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    is_owner = False  # `owner.as_owner` makes one that is

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self._told: uuid.UUID | object | None = NOT_TOLD
        self.execute_wrappers.append(self._in_scope)

    def connect(self) -> None:
        """Connect anew, or take another connection from a pool: what that one was told is not known."""
        self._told = NOT_TOLD
        super().connect()

    def init_connection_state(self) -> None:
        """Refuse, in production, a role that no policy holds for."""
        super().init_connection_state()
        if settings.PRODUCTION and not self.is_owner and self._is_superuser():
            message = (
                "DATABASE_URL names a superuser: PostgreSQL would keep no networks apart. Name a role that owns "
                "nothing there and the owner in TRAGNETZ_OWNER_URL (docs/operations.md)."
            )
            self.close()  # or the next query would find a connection and take it
            raise ImproperlyConfigured(message)
        if self.is_owner:
            self.connection.execute(f"SET {EVERY_NETWORK} = 'on'")

    def _is_superuser(self) -> bool:
        # The server reports this parameter by itself: asking costs nothing.
        return bool(self.connection.info.parameter_status("is_superuser") == "on")

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401 -- Django's interface
        """Make a cursor, for whoever reads by COPY or without `execute`, in the scope of now."""
        self._follow()
        return super().create_cursor(name)

    def _in_scope(self, execute: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Run a statement of a cursor that may have been made in another scope."""
        self._follow()
        return execute(*given)

    def _follow(self) -> None:
        network = network_in_scope()
        if network is self._told or network == self._told:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # nothing but a rollback is heard now, and it must come through
        with self.wrap_database_errors:
            # An id or nothing, never typed by anybody; SET takes no parameters, and no snapshot either.
            self.connection.execute(f"SET {SETTING} = '{network or ''}'")
        self._told = network

    # SET is undone by a rollback, by one to a savepoint, and by a commit that fails.

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # Django's, not in the stubs
        self._told = NOT_TOLD

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # as above
        self._told = NOT_TOLD

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # as above
        except BaseException:
            self._told = NOT_TOLD
            raise
