"""All variables of the environment in one table: what they are called, mean and may be. Settings read from here alone.

`tools/print_operations.py` prints the table into docs/operations.md. All faults are told at once, never the value of a
secret. What is a matter of one variable stands in its kind, what is one of several in `RULES`.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from django.http.request import validate_host

from tragnetz.config import kinds
from tragnetz.config.effects import without_effect
from tragnetz.config.kinds import Kind

PREFIX = "TRAGNETZ_"
# What the demo runs with; everybody can read it here, so that real use refuses it.
DEMO_SECRET = "demo-only-not-secret-demo-only-not-secret-demo-only"  # noqa: S105 -- refused in production
DEMO_VAULT_KEY = "ZGVtby1vbmx5LW5vdC1zZWNyZXQtZGVtby1vbmx5IT0="
SHORTEST_SECRET = 32
NEAR = 0.75  # how alike an unknown name must be to a known one to be taken for a slip
EXIT_STATUS = 2
# Variables of tests, benchmarks and pictures: known, but no matter of an installation.
OF_DEVELOPMENT = frozenset(
    f"{PREFIX}{name}"
    for name in (
        "ASKING", "AUDIT_MUTATIONS", "AUDIT_ROWS", "BACKUP_GB", "BACKUP_MUTATIONS", "BACKUP_ROWS", "FUZZ", "FUZZ_SEED",
        "GOLDEN", "KILLS", "LOAD", "PICTURES",
        "REQUIRE_BROWSER", "REQUIRE_RELEASE_TOOLS", "RUNS", "SCREENSHOTS",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. `default` is what counts without it; `needed` in production; a `secret` is never printed."""

    name: str
    kind: Kind
    default: str
    meaning: str
    needed: bool = False
    secret: bool = False


def _own(
    name: str, kind: Kind, meaning: str, default: str = "", *, needed: bool = False, secret: bool = False
) -> Variable:
    return Variable(f"{PREFIX}{name}", kind, default, meaning, needed, secret)


