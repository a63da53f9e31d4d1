"""Which tables hold rows of a network, and the lock that PostgreSQL keeps on them (row-level security).

Everything follows from the models: a table whose model has a field `network` is locked, every other one must stand in
`OF_THE_INSTALLATION` with the reason. `lock_tables` is run by each `migrate`, so a new table is locked before anybody
uses it; the system check `tragnetz.E010` and tests/network/test_locked_rows.py find one that is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from tragnetz.network.database.base import EVERY_NETWORK
from tragnetz.network.fields import SETTING

POLICY, OWNERS_POLICY = "tragnetz_network", "tragnetz_owner"

# Rows that belong to no network. Whoever adds one says why.
OF_THE_INSTALLATION = {
    "network_network": "the networks themselves: found by host or key before there is a scope",
    "network_user": "an account may work in several networks; what it may there, its memberships say",
    "staff_session": "log-ins, read before it is known who asks",
    "staff_bucket": "counts of tries by hashed address, before anybody is signed in",
    "account_emailaddress": "of an account (allauth)",
    "account_emailconfirmation": "of an account (allauth)",
    "mfa_authenticator": "of an account (allauth)",
    "socialaccount_socialaccount": "of an account (allauth)",
    "socialaccount_socialapp": "an organisation's own log-in (allauth)",
    "socialaccount_socialtoken": "of an account (allauth)",
    "auth_permission": "Django's own, not used",
    "auth_group": "Django's own, not used",
    "auth_group_permissions": "Django's own, not used",
    "django_content_type": "Django's list of models",
    "django_migrations": "Django's list of migrations",
}
# Only looked at by the application, never written.
READ_ONLY = ("django_migrations", "django_content_type")

# As a query of its own the setting is read once a statement, not once a row: a fifth of the time for raw SQL without a
# filter. Beside a filter by network PostgreSQL compares both once, and no row.
_IN_SCOPE = f"network_id = (SELECT nullif(current_setting('{SETTING}', true), '')::uuid)"
_BY_OWNER = f"(SELECT current_setting('{EVERY_NETWORK}', true) = 'on')"
# Operators that an index serves and that tell nothing of what they compare: words, arrays, a text as one, spellings.
# PostgreSQL asks an index by them below a policy only if they are marked so; that needs a superuser, once a database.
TELL_NOTHING = (
    "pg_catalog.ts_match_vq(tsvector, tsquery)",
    "pg_catalog.arrayoverlap(anyarray, anyarray)",
    "pg_catalog.string_to_array(text, text)",
    "word_similarity_op(text, text)",
)


@dataclass(frozen=True, slots=True)
class Role:
    """The role that a connection works as. Each of the three lifts the lock, the last one only by saying so."""

    name: str
    is_superuser: bool
    bypasses: bool
    owns: bool


def scoped_models() -> list[type[models.Model]]:
    """Return the models whose rows belong to a network, those between two others too, by name of the table."""
    found = (
        model
        for model in apps.get_models(include_auto_created=True)
        if any(field.name == "network" for field in model._meta.concrete_fields)  # noqa: SLF001 -- Django's own word
    )
    return sorted(found, key=lambda model: model._meta.db_table)  # noqa: SLF001 -- as above


def scoped_tables() -> list[str]:
    """Return the names of the tables with rows of a network."""
    return [model._meta.db_table for model in scoped_models()]  # noqa: SLF001 -- as above


def lock_tables(connection: BaseDatabaseWrapper, *, reader: str) -> None:
    """Lock every table with rows of a network, and give the application's role `reader` what it needs, no more.

    For the owner of the tables, in one transaction; whatever stands already is made anew. Without another role than the
    owner nothing is granted.
    """
    with connection.cursor() as cursor:
        for table in scoped_tables():
            for statement in _lock(table):
                cursor.execute(statement)
        cursor.execute("SELECT current_user = %s, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [reader, reader])
        is_owner, is_there = cursor.fetchone() or (True, False)
        if is_there and not is_owner:
            for statement in _grants(reader):
                cursor.execute(statement)
        _mark_operators(cursor)


def _lock(table: str) -> Iterator[sql.Composed]:
    name = sql.Identifier(table)
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY").format(name)
    for policy, who, rule in ((POLICY, "PUBLIC", _IN_SCOPE), (OWNERS_POLICY, "CURRENT_USER", _BY_OWNER)):
        yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(sql.Identifier(policy), name)
        yield sql.SQL("CREATE POLICY {} ON {} TO {} USING ({}) WITH CHECK ({})").format(
            sql.Identifier(policy), name, sql.SQL(who), sql.SQL(rule), sql.SQL(rule)
        )


def _grants(reader: str) -> Iterator[sql.Composed]:
    """Rows to read and write, counters to count; no TRUNCATE, which asks no policy and no trigger, and no tables."""
    role = sql.Identifier(reader)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role)
    yield sql.SQL("GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
    for table in READ_ONLY:
        yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role)


def _mark_operators(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone() == (True,):
        for function in unmarked_operators(cursor):
            cursor.execute(f"ALTER FUNCTION {function} LEAKPROOF")


def unmarked_operators(cursor: CursorWrapper) -> list[str]:
    """Return the operators' functions below which PostgreSQL would read all rows of a network."""
    cursor.execute(
        "SELECT name FROM unnest(%s::text[]) AS name, pg_proc WHERE oid = to_regprocedure(name) AND NOT proleakproof",
        [list(TELL_NOTHING)],
    )
    return [name for (name,) in cursor.fetchall()]


def unlocked_tables(cursor: CursorWrapper) -> list[str]:
    """Return the tables with rows of a network that PostgreSQL would show to everybody."""
    cursor.execute(
        """SELECT name FROM unnest(%s::text[]) AS name
           WHERE to_regclass(quote_ident(name)) IS NOT NULL AND NOT EXISTS (
             SELECT FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
             WHERE pg_class.oid = to_regclass(quote_ident(name)) AND relrowsecurity AND relforcerowsecurity
               AND polname = %s)""",
        [scoped_tables(), POLICY],
    )
    return [name for (name,) in cursor.fetchall()]


def locked_tables(cursor: CursorWrapper) -> list[str]:
    """Return the tables that some `migrate` has locked before."""
    cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY (%s) AND relrowsecurity", [scoped_tables()])
    return [name for (name,) in cursor.fetchall()]


def role_of(cursor: CursorWrapper) -> Role:
    """Return what PostgreSQL holds of the connected role: its name, and whether policies hold for it."""
    cursor.execute(
        """SELECT current_user, bool_or(rolsuper), bool_or(rolbypassrls), EXISTS (
             SELECT FROM pg_class WHERE relname = ANY (%s) AND relnamespace = 'public'::regnamespace
               AND (pg_has_role(current_user, relowner, 'MEMBER') OR pg_has_role(session_user, relowner, 'MEMBER')))
           FROM pg_roles WHERE rolname IN (current_user, session_user)""",
        [scoped_tables()],
    )
    name, is_super, bypasses, owns = cursor.fetchone() or ("", True, True, True)
    return Role(name, is_super, bypasses, owns)
