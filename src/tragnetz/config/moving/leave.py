"""Lets a network stand still, go on, or leave this database for good once it lives elsewhere."""

import time
import uuid
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from tragnetz.audit.commands import chain_events, record
from tragnetz.config.backup.database import conninfo_of, open_as_owner, refused
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.moving.export import files_of, must_stand_still
from tragnetz.config.moving.tables import ACCOUNTS, MADE_ANEW, NETWORKS, OF_ACCOUNTS, accounts_of, in_order
from tragnetz.config.moving.tables import links_to_accounts as links
from tragnetz.network.actors import system
from tragnetz.network.database.owner import owner_settings
from tragnetz.network.middleware import NETWORK_CACHE_SECONDS
from tragnetz.network.models import Network
from tragnetz.network.notice import remember
from tragnetz.network.scope import scope

PATIENCE = NETWORK_CACHE_SECONDS + 2  # seconds until every process knows


def freeze(network: Network, *, now: datetime, patience: float = PATIENCE) -> None:
    """Let a network stand still: no page but the one that says whom to call, no message, no task of the worker.

    Returns when every process knows. Other networks go on.
    """
    if network.frozen_at is None:
        with scope(network):
            record(system(network), "network:frozen", network)
            chain_events(network)
        remember(network, Path(settings.TRAGNETZ_VAR))  # the page of a network that stands still reads no table
        Network.objects.filter(pk=network.pk).update(frozen_at=now)
        time.sleep(patience)
    network.refresh_from_db()


def thaw(network: Network) -> None:
    """Let a network go on."""
    Network.objects.filter(pk=network.pk).update(frozen_at=None)
    network.refresh_from_db()
    with scope(network):
        record(system(network), "network:thawed", network)
        chain_events(network)


def remove(network: Network) -> int:
    """Delete a network that stands still from this database, with the accounts that nobody else here needs.

    Returns how many rows went. All or nothing, in one transaction; other networks go on. Raises BackupError.
    """
    must_stand_still(network)
    files = files_of(network)
    try:
        with open_as_owner(conninfo_of(owner_settings("remove a network"))) as connection:
            connection.execute("SET search_path = public")
            gone = _empty(connection, network.pk)
    except psycopg.Error as error:
        raise refused(error) from error
    for path in files:
        path.unlink(missing_ok=True)
    return gone


def _empty(connection: psycopg.Connection, network_id: uuid.UUID) -> int:
    network = sql.Literal(str(network_id))
    # Heard by the triggers that let nothing be deleted (network.0013_frozen).
    connection.execute(sql.SQL("SET tragnetz.leaving = {}").format(network))
    accounts = [one for (one,) in connection.execute(accounts_of(network_id)).fetchall()]
    gone = 0
    # What was fixed goes with its heads: a row of a snapshot looks at its head, so the order of arriving, reversed.
    for table in reversed(in_order()):
        gone += _delete(connection, table, sql.SQL("network_id = {}").format(network))
    left = _without_work(connection, accounts)
    for table, column in {**OF_ACCOUNTS, "staff_session": "user_id", ACCOUNTS: "id"}.items():
        gone += _delete(connection, table, sql.SQL("{} = ANY ({})").format(sql.Identifier(column), sql.Literal(left)))
    gone += _delete(connection, NETWORKS, sql.SQL("id = {}").format(network))
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _must_be_empty(connection, network)
    return gone


def _delete(connection: psycopg.Connection, table: str, where: sql.Composable) -> int:
    done = connection.execute(sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier("public", table), where))
    return done.rowcount


def _without_work(connection: psycopg.Connection, accounts: list[uuid.UUID]) -> list[uuid.UUID]:
    """Return the accounts that no network here names any more."""
    named = sql.SQL(" UNION ").join(
        sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier("public", table))
        for table, column in links()
    )
    query = sql.SQL(
        "SELECT one FROM unnest({}::uuid[]) AS one WHERE one NOT IN (SELECT * FROM ({}) AS t(a) WHERE a IS NOT NULL)"
    )
    return [one for (one,) in connection.execute(query.format(sql.Literal(accounts), named)).fetchall()]


def _must_be_empty(connection: psycopg.Connection, network: sql.Literal) -> None:
    for table in {*in_order(), *MADE_ANEW}:
        query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE network_id = {})")
        if connection.execute(query.format(sql.Identifier("public", table), network)).fetchone() != (False,):
            message = f"{table} still has rows of the network: somebody writes. Nothing was deleted."
            raise BackupError(message)
