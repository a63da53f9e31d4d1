"""What `manage.py check`, every migration and `tragnetz work` look at first."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connections

from tragnetz.casework.files.scanner import is_address
from tragnetz.messaging.enums import BY_ITSELF, Channel
from tragnetz.messaging.gateway import GatewayError, read_gateway

OLDEST = 160000
HERE = {"", "localhost", "127.0.0.1", "::1"}  # what goes there does not leave the machine
WAYS_OUT = {Channel.SMS: {"console", "file", "http"}, Channel.EMAIL: {"console", "file", "smtp"}}


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
    """Name every setting of the outbox with which nothing could be sent."""
    found: list[checks.CheckMessage] = []
    for channel in BY_ITSELF:
        name = settings.TRAGNETZ_MESSAGE_BACKENDS[channel]
        if name not in WAYS_OUT[channel]:
            known = ", ".join(sorted(WAYS_OUT[channel]))
            text = f"TRAGNETZ_{channel.upper()}_BACKEND is {name!r}; there are: {known}."
            found.append(checks.Error(text, id="tragnetz.E001"))
    if settings.TRAGNETZ_MESSAGE_BACKENDS[Channel.SMS] == "http":
        try:
            read_gateway(settings.TRAGNETZ_SMS)
        except GatewayError as error:
            found.append(checks.Error(f"{error}.", id="tragnetz.E002"))
    return found


@checks.register
def files_can_be_searched(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Name every setting of the virus scanner with which no file could be searched."""
    found: list[checks.CheckMessage] = []
    address = settings.TRAGNETZ_SCANNER
    if address and not is_address(address):
        text = f"TRAGNETZ_SCANNER is {address!r}; write tcp://host:3310 or unix:/run/clamav/clamd.ctl."
        found.append(checks.Error(text, id="tragnetz.E007"))
    if settings.TRAGNETZ_SCANNER_AWAY not in {"refuse", "keep"}:
        text = f"TRAGNETZ_SCANNER_AWAY is {settings.TRAGNETZ_SCANNER_AWAY!r}; there are: refuse, keep."
        found.append(checks.Error(text, id="tragnetz.E008"))
    return found


@checks.register
def ways_out_are_encrypted(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Warn of what would leave this machine in the open: mail, SMS, the database elsewhere."""
    if not settings.PRODUCTION:
        return []
    found: list[checks.CheckMessage] = []
    smtp, database = settings.TRAGNETZ_SMTP, settings.DATABASES["default"]
    ways = settings.TRAGNETZ_MESSAGE_BACKENDS
    if ways[Channel.EMAIL] == "smtp" and not smtp["use_tls"] and smtp["host"] not in HERE:
        text = f"Mail to {smtp['host']} is not encrypted: set TRAGNETZ_SMTP_TLS=1."
        found.append(checks.Warning(text, id="tragnetz.W010"))
    if ways[Channel.SMS] == "http" and urlsplit(settings.TRAGNETZ_SMS["url"]).scheme != "https":
        found.append(checks.Warning("TRAGNETZ_SMS_URL does not begin with https://.", id="tragnetz.W011"))
    host = str(database["HOST"])
    checked = database.get("OPTIONS", {}).get("sslmode") == "verify-full"
    if not host.startswith("/") and host not in HERE and not checked:
        text = f"The database on {host} is not proven to be ours: add ?sslmode=verify-full to DATABASE_URL."
        found.append(checks.Warning(text, id="tragnetz.W012"))
    return found


@checks.register
def people_can_sign_in(**_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401 -- Django's interface
    """Name every setting of the log-in that says nothing or half of it."""
    found: list[checks.CheckMessage] = []
    if settings.TRAGNETZ_SECOND_FACTOR not in {"optional", "required"}:
        text = f"TRAGNETZ_SECOND_FACTOR is {settings.TRAGNETZ_SECOND_FACTOR!r}; there are: optional, required."
        found.append(checks.Error(text, id="tragnetz.E003"))
    oidc = settings.TRAGNETZ_OIDC
    missing = [name for name in ("client_id", "secret") if oidc["issuer"] and not oidc[name]]
    if missing:
        names = {"client_id": "TRAGNETZ_OIDC_CLIENT_ID", "secret": "TRAGNETZ_OIDC_CLIENT_SECRET"}
        text = f"TRAGNETZ_OIDC_ISSUER is set, but missing: {', '.join(names[name] for name in missing)}."
        found.append(checks.Error(text, id="tragnetz.E004"))
    if settings.PRODUCTION and oidc["issuer"] and not oidc["issuer"].startswith("https://"):
        found.append(checks.Error("TRAGNETZ_OIDC_ISSUER must begin with https://.", id="tragnetz.E005"))
    return found
