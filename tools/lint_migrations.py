"""Which migrations would keep people waiting, or break the version that still runs: squawk's rules and one of our own.

Prints what is found beyond the history (tools/migrations_before.txt); `--freeze` writes the history anew, which is only
right for migrations that no city has run yet: before the first release, or in the change that adds them.
docs/upgrading.md says how a migration is written so that nobody waits.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SQUAWK = ROOT / "var" / "release" / "venv" / "bin" / "squawk"
HEAD = "# Migrations that no rule is asked about: they were there before the rules (tools/lint_migrations.py --freeze)."
HISTORY = ROOT / "tools" / "migrations_before.txt"
# Taste, or done elsewhere: `tragnetz migrate` sets both timeouts, Django chooses types and says what exists.
NOT_ASKED = (
    "ban-char-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity", "prefer-robust-stmts",
    "prefer-text-field", "prefer-timestamptz", "prefer-repack", "require-lock-timeout", "require-statement-timeout",
)  # fmt: skip
# A column that is new and may be empty has no value to look up: its foreign key costs one look through the table.
NEW_EMPTY_LINK = re.compile(r"ADD COLUMN \S+ \S+ NULL CONSTRAINT \S+ REFERENCES")
STRUCTURE = re.compile(r"^\s*(ALTER TABLE|CREATE (UNIQUE )?INDEX|DROP INDEX)", re.MULTILINE)
DATA = re.compile(r"^\s*(UPDATE|DELETE FROM|INSERT INTO)", re.MULTILINE | re.IGNORECASE)
DATA_WITH_STRUCTURE = "data-with-structure"


def findings(skip: Collection[str] = ()) -> dict[str, set[str]]:
    """Return the rules that each migration of ours breaks, leaving some out. Needs Django set up and all tables."""
    written = statements(skip)
    found = {name: set() for name in written}
    for name, sql in written.items():
        if mixes(sql):
            found[name].add(DATA_WITH_STRUCTURE)
    with tempfile.TemporaryDirectory() as folder:
        for name, sql in written.items():
            (Path(folder) / f"{name}.sql").write_text(sql, encoding="utf-8")
        for told in squawk(Path(folder)):
            name = Path(told["file"]).stem
            line = written[name].splitlines()[told["line"]]
            if not (told["rule_name"] == "adding-foreign-key-constraint" and NEW_EMPTY_LINK.search(line)):
                found[name].add(told["rule_name"])
    return found


def statements(skip: Collection[str] = ()) -> dict[str, str]:
    """Return the SQL of each of our migrations, in the order in which they run.

    Those to skip only hand on what they make of the models, which takes no time.
    """
    from django.db import connection  # noqa: PLC0415 -- after the settings are named
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- after the settings are named
    from django.db.migrations.state import ProjectState  # noqa: PLC0415 -- as above

    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    written, state = {}, ProjectState()
    for migration, _backwards in executor.migration_plan(targets, clean_start=True):
        name = f"{migration.app_label}.{migration.name}"
        if name in skip or not migration.__module__.startswith("tragnetz."):
            state.__dict__.pop("apps", None)  # models rendered for one before would be made anew for each of these
            state = migration.mutate_state(state, preserve=False)
            continue
        inside = connection.in_atomic_block  # of a test: what must run outside of one is only written down here
        connection.in_atomic_block = inside and migration.atomic
        try:
            with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
                state = migration.apply(state, editor, collect_sql=True)
        finally:
            connection.in_atomic_block = inside
        by_hand = [one for one in migration.operations if type(one).__name__ == "RunPython"]
        lines = [*editor.collected_sql, *("UPDATE rows_by_python SET this = 1;" for _one in by_hand)]
        written[name] = "\n".join(["BEGIN;", *lines, "COMMIT;"] if migration.atomic else lines)
    return written


def mixes(sql: str) -> bool:
    """Whether one transaction changes the structure of a table and rows: rows would be locked for all that time."""
    return sql.startswith("BEGIN;") and bool(STRUCTURE.search(sql) and DATA.search(without_functions(sql)))


def without_functions(sql: str) -> str:
    """Return the statements without the bodies of functions and triggers: those do not run now."""
    return re.sub(r"\$(\w*)\$.*?\$\1\$", "", sql, flags=re.DOTALL)


def squawk(folder: Path) -> list[dict[str, object]]:
    """Let squawk read all files of a folder; returns what it found."""
    if not any(folder.iterdir()):
        return []
    done = subprocess.run(
        [SQUAWK, "--reporter", "json", "--pg-version", "16", "--exclude", ",".join(NOT_ASKED), f"{folder}/*.sql"],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    if not done.stdout:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def history() -> set[str]:
    """Return the migrations of before; they ran, or will run on empty tables."""
    return {line for line in HISTORY.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def ours() -> set[str]:
    """Return all our migrations that are there."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- as above

    found = MigrationLoader(None).disk_migrations
    return {f"{app}.{name}" for (app, name), one in found.items() if one.__module__.startswith("tragnetz.")}


def main() -> int:
    """Print what is found beyond the history, or freeze it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    os.environ.setdefault("TRAGNETZ_DATABASE", "lint")
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()
    if "--freeze" in sys.argv:
        HISTORY.write_text("\n".join([HEAD, *sorted(ours()), ""]), encoding="utf-8")
        return 0
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    broken = {name: sorted(rules) for name, rules in findings(history()).items() if rules}
    for name, rules in broken.items():
        print(f"{name}: {', '.join(rules)}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
