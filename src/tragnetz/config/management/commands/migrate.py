"""Django's `migrate`, as the owner of the tables; afterwards tables with rows of a network are locked, and links tied.

An empty database gets its tables at once (config.new_database), which saves most of a minute.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tragnetz.config.new_database import make_tables
from tragnetz.network.database.owner import as_owner
from tragnetz.network.database.rows import lock_tables, locked_tables, role_of
from tragnetz.network.database.tying import tie_links


class Command(migrate.Command):
    """Make and change tables, then lock them and tie what connects them."""

    def check(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's interface
        """Check the owner's connection: what the application's lacks may be what this run is for."""
        with as_owner("migrate"):
            super().check(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's interface
        """Run as the owner; the application's role is the one of DATABASE_URL."""
        at = settings.DATABASES[DEFAULT_DB_ALIAS]  # of the connection in use it would be the owner's
        reader = at["OPTIONS"].get("assume_role") or at["USER"]
        with as_owner("migrate"):
            self._must_own_the_tables()
            if _is_complete(options) and not options["fake"]:
                self._make_tables(options["verbosity"])
            super().handle(*args, **options)
            if _is_complete(options):
                with transaction.atomic():
                    lock_tables(connections[DEFAULT_DB_ALIAS], reader=reader)
                self._tie_links()

    def _make_tables(self, verbosity: int) -> None:
        with transaction.atomic():
            were_made = make_tables(connections[DEFAULT_DB_ALIAS])
        if were_made and verbosity:
            self.stdout.write("A new database: its tables are made.")

    def _tie_links(self) -> None:
        for link in tie_links(connections[DEFAULT_DB_ALIAS]):
            self.stderr.write(
                f"{link}: a row points to another network already. No new one will. `tragnetz tasks run links` says in "
                "which network: mend it, then migrate again (docs/operations.md)."
            )

    def _must_own_the_tables(self) -> None:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            role, is_new = role_of(cursor), not locked_tables(cursor)
        if not (is_new or role.owns or role.is_superuser):
            message = (
                f"{role.name} does not own the tables: name their owner in TRAGNETZ_OWNER_URL (docs/operations.md)."
            )
            raise CommandError(message)


def _is_complete(options: dict[str, Any]) -> bool:
    """Whether all tables are there: not after a migration to a named state, a plan or a look."""
    return not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["prune"])