VARIABLES: tuple[Variable, ...] = (
    _own("PRODUCTION", kinds.SWITCH, "real use: asks for what it needs, refuses the demo, sends over HTTPS only", "0"),
    _own("SECRET_KEY", kinds.at_least(SHORTEST_SECRET), "long random text for signatures", needed=True, secret=True),
    _own(
        "VAULT_KEYS", kinds.KEYS,
        "keys that seal what people tell us, newest first; make one with `tragnetz key`", needed=True, secret=True,
    ),
    _own(
        "AUDIT_KEYS", kinds.KEYS,
        "private keys that sign the audit trail, newest first; without any they are derived from the vault keys; "
        "docs/audit.md", secret=True,
    ),
    _own("HOSTS", kinds.HOSTS, "host names of the site", needed=True),
    _own(
        "BEHIND_PROXY", kinds.SWITCH,
        "1: trust `X-Forwarded-Proto`, `X-Request-Id` and the last address of `X-Forwarded-For` of the one proxy in "
        "front; 0: there is none, granian itself speaks TLS", "0", needed=True,
    ),
    _own(
        "PUBLIC_URL", kinds.address("https", "http"),
        "address of the site, for links in mail and on paper: invitations, new passwords, the yearly request to "
        "confirm entries, codes to scan; without it such mail is not sent",
    ),
    Variable(
        "DATABASE_URL", kinds.DATABASE, "",
        "the application's role, `postgresql://user:password@host:5432/name`; without it an embedded server under "
        "`TRAGNETZ_VAR`", secret=True,
    ),
    _own(
        "OWNER_URL", kinds.DATABASE,
        "the same database for the owner of its tables: for `tragnetz migrate`, `backup` and `restore`, no web process "
        "needs it", secret=True,
    ),
    _own(
        "READER_URL", kinds.DATABASES,
        "hot standbys of the same database, with blanks between: public pages, open data and figures are read there; "
        "docs/operations.md", secret=True,
    ),
    _own(
        "READER_SECONDS", kinds.number(1, 300),
        "a standby that lags behind by more than this is not asked", "10",
    ),
    _own("DATABASE", kinds.NAME, "name of the database on the embedded server", "tragnetz"),
    _own("VAR", kinds.FOLDER, "folder for what is kept as files: law, heads of the audit trail, outbox", "var"),
    _own("LAW", kinds.FOLDER, "folder of the compiled law, only read; empty: `law` in `TRAGNETZ_VAR`"),
    _own("STATIC", kinds.FOLDER, "folder of the collected styles, only read; empty: `static` in `TRAGNETZ_VAR`"),
    _own("NETWORK", kinds.SLUG, "key of the city served here; empty: the only one"),
    _own(
        "BACKUP_KEY", kinds.matching(r"\s*backup-(public|secret)-[\sA-Za-z0-9-]+", "a key of `tragnetz backup key`"),
        "who opens back-ups: the half that begins with `backup-public-`", secret=True,
    ),
    _own(
        "BACKUP_PASSPHRASE", kinds.at_least(16),
        "instead of that key; then the server itself can open its back-ups", secret=True,
    ),
    _own(
        "SECOND_FACTOR", kinds.choice("required", "optional"),
        "whether everybody needs a second factor; `required` in production, else `optional`; docs/login.md",
    ),
    _own(
        "QUERY_SECONDS", kinds.number(0, 3600),
        "so long may one query of a page take, then the visitor is asked to come again; 0: without end", "20",
    ),
    _own("IDLE_MINUTES", kinds.number(5, 1440), "a log-in ends after so long without a page", "30"),
    _own("SESSION_HOURS", kinds.number(1, 24), "a log-in ends after so long in any case", "12"),
    _own(
        "OIDC_ISSUER", kinds.address("https", "http"),
        "an organisation's own log-in (OpenID Connect); without an issuer there is none",
    ),
    _own("OIDC_CLIENT_ID", kinds.TEXT, "what the issuer calls us"),
    _own("OIDC_CLIENT_SECRET", kinds.TEXT, "what proves it to the issuer", secret=True),
    _own("OIDC_ORGANISATIONS", kinds.SLUGS,
         "keys of the organisations whose people that log-in vouches for; it opens no account of another one"),
    _own("OIDC_NAME", kinds.TEXT, "what the button is called", "Organisation"),
    _own(
        "OWN_PAGE_MONTHS", kinds.number(0, 120),
        "so long after the end of a case the person's own page still opens; docs/own-page.md", "6",
    ),
    _own("UPLOAD_MEGABYTES", kinds.number(1, 100), "how large a file may be; docs/files.md", "10"),
    _own("SCANNER", kinds.SCANNER, "where clamd listens; without it nothing is searched for viruses"),
    _own("SCANNER_SECONDS", kinds.seconds(300), "how long it may take", "20"),
    _own("SCANNER_AWAY", kinds.choice("refuse", "keep"), "what happens to files while it is away", "refuse"),
    _own(
        "SMS_BACKEND", kinds.choice("console", "file", "http"),
        "how SMS leave: `file` writes one file a message into `outbox` for a gateway; `http` with an SMS_URL, else "
        "`file` in production and `console` elsewhere",
    ),
    _own(
        "EMAIL_BACKEND", kinds.choice("console", "file", "smtp"),
        "how e-mail leaves; `smtp` in production, else `console`",
    ),
    _own(
        "SMS_URL", kinds.address("https", "http"), "the SMS gateway; examples in docs/messages.md", secret=True
    ),  # gateways that take their key in the address are common
    _own("SMS_METHOD", kinds.METHOD, "how it is called", "POST"),
    _own("SMS_HEADERS", kinds.HEADERS, "headers of the call", '{"Content-Type": "application/json"}', secret=True),
    _own(
        "SMS_BODY", kinds.TEXT, "body of the call", '{"to": "{to}", "text": "{text}", "id": "{id}"}', secret=True
    ),
    _own("SMS_SUCCESS", kinds.CODES, "answers that mean: taken", "200-299"),
    _own("SMS_TIMEOUT", kinds.seconds(120), "how long a call may take", "10"),
    _own("SMS_IDEMPOTENT", kinds.SWITCH, "1: the gateway sends a message with the same id once", "0"),
    _own("SMTP_HOST", kinds.TEXT, "the mail server", "localhost"),
    _own("SMTP_PORT", kinds.PORT, "its port", "25"),
    _own("SMTP_USER", kinds.TEXT, "our name there; without one we do not log in"),
    _own("SMTP_PASSWORD", kinds.TEXT, "our password there", secret=True),
    _own("SMTP_TLS", kinds.SWITCH, "1: STARTTLS, with a certificate that is valid", "0"),
    _own("MAIL_FROM", kinds.MAIL, "sender of e-mail", "beratung@localhost"),
    _own("SECURITY_CONTACT", kinds.CONTACT, "who is told of weaknesses: makes `/.well-known/security.txt` (RFC 9116)"),
    _own("LOGS", kinds.choice("json", "lines"), "how logs are written; `json` in production, else `lines`"),
    _own(
        "LOG_LEVEL", kinds.choice("DEBUG", "INFO", "WARNING", "ERROR"),
        "from which weight on; `INFO` in production (one line a request), else `WARNING`",
    ),
    _own(
        "METRICS_TOKEN", kinds.matching(r"[\w.~+/=-]{24,}", "at least 24 letters, digits and signs of a token"),
        "who sends it as `Authorization: Bearer …` reads `/metrics`; without it there is no such page", secret=True,
    ),
    _own("KEY_MEMORY_KIB", kinds.number(64, 1 << 20), "memory that one guess at a password of the vault costs; "
         "docs/threat-model.md", "131072"),
)  # fmt: skip
BY_NAME: Mapping[str, Variable] = {one.name: one for one in VARIABLES}


