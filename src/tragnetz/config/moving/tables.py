"""What belongs to a network, from the models: rows of its tables, its own row, the accounts of those who work in it.

Whoever adds a table that is no network's says here whether it goes along.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from psycopg import Connection, sql

from tragnetz.config.backup.contents import Table
from tragnetz.config.backup.database import tables_of
from tragnetz.network.database.rows import OF_THE_INSTALLATION, scoped_models
from tragnetz.network.models import Network, User

NETWORKS, ACCOUNTS = Network._meta.db_table, User._meta.db_table  # noqa: SLF001 -- Django's own word
# Go along with an account, by the column that names it.
OF_ACCOUNTS = {
    "account_emailaddress": "user_id",
    "mfa_authenticator": "user_id",
    "socialaccount_socialaccount": "user_id",
}
# Stay where they are. Whoever was signed in signs in anew; tries are counted anew.
STAY = {
    "staff_session": "signed in at the old place",
    "staff_bucket": "of internet addresses, for an hour",
    "account_emailconfirmation": "never made: accounts come by invitation",
    "socialaccount_socialapp": "never made: stands in the settings",
    "socialaccount_socialtoken": "never kept",
    "auth_permission": "Django's own, not used",
    "auth_group": "Django's own, not used",
    "auth_group_permissions": "Django's own, not used",
    "django_content_type": "made by migrations",
    "django_migrations": "made by migrations",
}
# Given by triggers when rows arrive: a number of another server would say nothing here.
MADE_ANEW = frozenset({"directory_edition"})
# Rows that a trigger would make anew when those of the first table come, with other ids, unless they are there.
BEFORE = {"directory_service": {"directory_word"}}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table that belong to a network."""

    table: Table
    where: sql.Composable
    account: str = ""  # the column with the account that they belong to

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name


def parts_of(connection: Connection, network_id: uuid.UUID) -> list[Part]:
    """Return what belongs to a network, each part after those that its rows point to."""
    there = {table.name: table for table in tables_of(connection) if table.schema_name == "public"}
    network = sql.Literal(str(network_id))
    accounts = accounts_of(network_id)
    found = [
        Part(there[NETWORKS], sql.SQL("id = {}").format(network)),
        Part(there[ACCOUNTS], sql.SQL("id IN ({})").format(accounts), account="id"),
    ]
    for name, column in OF_ACCOUNTS.items():
        where = sql.SQL("{} IN ({})").format(sql.Identifier(column), accounts)
        found.append(Part(_without_counter(there[name]), where, account=column))
    in_network = sql.SQL("network_id = {}").format(network)
    found += [Part(_without_counter(there[name]), in_network) for name in in_order() if name not in MADE_ANEW]
    return found


def _without_counter(table: Table) -> Table:
    """Leave out a key that a counter gives: nothing points to it, and another server may have given it already."""
    model = _models()[table.name]
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):  # noqa: SLF001 -- Django's own word
        return table
    key = model._meta.pk.column  # noqa: SLF001 -- as above
    return table.model_copy(update={"columns": tuple(one for one in table.columns if one != key), "key": ()})


def _models() -> dict[str, type[models.Model]]:
    return {one._meta.db_table: one for one in apps.get_models(include_auto_created=True)}  # noqa: SLF001 -- as above


def in_order() -> list[str]:
    """Return the tables with rows of a network, each after those that it points to.

    In a circle of tables any is first: foreign keys are compared at the end of the transaction.
    """
    scoped = {model._meta.db_table: model for model in scoped_models()}  # noqa: SLF001 -- as above
    after = {name: {to for to in _points_to(model) if to in scoped and to != name} for name, model in scoped.items()}
    for name, before in BEFORE.items():
        after[name] |= before
    placed: list[str] = []
    left = dict(sorted(after.items()))
    while left:
        circle = not any(to.isdisjoint(left) for to in left.values())
        ready = [next(iter(left))] if circle else [name for name, to in left.items() if to.isdisjoint(left)]
        placed += ready
        left = {name: to for name, to in left.items() if name not in ready}
    return placed


def _points_to(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:  # noqa: SLF001 -- as above
        if field.is_relation and isinstance(field.related_model, type):
            yield field.related_model._meta.db_table  # noqa: SLF001 -- as above


def accounts_of(network_id: uuid.UUID) -> sql.Composed:
    """Return the query for the ids of all accounts that rows of a network name."""
    return sql.SQL(" UNION ").join(
        sql.SQL("SELECT {} FROM {} WHERE network_id = {} AND {} IS NOT NULL").format(
            sql.Identifier(column),
            sql.Identifier("public", table),
            sql.Literal(str(network_id)),
            sql.Identifier(column),
        )
        for table, column in links_to_accounts()
    )


def links_to_accounts() -> list[tuple[str, str]]:
    """Return table and column of each link from a row of a network to an account."""
    return [
        (model._meta.db_table, str(field.column))  # noqa: SLF001 -- as above
        for model in scoped_models()
        for field in model._meta.concrete_fields  # noqa: SLF001 -- as above
        if field.is_relation and field.related_model is User
    ]


def unsaid() -> Iterable[str]:
    """Return tables of the installation of which nobody has said whether they go along."""
    return set(OF_THE_INSTALLATION) - {NETWORKS, ACCOUNTS, *OF_ACCOUNTS, *STAY}
