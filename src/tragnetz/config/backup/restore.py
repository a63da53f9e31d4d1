"""Restore a back-up: prove the file, refuse what does not fit, then all or nothing."""

from pathlib import Path

from psycopg import Error

from tragnetz.config.backup import contents, database
from tragnetz.config.backup.contents import differences
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.backup.files import Staging
from tragnetz.config.backup.inspect import Proven, entries_of, whole


def restore_into(path: Path, proven: Proven, *, conninfo: str, var: Path, replace: bool) -> None:
    """Fill an empty database and the var folder with a proven back-up, and compare the rows with what was backed up.

    Nothing is committed and no file is moved in before all rows are there and their digests are the same. `replace`
    deletes what is in the database first, in the same transaction. Raises BackupError; then nothing has changed.
    """
    staging = Staging(var, replace=replace)
    try:
        with database.to_be_filled(conninfo, replace=replace) as connection:
            tables = {contents.TABLE + table.label: table for table in proven.about.tables}
            with entries_of(path, proven.data_key) as entries:
                for name, content in entries:
                    if name in tables:
                        database.fill(connection, tables[name], content)
                    elif name in {contents.BEFORE, contents.AFTER}:
                        database.run_statements(connection, whole(content))
                    elif name.startswith(contents.FILE):
                        staging.put(name.removeprefix(contents.FILE), content)
            database.set_sequences(connection, proven.summary.sequences)
            found = database.digests(connection, database.tables_of(connection))
            _refuse(differences(proven.summary.tables, found))
        staging.move_in()
    except Error as error:
        raise database.refused(error) from error
    finally:
        staging.clear()
    database.analyse(conninfo)


def _refuse(told: list[str]) -> None:
    if told:
        message = f"What was restored is not what was backed up: {'; '.join(told)}. Nothing was kept."
        raise BackupError(message)
