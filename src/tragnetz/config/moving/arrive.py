"""Takes one network in from a file: all or nothing, compared with what it was; it stands still until it is thawed."""

import uuid
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from tragnetz.audit.verify import verify_chain
from tragnetz.config.backup import contents
from tragnetz.config.backup.contents import About, TableSum, differences
from tragnetz.config.backup.database import refused
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.backup.files import Staging
from tragnetz.config.backup.inspect import Proven, entries_of
from tragnetz.config.backup.ring import refuse_other_ring
from tragnetz.config.moving.rows import in_network, migrations_of, must_fit, put
from tragnetz.config.moving.rows import sums as sums_of
from tragnetz.config.moving.tables import ACCOUNTS, OF_ACCOUNTS, Part, parts_of
from tragnetz.messaging.models import Message
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.vault.sealing import CannotOpenError


def take_in(path: Path, proven: Proven) -> Network:
    """Fill a proven file's network into this database; returns it. Raises BackupError; then nothing has changed."""
    if not proven.about.network:
        message = "The file is a back-up of a whole database: tragnetz restore"
        raise BackupError(message)
    refuse_other_ring(proven.about, proven.data_key)
    network_id = uuid.UUID(proven.about.network)
    staging = Staging(Path(settings.TRAGNETZ_VAR), replace=False)
    try:
        with in_network(network_id) as connection:
            _refuse_what_does_not_fit(connection, proven.about, network_id)
            parts = parts_of(connection, network_id)
            must_fit(proven.about.tables, [part.table for part in parts])
            known = _fill(connection, path, proven, parts, staging)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _compare(connection, proven.summary.tables, parts, known)
        staging.move_in()
    except psycopg.Error as error:
        raise refused(error) from error
    finally:
        staging.clear()
    return Network.objects.get(pk=network_id)


def _refuse_what_does_not_fit(connection: psycopg.Connection, about: About, network_id: uuid.UUID) -> None:
    (key,) = about.networks
    here = connection.execute(
        "SELECT count(*) FROM public.network_network WHERE id = %s OR key = %s", [network_id, key]
    ).fetchone()
    if here != (0,):
        message = f"There is a network {key} here already. Nothing was touched."
        raise BackupError(message)
    there, ours = set(about.migrations), set(migrations_of(connection))
    if there != ours:
        more = "newer" if there - ours else "older"
        app, name = min(there ^ ours)
        message = (
            f"The tables there are {more} than here ({app}.{name}). Bring both servers to the same version of "
            "Tragnetz, then export again."
        )
        raise BackupError(message)


def _fill(
    connection: psycopg.Connection, path: Path, proven: Proven, parts: list[Part], staging: Staging
) -> list[uuid.UUID]:
    """Write all entries; returns the accounts that were here already."""
    by_name = {contents.TABLE + part.table.label: part for part in parts}
    made = {contents.TABLE + table.label: table for table in proven.about.tables}
    known: list[uuid.UUID] = []
    with entries_of(path, proven.data_key) as entries:
        for name, content in entries:
            if name in by_name:  # columns may stand in another order here
                part = by_name[name]
                put(connection, Part(made[name], part.where, part.account), content, known)
            elif name.startswith(contents.FILE):
                staging.put(name.removeprefix(contents.FILE), content)
    return known


def _compare(
    connection: psycopg.Connection, made: tuple[TableSum, ...], parts: list[Part], known: list[uuid.UUID]
) -> None:
    """Raise BackupError unless what arrived is what left, to the last byte.

    Of accounts that were here already only their number is compared: they have a life of their own here.
    """
    apart = {f"public.{name}" for name in (ACCOUNTS, *OF_ACCOUNTS)} if known else set()
    found = sums_of(connection, parts)
    if known:
        there = connection.execute(
            sql.SQL("SELECT count(*) FROM public.network_user WHERE {}").format(
                next(part.where for part in parts if part.name == ACCOUNTS)
            )
        ).fetchone()
        if not there or there[0] < len(known):
            message = "An account that the network needs did not arrive. Nothing was kept."
            raise BackupError(message)
    told = differences(
        [one for one in made if one.label not in apart], [one for one in found if one.label not in apart]
    )
    if told:
        message = f"What arrived is not what left: {'; '.join(told)}. Nothing was kept."
        raise BackupError(message)


def faults_of(network: Network) -> list[str]:
    """Return what is wrong with a network that arrived: in its audit chain, and with what the key ring seals."""
    with scope(network):
        found = [fault.told() for fault in verify_chain(network)]
        try:
            Message.objects.order_by("-created_at").first()
        except CannotOpenError:
            found.append("The key ring does not open what is sealed.")
    return found
