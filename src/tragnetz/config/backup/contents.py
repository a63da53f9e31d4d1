"""What a back-up tells about itself, and what it may be restored into. Pure."""

from collections.abc import Collection
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from tragnetz.config.backup.errors import BackupError, DamagedError

# Names of entries, in the order in which they stand in the file.
ABOUT, BEFORE, TABLE, AFTER, FILE, SUMMARY = "about", "schema/before", "table/", "schema/after", "file/", "summary"
MAJOR = 10_000  # PostgreSQL counts 180006 for 18.6
NAMED = 3  # how many unknown migrations a message names


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RingKey(_Part):
    """A key of the installation's ring: its fingerprint, and a sample that only this key opens."""

    fingerprint: str
    sample: str


class Table(_Part):
    """A table with the columns that are stored (computed ones are computed again) and those of its primary key.

    `texts` are the columns with a sort order of their own.
    """

    schema_name: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its name for people, and in the file."""
        return f"{self.schema_name}.{self.name}"


class About(_Part):
    """What stands at the beginning: enough to refuse before anything is touched."""

    version: str
    made_at: datetime
    networks: tuple[str, ...]
    migrations: tuple[tuple[str, str], ...]
    server: int
    ring: tuple[RingKey, ...]
    signing: str  # fingerprint of TRAGNETZ_SECRET_KEY
    tables: tuple[Table, ...]
    network: str = ""  # id of the only network that is in it (config.moving); empty: all of the database

    def written(self) -> bytes:
        """Return it as it stands in the file; older versions do not know what is left out here."""
        return self.model_dump_json(exclude_defaults=True).encode()


class TableSum(_Part):
    """How many rows a table has, and the SHA-256 of them as JSON lines, sorted by primary key."""

    label: str
    rows: int
    digest: str


class Sequence(_Part):
    """Where a counter stands; `value` is nothing before its first use."""

    schema_name: str
    name: str
    value: int | None


class StoredFile(_Part):
    """A file of the var folder: its path there, bytes and SHA-256."""

    path: str
    size: int
    digest: str


class Summary(_Part):
    """What stands at the end: what a restore is compared with."""

    tables: tuple[TableSum, ...]
    sequences: tuple[Sequence, ...]
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...]  # files that could not be read

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


def read_part[Part: _Part](kind: type[Part], packed: bytes) -> Part:
    """Return what an entry holds. Raises DamagedError."""
    try:
        return kind.model_validate_json(packed)
    except ValueError as error:
        message = "The back-up tells about itself in a way that this version does not understand."
        raise DamagedError(message) from error


def refuse_other_version(
    about: About, *, version: str, known: Collection[tuple[str, str]], server: int
) -> list[tuple[str, str]]:
    """Return the migrations that a restore has to run afterwards.

    Raises BackupError when the back-up has changes to the database that this version does not know, or was made on a
    newer major version of PostgreSQL than the one it would be restored into.
    """
    unknown = [one for one in about.migrations if one not in known]
    if unknown:
        named = ", ".join(f"{app}.{name}" for app, name in unknown[:NAMED])
        more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
        message = (
            f"The back-up was made by Tragnetz {about.version}; this is Tragnetz {version} and does not know what that "
            f"one changed in the database ({named}{more}). Restore with the version that made it, or a newer one."
        )
        raise BackupError(message)
    if about.server // MAJOR > server // MAJOR:
        message = (
            f"The back-up was made on PostgreSQL {about.server // MAJOR}; this server is PostgreSQL "
            f"{server // MAJOR}. Restore on PostgreSQL {about.server // MAJOR} or newer."
        )
        raise BackupError(message)
    return sorted(set(known) - set(about.migrations))


def differences(made: Collection[TableSum], found: Collection[TableSum]) -> list[str]:
    """Return in words where a restored database differs from what was backed up."""
    at_hand = {table.label: table for table in found}
    told = []
    for table in made:
        other = at_hand.pop(table.label, None)
        if other is None:
            told.append(f"{table.label} is missing")
        elif other.rows != table.rows:
            told.append(f"{table.label} has {other.rows:,} rows instead of {table.rows:,}")
        elif other.digest != table.digest:
            told.append(f"{table.label} has other content")
    return told + [f"{label} is too many" for label in at_hand]
