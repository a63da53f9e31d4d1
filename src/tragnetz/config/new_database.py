"""All tables of an empty database at once, from `new_database.sql`, instead of one migration after the other.

The file holds what the migrations that it names make of an empty database, and says that they ran; `migrate` then runs
those that came since. tools/print_tables.py writes it from the migrations themselves, and a test compares both ways.
An installation that has tables never meets it (docs/decisions/0031-tables-of-a-new-database.md).
"""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

STATEMENTS = Path(__file__).with_suffix(".sql")

# The statements name all they mean with its schema, and bodies of functions may name tables that come after them.
_SETTINGS = """
SELECT set_config('search_path', '', true), set_config('check_function_bodies', 'off', true)
"""
_BACK = "SELECT set_config('search_path', %s, true), set_config('check_function_bodies', 'on', true)"
_IS_NEW = """
SELECT current_schema() = 'public' AND NOT EXISTS (
  SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
)
"""


def is_new(cursor: CursorWrapper) -> bool:
    """Return whether nothing is in the database, and tables would come into the schema `public`."""
    cursor.execute(_IS_NEW)
    (found,) = cursor.fetchone() or (False,)
    return bool(found)


def make_tables(connection: BaseDatabaseWrapper) -> bool:
    """Make all tables if there is none, inside the caller's transaction; returns whether it did. For their owner."""
    with connection.cursor() as cursor:
        if not is_new(cursor):
            return False
        cursor.execute("SELECT current_setting('search_path')")
        (path,) = cursor.fetchone() or ("",)
        cursor.execute(_SETTINGS)
        cursor.execute(STATEMENTS.read_text(encoding="utf-8"))
        cursor.execute(_BACK, [path])
    return True
