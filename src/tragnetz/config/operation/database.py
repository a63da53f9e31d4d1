"""Checks of the database server."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from tragnetz.config.checks import OLDEST
from tragnetz.config.operation.findings import Finding, decimal, error, judged, ok, warn
from tragnetz.config.operation.machine import room
from tragnetz.config.operation.probes import waiting_migrations
from tragnetz.config.operation.readings import connections, query
from tragnetz.network.database.readers import AWAY, BEHIND, NO_STANDBY, SUPERUSER, watch
from tragnetz.network.database.rows import role_of, unlocked_tables, unmarked_operators
from tragnetz.network.database.tying import untied_links

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
MAJOR = 10_000
DRIFT_WARN, DRIFT_ERROR = timedelta(seconds=2), timedelta(seconds=30)
CROWDED, FULL = 0.75, 0.9


def server() -> Iterator[Finding]:
    """Version, extensions, and whether the tables are as this version needs them."""
    connection.ensure_connection()
    version = int(getattr(connection, "pg_version", 0))
    if version < OLDEST:
        text = f"PostgreSQL {version // MAJOR} ist zu alt."
        yield error("postgresql", text, "Nehmen Sie PostgreSQL 16 oder neuer (docs/operations.md).")
    else:
        yield ok("postgresql", f"PostgreSQL {version // MAJOR} antwortet.")
    there = {name for (name,) in query("SELECT extname FROM pg_extension")}
    missing = [name for name in EXTENSIONS if name not in there]
    if missing:
        text = f"In der Datenbank fehlen Erweiterungen: {', '.join(missing)}."
        yield error("extensions", text, f"Als Superuser: {' '.join(f'CREATE EXTENSION {name};' for name in missing)}")
    else:
        yield ok("extensions", "Alle Erweiterungen der Datenbank sind da.")
    waiting = waiting_migrations()
    if waiting:
        text = f"Der Datenbank fehlen {len(waiting)} Änderungen dieser Version, die erste: {waiting[0]}."
        yield error("migrations", text, "Sichern Sie, dann: tragnetz migrate (docs/operations.md).")
    else:
        yield ok("migrations", "Die Tabellen sind so, wie diese Version sie braucht.")


def rows() -> Iterator[Finding]:
    """Whether PostgreSQL itself keeps the networks apart for the application's role (decision 0028)."""
    with connection.cursor() as cursor:
        role, unlocked, slow = role_of(cursor), unlocked_tables(cursor), unmarked_operators(cursor)
        untied = untied_links(cursor)
    two = "Nennen Sie in DATABASE_URL eine Rolle, der nichts gehört, und den Eigentümer in TRAGNETZ_OWNER_URL."
    if role.is_superuser or role.bypasses:
        yield error("rows", "Für die Rolle der Anwendung gilt der Schutz der Zeilen nicht.", two)
    elif role.owns:
        yield warn("rows", "Der Rolle der Anwendung gehören die Tabellen: Sie könnte ihren Schutz aufheben.", two)
    elif not unlocked:
        yield ok("rows", "PostgreSQL hält die Netzwerke auseinander.")
    if unlocked:
        text = f"{len(unlocked)} Tabellen sind nicht nach Netzwerken geschützt, die erste: {unlocked[0]}."
        yield error("rows", text, "tragnetz migrate")
    if untied:
        text = f"Zeilen zweier Netzwerke könnten verbunden sein: an {len(untied)} Stellen, die erste: {untied[0]}."
        yield warn("links", text, "tragnetz migrate")
    if slow:
        statements = " ".join(f"ALTER FUNCTION {function} LEAKPROOF;" for function in slow)
        yield warn(
            "search", "Die Suche liest alle Einträge, statt im Index nachzusehen.", f"Als Superuser: {statements}"
        )


def readers() -> Iterator[Finding]:
    """Whether the standbys that pages are read from answer, and how far they lag behind."""
    if not settings.TRAGNETZ_READERS:
        return
    told = {
        AWAY: "Er antwortet nicht. Läuft er? Stimmt TRAGNETZ_READER_URL?",
        NO_STANDBY: "Er ist keine Kopie mehr, sondern eine Datenbank für sich. Richten Sie ihn neu ein.",
        SUPERUSER: "TRAGNETZ_READER_URL nennt einen Superuser, für den kein Schutz der Zeilen gilt.",
        BEHIND: "Er holt nicht schnell genug auf. Läuft die Übertragung (pg_stat_replication)? Ist er überlastet?",
    }
    for number, (one, at) in enumerate(zip(watch().look(), settings.TRAGNETZ_READERS, strict=True), 1):
        place = f"{at['HOST']}:{at['PORT']}"
        if one.fault:
            late = "" if one.lag is None else f" (Rückstand {one.lag:.0f} Sekunden)"
            text = f"Der Leser {number} wird nicht gefragt{late}: Alles liest die Hauptdatenbank."
            yield warn("readers", text, told[one.fault], place=place)
        else:
            yield ok(
                "readers", f"Der Leser {number} antwortet mit {decimal(one.lag or 0)} Sekunden Rückstand.", place=place
            )


