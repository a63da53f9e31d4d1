"""Write the tables of a new database from the migrations: `python tools/print_tables.py`; after each new migration.

The migrations run one after the other in an empty database of a PostgreSQL of its own, which takes a minute. What they
made is copied once, for PostgreSQL tells a rule that it read from such statements with fewer brackets.

The file, src/tragnetz/config/new_database.sql, names the migrations it was made from by a hash of their files, and
`tests/architecture/test_new_database.py` fails when that is another one now.
"""

import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tragnetz"
TABLES = SOURCE / "config" / "new_database.sql"
HEAD = """-- The tables that our migrations make in an empty database, written by tools/print_tables.py: not by hand.
-- Migrations: {}
"""
# Settings of a session, and what pg_dump says of each thing.
SETTINGS = re.compile(r"^(SET \w+ = .*|SELECT pg_catalog\.set_config\(.*);\n", re.MULTILINE)
REMARKS = re.compile(r"^--\n-- .*\n--\n|^-- Dumped .*\n", re.MULTILINE)
BLANK = re.compile(r"\n{3,}")


def made_from() -> str:
    """Return a hash of all files of migrations."""
    found = hashlib.sha256()
    for file in sorted(SOURCE.glob("*/migrations/*.py")):
        found.update(f"{file.relative_to(SOURCE)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def set_up(url: str = "postgresql://nobody@localhost/none") -> None:
    """Set Django up, with a database of its own or, for `schema` and `copy`, without one."""
    os.environ |= {"DATABASE_URL": url, "TRAGNETZ_OWNER_URL": url}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()


def run_all() -> None:
    """Run all migrations one after the other in the database in use, which is empty, and tie links; lock nothing."""
    from django.db import connection  # noqa: PLC0415 -- after the settings are named
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- as above

    from tragnetz.network.database.tying import tie_links  # noqa: PLC0415 -- as above

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    tie_links(connection)


def schema(conninfo: str) -> str:
    """Return the statements that make a database's tables, without locks on rows."""
    from tragnetz.config.backup.database import snapshot  # noqa: PLC0415 -- as above

    with snapshot(conninfo) as taken:
        dumped = taken.schema("pre-data").decode() + taken.schema("post-data").decode()
    return BLANK.sub("\n\n", REMARKS.sub("", SETTINGS.sub("", dumped))).strip() + "\n"


def copy(conninfo: str, to: str) -> None:
    """Make the tables of a database in an empty one, too."""
    import psycopg  # noqa: PLC0415 -- as above

    with psycopg.connect(to) as connection:
        connection.execute(
            "SELECT set_config('search_path', '', true), set_config('check_function_bodies', 'off', true)"
        )
        connection.execute(f"{schema(conninfo)}\n{migrations(conninfo)}")


def rows_left(conninfo: str) -> dict[str, int]:
    """Return how many rows migrations have left in each table that a new database would lack."""
    from tragnetz.config.backup.database import digests_at, snapshot  # noqa: PLC0415 -- as above

    with snapshot(conninfo) as taken:
        found = {one.label.removeprefix("public."): one.rows for one in digests_at(taken)}
    return {name: count for name, count in found.items() if count and name != "django_migrations"}


def applied(conninfo: str) -> list[tuple[str, str]]:
    """Return the migrations that a database says ran, in their order."""
    import psycopg  # noqa: PLC0415 -- as above

    with psycopg.connect(conninfo) as connection:
        return connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


def migrations(conninfo: str) -> str:
    """Return the statement that says of an empty database what ran in this one."""
    ran = ",\n".join(f"  ('{app}', '{name}', now())" for app, name in applied(conninfo))
    return f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n{ran};\n"


def printed(conninfo: str) -> str:
    """Return the file as it is to be, from a copied database in which all migrations ran."""
    return f"{HEAD.format(made_from())}\n{schema(conninfo)}\n{migrations(conninfo)}"


def main() -> int:
    """Run the migrations and write the file."""
    from tragnetz.config.database import embedded_url  # noqa: PLC0415 -- only when it runs as a program

    with tempfile.TemporaryDirectory(prefix="tables-", ignore_cleanup_errors=True) as folder:
        url, copied = (embedded_url(Path(folder) / "postgres", name) for name in ("tables", "copied"))
        set_up(url)
        run_all()
        if left := rows_left(url):
            sys.exit(f"Migrations left rows that a new database would lack: {left}")
        copy(url, copied)
        TABLES.write_text(printed(copied), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