def raw(name: str) -> str:
    """Return a variable of ours as it stands in the environment, else its default. Raises KeyError for one not known.

    For commands that need no settings; `name` is without the prefix.
    """
    found = BY_NAME[f"{PREFIX}{name}"]
    return os.environ.get(found.name, "") or found.default


@dataclass(frozen=True, slots=True)
class Given:
    """What an environment gives: values by full name, faults that forbid a start, warnings, and who set something."""

    values: dict[str, object] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; `name` without the prefix. `default` is one that follows from other variables."""
        value = self._value(name)
        return default if value is None else str(value)

    def number(self, name: str) -> int:
        """Return a whole number."""
        value = self._value(name)
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    def seconds(self, name: str) -> float:
        """Return a time in seconds."""
        value = self._value(name)
        if not isinstance(value, float):
            raise TypeError(name)
        return value

    def flag(self, name: str) -> bool:
        """Return a switch."""
        return self._value(name) is True

    def words(self, name: str) -> list[str]:
        """Return a list of texts; empty when nothing is given."""
        value = self._value(name)
        return [str(one) for one in value] if isinstance(value, list) else []

    def folder(self, name: str, default: Path) -> Path:
        """Return a folder, else the default."""
        value = self._value(name)
        return value if isinstance(value, Path) and f"{PREFIX}{name}" in self.named else default

    def _value(self, name: str) -> object:
        variable = BY_NAME[name] if name in BY_NAME else BY_NAME[f"{PREFIX}{name}"]
        return self.values.get(variable.name)


def read(environment: Mapping[str, str]) -> Given:
    """Read all variables of an environment; faults and warnings stand in the result."""
    given = Given()
    for variable in VARIABLES:
        text = environment.get(variable.name, "")
        if text:
            given.named.add(variable.name)
        if not text and not variable.default:
            continue
        try:
            given.values[variable.name] = variable.kind.read(text or variable.default)
        except ValueError:
            shown = "" if variable.secret else f" is {text!r}, but"
            hidden = " (its value is secret and not shown)" if variable.secret else ""
            given.faults.append(f"{variable.name}{shown} must be {variable.kind.expected}{hidden}.")
    for rule in RULES:
        given.faults.extend(rule(given))
    given.warnings.extend(_slips(environment))
    if not given.faults:
        given.warnings.extend(without_effect(given, PREFIX))
    return given


def _slips(environment: Mapping[str, str]) -> list[str]:
    """Return a warning for each name with our prefix that nobody reads."""
    found = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in BY_NAME and name not in OF_DEVELOPMENT:
            ours = [known.removeprefix(PREFIX) for known in BY_NAME if known.startswith(PREFIX)]
            near = get_close_matches(name.removeprefix(PREFIX), ours, n=1, cutoff=NEAR)
            meant = f"; is {PREFIX}{near[0]} meant?" if near else "; docs/operations.md lists those there are."
            found.append(f"{name} is not known and has no effect{meant}")
    return found


def given_or_end() -> Given:
    """Return what the environment of this process gives; with faults, tell all of them and end with status 2."""
    given = read(os.environ)
    for warning in given.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    if given.faults:
        print(told(given.faults), file=sys.stderr)
        raise SystemExit(EXIT_STATUS)
    return given


def told(faults: list[str]) -> str:
    """Return the faults of an environment as one message."""
    return "\n".join(["Tragnetz does not start: its settings are wrong.", *(f"- {fault}" for fault in faults)])


def _needed(given: Given) -> list[str]:
    if not given.flag("PRODUCTION"):
        return []
    missing = [one for one in VARIABLES if one.needed and one.name not in given.named]
    return [f"{one.name} is missing: {one.meaning} ({one.kind.expected})." for one in missing]


def _no_demo(given: Given) -> list[str]:
    if not given.flag("PRODUCTION"):
        return []
    found = []
    if given.text("SECRET_KEY") == DEMO_SECRET:
        found.append("TRAGNETZ_SECRET_KEY is the demo's, which everybody can read: make a random one.")
    if DEMO_VAULT_KEY in given.text("VAULT_KEYS").split(","):
        found.append("TRAGNETZ_VAULT_KEYS holds the demo's key, which everybody can read: `tragnetz key` makes one.")
    return found


def _open_to_all(given: Given) -> list[str]:
    if not given.flag("PRODUCTION"):
        return []
    found = []
    if "*" in given.words("HOSTS"):
        found.append("TRAGNETZ_HOSTS is '*': links in mail could lead anywhere. Name the hosts of the site.")
    found += [
        f"{PREFIX}{name} is {given.text(name)!r}, but must begin with https:// in production."
        for name in ("PUBLIC_URL", "OIDC_ISSUER")
        if given.text(name).startswith("http://")
    ]
    return found


def _messages(given: Given) -> list[str]:
    found = []
    if given.text("SMS_BACKEND") == "http" and not given.text("SMS_URL"):
        found.append("TRAGNETZ_SMS_BACKEND is 'http', but TRAGNETZ_SMS_URL is missing.")
    if given.flag("PRODUCTION"):
        found += [
            f"{PREFIX}{name} is 'console', but then addresses and codes would stand in the logs: choose another."
            for name in ("SMS_BACKEND", "EMAIL_BACKEND")
            if given.text(name) == "console"
        ]
        if given.text("LOGS") == "lines":
            found.append("TRAGNETZ_LOGS is 'lines', but in production only 'json' leaves out what people told us.")
    pair = ("SMTP_USER", "SMTP_PASSWORD")
    found += [
        f"{PREFIX}{one} is set, but {PREFIX}{other} is missing: we would not get in."
        for one, other in (pair, pair[::-1])
        if given.text(one) and not given.text(other)
    ]
    local = given.text("SMTP_HOST") in {"localhost", "127.0.0.1", "::1"}
    if given.text("SMTP_PASSWORD") and not given.flag("SMTP_TLS") and not local:
        found.append("TRAGNETZ_SMTP_TLS is 0, but then TRAGNETZ_SMTP_PASSWORD would cross the network in the open.")
    return found


def _reachable(given: Given) -> list[str]:
    """Return a fault when links would lead to a name that the site does not answer to."""
    host, hosts = urlsplit(given.text("PUBLIC_URL")).hostname, given.words("HOSTS")
    if not given.flag("PRODUCTION") or not host or not hosts or validate_host(host, hosts):
        return []
    return [f"TRAGNETZ_PUBLIC_URL leads to {host}, which is not in TRAGNETZ_HOSTS: the site would not answer there."]


def _readers(given: Given) -> list[str]:
    if given.words("READER_URL") and not given.text("DATABASE_URL"):
        return ["TRAGNETZ_READER_URL is set, but DATABASE_URL is missing: the embedded server has no standbys."]
    return []


def _single_sign_on(given: Given) -> list[str]:
    names = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    missing = [f"{PREFIX}{name}" for name in names if given.text("OIDC_ISSUER") and not given.text(name)]
    if given.text("OIDC_ISSUER") and not given.words("OIDC_ORGANISATIONS"):
        missing.append(f"{PREFIX}OIDC_ORGANISATIONS")
    return [f"TRAGNETZ_OIDC_ISSUER is set, but missing: {', '.join(missing)}."] if missing else []


RULES: tuple[Callable[[Given], list[str]], ...] = (
    _needed, _no_demo, _open_to_all, _reachable, _readers, _messages, _single_sign_on,
)  # fmt: skip
