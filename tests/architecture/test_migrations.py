"""A new migration keeps nobody waiting and lets the version before it go on working."""

import importlib.util

import pytest

from tests.release import ROOT, release_tools


@pytest.fixture(scope="module")
def lint():
    release_tools()
    spec = importlib.util.spec_from_file_location("lint_migrations", ROOT / "tools" / "lint_migrations.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_a_new_migration_breaks_no_rule(lint, db):
    before = lint.history()

    assert {name: rules for name, rules in lint.findings(before).items() if rules} == {}


def test_the_history_names_migrations_that_are_there(lint):
    assert lint.history() - lint.ours() == set()
    assert len(lint.history()) >= 74


def test_a_migration_outside_of_the_history_is_read(lint, db):
    newest = "reporting.0011_ending"

    found = lint.findings(lint.history() - {newest})

    assert set(found) == {newest} | (lint.ours() - lint.history())


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ('CREATE INDEX "i" ON "casework_case" ("topic");', "require-concurrent-index-creation"),
        ('ALTER TABLE "casework_case" ALTER COLUMN "topic" SET NOT NULL;', "adding-not-nullable-field"),
        ('ALTER TABLE "casework_case" ADD COLUMN "x" uuid DEFAULT gen_random_uuid() NOT NULL;', "adding-field-with-default"),
        ('ALTER TABLE "casework_case" ALTER COLUMN "topic" TYPE bigint;', "changing-column-type"),
        ('ALTER TABLE "casework_case" ADD CONSTRAINT "c" CHECK (1 < 2);', "constraint-missing-not-valid"),
        ('ALTER TABLE "casework_case" ALTER COLUMN "x" DROP DEFAULT;', "ban-drop-default"),
        ('ALTER TABLE "casework_case" DROP COLUMN "topic";', "ban-drop-column"),
        ('ALTER TABLE "casework_case" RENAME COLUMN "topic" TO "theme";', "renaming-column"),
    ],
)  # fmt: skip
def test_what_would_block_is_found(lint, tmp_path, sql, rule):
    (tmp_path / "casework.9999_new.sql").write_text(f"BEGIN;\n{sql}\nCOMMIT;\n")

    assert rule in {told["rule_name"] for told in lint.squawk(tmp_path)}


def test_what_is_safe_is_let_through(lint, tmp_path):
    (tmp_path / "casework.9999_new.sql").write_text(
        'CREATE INDEX CONCURRENTLY "i" ON "casework_case" ("topic");\n'
        'ALTER TABLE "casework_case" ADD COLUMN "x" integer DEFAULT 1 NOT NULL;\n'
        'CREATE TABLE "new" ("id" uuid NOT NULL PRIMARY KEY);\n'
        'ALTER TABLE "casework_case" ADD CONSTRAINT "c" CHECK (1 < 2) NOT VALID;\n'
    )

    assert lint.squawk(tmp_path) == []


def test_rows_are_not_changed_in_the_transaction_that_changes_a_table(lint):
    update, alter = (
        "UPDATE casework_case SET topic = 'debt';",
        'ALTER TABLE "casework_case" ADD COLUMN "x" integer NULL;',
    )
    function = f"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n{update}\nEND $$;"

    assert lint.mixes(f"BEGIN;\n{alter}\n{update}\nCOMMIT;")
    assert not lint.mixes(f"BEGIN;\n{alter}\nCOMMIT;")
    assert not lint.mixes(f"BEGIN;\n{update}\nCOMMIT;")
    assert not lint.mixes(f"BEGIN;\n{alter}\n{function}\nCOMMIT;")
    assert not lint.mixes(f"{alter}\n{update}")