def clock() -> Iterator[Finding]:
    """Whether the clocks of the database and of this machine agree, and in which zone the database answers."""
    before = datetime.now(UTC)
    ((there, zone),) = query("SELECT clock_timestamp(), current_setting('TimeZone')")
    after = datetime.now(UTC)
    middle = before + (after - before) / 2
    drift = abs(there - middle) - (after - before) / 2
    level = judged(drift.total_seconds(), warn_from=DRIFT_WARN.total_seconds(), error_from=DRIFT_ERROR.total_seconds())
    if level:
        text = f"Die Uhren von Datenbank und Server gehen um {drift.total_seconds():.0f} Sekunden auseinander."
        yield Finding("clock", level, text, "Stellen Sie auf beiden Rechnern NTP ein (chrony, systemd-timesyncd).")
    else:
        yield ok("clock", "Die Uhren von Datenbank und Server stimmen überein.")
    if str(zone) != "UTC":
        text = f"Die Datenbank antwortet in der Zeitzone {zone} statt in UTC."
        yield error("database-zone", text, "Entfernen Sie TimeZone aus DATABASE_URL und den Rollen der Datenbank.")
    else:
        yield ok("database-zone", "Die Datenbank antwortet in UTC.")


# Settings of the server's own log, and with which values it quotes nobody.
QUIET = {
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_error_statement": {"log", "fatal", "panic"},
    "log_error_verbosity": {"terse"},
}


def logging() -> Iterator[Finding]:
    """Whether the server's own log would hold what people told us: statements and details quote values."""
    rows = query("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)])
    loud = loud_settings({str(name): str(value) for name, value in rows})
    if loud:
        text = f"Das Protokoll von PostgreSQL kann Angaben über Menschen festhalten ({', '.join(loud)})."
        advice = (
            "In postgresql.conf: log_statement = 'none', log_min_duration_statement = -1, log_min_error_statement = "
            "'panic', log_error_verbosity = 'terse'."
        )
        yield warn("database-log", text, advice)
    else:
        yield ok("database-log", "Das Protokoll von PostgreSQL hält keine Werte fest.")


def loud_settings(found: Mapping[str, str]) -> list[str]:
    """Return the settings with which the server's log quotes values; one that this role may not see is left out."""
    return [name for name, quiet in QUIET.items() if name in found and found[name] not in quiet]


# Settings without which PostgreSQL says that something is kept before it is (its manual, "Reliability").
SAFE = ("fsync", "full_page_writes", "synchronous_commit")


def durable() -> Iterator[Finding]:
    """Whether what the database has confirmed is still there after a power cut: for the role that the pages use."""
    rows = query("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SAFE)])
    unsafe = unsafe_settings({str(name): str(value) for name, value in rows})
    if unsafe:
        text = f"Nach einem Stromausfall kann fehlen, was schon bestätigt war ({', '.join(unsafe)})."
        yield error("durable", text, f"In postgresql.conf: {', '.join(f'{name} = on' for name in unsafe)}.")
    else:
        yield ok("durable", "Was die Datenbank bestätigt, steht auf der Platte.")


def unsafe_settings(found: Mapping[str, str]) -> list[str]:
    """Return the settings by which something confirmed can be lost."""
    return [name for name in SAFE if found.get(name) == "off"]


def pool() -> Iterator[Finding]:
    """How many connections are in use."""
    found = connections()
    level = judged(found.used / found.most, warn_from=CROWDED, error_from=FULL)
    text = f"{found.used} von {found.most} Verbindungen zur Datenbank sind in Gebrauch."
    advice = "Setzen Sie max_connections herauf oder --workers und --blocking-threads herab." if level else ""
    yield Finding("connections", level, text, advice)


def data() -> Iterator[Finding]:
    """Size of the database, and room on its disk where this machine can see it."""
    ((size,),) = query("SELECT pg_database_size(current_database())")
    yield ok("database-size", f"Die Datenbank ist {decimal(int(size) / 1e9)} GB groß.")
    # The view leaves out what this role may not know; asking for the setting itself would be an error.
    rows = query("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
    host = str(connection.settings_dict["HOST"])
    if rows and (host in {"", "localhost", "127.0.0.1"} or host.startswith("/")):
        folder = Path(str(rows[0][0]))
        if folder.is_dir():
            yield room("database-disk", "der Datenbank", folder)
