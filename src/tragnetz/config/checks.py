"""What `manage.py check`, every migration and `tragnetz work` look at first."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.gateway import GatewayError, read_gateway
from tragnetz.network.database.rows import Role, role_of, unlocked_tables, unmarked_operators
from tragnetz.network.database.tying import untied_links

OLDEST = 160000
HERE = {"", "localhost", "127.0.0.1", "::1"}  # what goes there does not leave the machine


@checks.register(checks.Tags.database)
def server_is_new_enough(*, databases: Iterable[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Warn of a server older than those that Tragnetz is tested on."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connections[alias].ensure_connection()
        version = getattr(connections[alias], "pg_version", OLDEST)
        if version < OLDEST:
            text = f"PostgreSQL {version // 10000} is older than what Tragnetz is tested on: use 16 or newer."
            found.append(checks.Warning(text, id="tragnetz.W001"))
    return found


@checks.register
def messages_can_leave(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Name what of an SMS gateway's settings does not fit together; what each may be, `variables` says."""
    if settings.TRAGNETZ_MESSAGE_BACKENDS[Channel.SMS] != "http":
        return []
    try:
        read_gateway(settings.TRAGNETZ_SMS)
    except GatewayError as error:
        return [checks.Error(f"{error}.", id="tragnetz.E002")]
    return []


@checks.register(checks.Tags.database)
def networks_are_kept_apart(*, databases: Iterable[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Name every role for which row-level security does not hold, every table without it and every loose link."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if getattr(connection, "is_owner", False):
            continue  # `migrate`: the lock is what it is about to make
        with connection.cursor() as cursor:
            found += _role_is_bound(role_of(cursor))
            unlocked, slow, untied = unlocked_tables(cursor), unmarked_operators(cursor), untied_links(cursor)
        if unlocked:
            text = f"PostgreSQL does not keep networks apart in {_some(unlocked)}: run `tragnetz migrate`."
            found.append(checks.Error(text, id="tragnetz.E010"))
        if untied:
            text = f"A row could point to another network by {_some(untied)}: run `tragnetz migrate`."
            found.append(checks.Warning(text, id="tragnetz.W014"))
        if slow:
            statements = " ".join(f"ALTER FUNCTION {function} LEAKPROOF;" for function in slow)
            text = (
                f"The search reads all entries of a network. A superuser mends it once in this database: {statements}"
            )
            found.append(checks.Warning(text, id="tragnetz.W010"))
    return found


def _some(names: list[str]) -> str:
    told = 3
    return ", ".join(names[:told]) + (f" and {len(names) - told} more" if len(names) > told else "")


def refuse_mixed_networks() -> None:
    """Let no web process begin for which PostgreSQL keeps no networks apart. Raises ImproperlyConfigured.

    A database that does not answer yet is no reason: a superuser is refused at each connection, too.
    """
    with suppress(OperationalError):
        for found in networks_are_kept_apart(databases=[DEFAULT_DB_ALIAS]):
            if found.level >= checks.ERROR:
                raise ImproperlyConfigured(str(found))
    connections.close_all()


def _role_is_bound(role: Role) -> Iterator[checks.CheckMessage]:
    if role.is_superuser or role.bypasses:
        kind = "a superuser" if role.is_superuser else "a role with BYPASSRLS"
        text = f"The application's role {role.name} is {kind}: PostgreSQL keeps no networks apart for it."
        yield (checks.Error if settings.PRODUCTION else checks.Warning)(text, hint=_TWO_ROLES, id="tragnetz.E009")
    elif role.owns:
        text = f"The application's role {role.name} owns its tables: it could lift every lock."
        yield checks.Warning(text, hint=_TWO_ROLES, id="tragnetz.W009")


_TWO_ROLES = "Name a role that owns nothing in DATABASE_URL, and the owner in TRAGNETZ_OWNER_URL: docs/operations.md."


@checks.register
def ways_out_are_encrypted(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Warn of what would leave this machine in the open: mail, SMS, the database elsewhere."""
    if not settings.PRODUCTION:
        return []
    found: list[checks.CheckMessage] = []
    smtp = settings.TRAGNETZ_SMTP
    ways = settings.TRAGNETZ_MESSAGE_BACKENDS
    if ways[Channel.EMAIL] == "smtp" and not smtp["use_tls"] and smtp["host"] not in HERE:
        text = f"Mail to {smtp['host']} is not encrypted: set TRAGNETZ_SMTP_TLS=1."
        found.append(checks.Warning(text, id="tragnetz.W011"))
    if ways[Channel.SMS] == "http" and urlsplit(settings.TRAGNETZ_SMS["url"]).scheme != "https":
        found.append(checks.Warning("TRAGNETZ_SMS_URL does not begin with https://.", id="tragnetz.W012"))
    named = [("DATABASE_URL", settings.DATABASES["default"])]
    named += [("TRAGNETZ_READER_URL", reader) for reader in settings.TRAGNETZ_READERS]
    for variable, database in named:
        host = str(database["HOST"])
        checked = database.get("OPTIONS", {}).get("sslmode") == "verify-full"
        if not host.startswith("/") and host not in HERE and not checked:
            options = "?sslmode=verify-full&sslrootcert=FILE"
            text = f"The database on {host} is not proven to be ours: add {options} to {variable}."
            found.append(checks.Warning(text, id="tragnetz.W013"))
    return found
