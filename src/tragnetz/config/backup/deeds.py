"""What `tragnetz backup` and `tragnetz restore` do and print. Exit status in docs/operations.md."""

import argparse
import getpass
import os
import sys
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tragnetz.config.backup.errors import BackupError, TooOldError, WrongKeyError
from tragnetz.config.backup.inspect import Proven, prove, whose
from tragnetz.config.backup.keys import (
    MEMORY_KIB,
    Opens,
    Passphrase,
    PublicKey,
    Seals,
    SecretKey,
    new_secret,
    read_key,
    read_passphrase,
    write_key,
)
from tragnetz.config.starting import start
from tragnetz.config.variables import raw

if TYPE_CHECKING:
    from tragnetz.config.backup.database import Target

INCOMPLETE = 6  # written, but something is left to do


def key(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    """Make a pair of keys and print both halves."""
    secret = new_secret()
    print("Opens back-ups. Write or print it on paper, twice, and keep it away from the server and its back-ups:\n")
    print(f"  {write_key(secret)}\n")
    print(f"Seals back-ups ({secret.public.fingerprint}). Put it on the server as TRAGNETZ_BACKUP_KEY:\n")
    print(f"  {write_key(secret.public)}")
    return 0


def write(options: argparse.Namespace) -> int:
    """Write a back-up, and delete older ones if asked to."""
    seals = seals_of(options)
    if options.keep and not options.where.is_dir():
        message = f"--keep needs a folder, and {options.where} is none."
        raise BackupError(message)
    conninfo, var = _places()
    from tragnetz.config.backup.after import tell_trail  # noqa: PLC0415 -- needs Django
    from tragnetz.config.backup.files import remove_older  # noqa: PLC0415 -- as above
    from tragnetz.config.backup.write import write_backup  # noqa: PLC0415 -- as above
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above

    done = write_backup(options.where, seals, conninfo=conninfo, var=var, version=version("tragnetz"), now=now())
    rows, files = done.summary.rows, len(done.summary.files)
    print(
        f"Written: {done.path} ({size_told(done.size)}; {len(done.about.tables)} tables, {rows:,} rows, {files} files; "
        f"{done.seconds:.1f} s, {done.content / 1e6 / done.seconds:.0f} MB/s)"
    )
    print(f"Restoring it needs the key ring {', '.join(key.fingerprint for key in done.about.ring)}.")
    tell_trail(rows=rows, files=files)
    status = 0
    for name in done.summary.left_out:
        print(f"Could not be read and is NOT in the back-up: {var / name}", file=sys.stderr)
        status = INCOMPLETE
    if options.keep:
        try:
            for gone in remove_older(options.where, done.path, options.keep):
                print(f"Deleted: {gone}")
        except OSError as error:
            print(f"An older one could not be deleted: {error}", file=sys.stderr)
            status = INCOMPLETE
    return status


def verify(options: argparse.Namespace) -> int:
    """Prove every byte of a back-up and tell what is in it."""
    proven = prove(options.file, opens_of(options))
    age = age_of(proven)
    print(f"Every byte of {options.file} is as it was written ({size_told(proven.size)}).")
    describe(proven, age)
    if options.tell:
        _places()
        from tragnetz.config.backup.after import tell_proof  # noqa: PLC0415 -- needs Django

        tell_proof(proven.about)
    if options.max_age and age > timedelta(hours=options.max_age):
        message = f"It is older than {options.max_age} hours."
        raise TooOldError(message)
    return 0


def describe(proven: Proven, age: timedelta) -> None:
    """Print what is in a file."""
    about, summary = proven.about, proven.summary
    print(f"  made      {about.made_at:%Y-%m-%d %H:%M} UTC, {_words(age)} ago, by Tragnetz {about.version}")
    print(f"  networks  {', '.join(about.networks) or 'none'}")
    print(f"  database  PostgreSQL {about.server // 10000}, {len(about.tables)} tables, {summary.rows:,} rows")
    print(f"  files     {len(summary.files)}, {size_told(sum(file.size for file in summary.files))}")
    print(f"  key ring  {', '.join(key.fingerprint for key in about.ring)} (not in the file)")
    for name in summary.left_out:
        print(f"  NOT in it {name}: it could not be read")


def restore(options: argparse.Namespace) -> int:
    """Restore a back-up, if everything fits."""
    proven = prove(options.file, opens_of(options))
    print(f"Every byte of {options.file} is as it was written.")
    describe(proven, age_of(proven))
    if proven.about.network:
        message = "The file holds one network, no back-up: take it in with `tragnetz network import`."
        raise BackupError(message)
    from django.db import connections  # noqa: PLC0415 -- only once the file is known to be good
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- as above

    conninfo, var = _places()
    from tragnetz.config.backup.after import after_restore  # noqa: PLC0415 -- needs Django
    from tragnetz.config.backup.contents import refuse_other_version  # noqa: PLC0415 -- as above
    from tragnetz.config.backup.database import look_at  # noqa: PLC0415 -- as above
    from tragnetz.config.backup.restore import restore_into  # noqa: PLC0415 -- as above
    from tragnetz.config.backup.ring import refuse_other_ring, signing  # noqa: PLC0415 -- as above

    refuse_other_ring(proven.about, proven.data_key)
    loader = MigrationLoader(None)
    known = {*loader.disk_migrations, *(old for new in loader.replacements.values() for old in new.replaces)}
    connections.close_all()
    target = look_at(conninfo)
    refuse_other_version(proven.about, version=version("tragnetz"), known=known, server=target.server)
    replace = _may_replace(options, target)
    restore_into(options.file, proven, conninfo=conninfo, var=var, replace=replace)
    print(f"Restored: {proven.summary.rows:,} rows, the same to the last byte, {len(proven.summary.files)} files.")
    for line in after_restore(proven.about):
        print(line)
    if proven.about.signing != signing():
        print("TRAGNETZ_SECRET_KEY is another one: links to move or cancel appointments that are out do not work.")
    return 0


def _may_replace(options: argparse.Namespace, target: "Target") -> bool:
    """Return whether to delete what is there. Raises BackupError when nobody said so."""
    if target.empty:
        return False
    if target.worthless:
        return True
    key = "the key of the network" if target.networks else "the name of the database"
    what = ", ".join(target.networks) or ("no network" if target.ours else "tables of another program")
    if not options.replace:
        message = (
            f"The database {target.name} is not empty: it holds {what}, {target.people} accounts. Nothing was touched. "
            "Restore into an empty database, or add --replace to delete all of it."
        )
        raise BackupError(message)
    typed = options.confirm
    if typed is None:
        print(f"This deletes everything in the database {target.name}: {what}, {target.people} accounts.")
        typed = input(f"Type {key} to go on: ") if sys.stdin.isatty() else sys.stdin.readline()
    if typed.strip() not in (target.networks or (target.name,)):
        message = f"That is not {key}. Nothing was touched."
        raise BackupError(message)
    return True


def _places() -> tuple[str, Path]:
    """Start Django; returns the address of the database for its owner, who sees all networks, and the var folder."""
    start()
    from django.conf import settings  # noqa: PLC0415 -- after set-up

    from tragnetz.config.backup.database import conninfo_of  # noqa: PLC0415 -- as above
    from tragnetz.network.database.owner import owner_settings  # noqa: PLC0415 -- as above

    return conninfo_of(owner_settings("back up and restore")), Path(settings.TRAGNETZ_VAR)


def seals_of(options: argparse.Namespace) -> Seals:
    """Return by what a file is to be sealed. Raises WrongKeyError."""
    key, phrase = _given(options)
    if key:
        found = read_key(key)
        if isinstance(found, SecretKey):
            message = (
                "This is the half that opens back-ups. It does not belong on the server: use the half that begins "
                "with backup-public-."
            )
            raise WrongKeyError(message)
        return found
    if phrase:
        return read_passphrase(phrase, _memory())
    message = (
        "Who may open the back-up? Make a pair with `tragnetz backup key` and set TRAGNETZ_BACKUP_KEY or --key-file, "
        "or set TRAGNETZ_BACKUP_PASSPHRASE or --passphrase-file."
    )
    raise WrongKeyError(message)


def opens_of(options: argparse.Namespace) -> Opens:
    """Return what opens a file. Raises BackupError."""
    wanted = whose(options.file)
    key, phrase = _given(options)
    if wanted is None:
        return Passphrase((phrase or _typed("Passphrase of the back-up: ")).strip())
    # On the server itself the environment holds the public half, which opens nothing.
    found = read_key(key) if key else None
    if found is None or (isinstance(found, PublicKey) and sys.stdin.isatty()):
        found = read_key(_typed(f"Secret half of the key {wanted.fingerprint}: "))
    if isinstance(found, PublicKey):
        message = f"The public half opens nothing: the secret half of {wanted.fingerprint} is needed, from its paper."
        raise WrongKeyError(message)
    return found


def _given(options: argparse.Namespace) -> tuple[str, str]:
    """Return key and passphrase; what was named on the command line stands before the environment."""
    try:
        key = options.key_file.read_text(encoding="utf-8") if options.key_file else ""
        phrase = options.passphrase_file.read_text(encoding="utf-8") if options.passphrase_file else ""
    except (OSError, UnicodeDecodeError) as error:
        message = f"The file with the key cannot be read: {error}"
        raise WrongKeyError(message) from error
    if key or phrase:
        return key.strip(), phrase.strip()
    return raw("BACKUP_KEY"), raw("BACKUP_PASSPHRASE")


def _typed(prompt: str) -> str:
    if not sys.stdin.isatty():
        message = f"{prompt.rstrip(': ')} is missing: --key-file or --passphrase-file."
        raise WrongKeyError(message)
    return getpass.getpass(prompt)


def _memory() -> int:
    given = os.environ.get("TRAGNETZ_KEY_MEMORY_KIB")
    return int(given) if given else MEMORY_KIB


def age_of(proven: Proven) -> timedelta:
    """Return how old a file is."""
    return datetime.now(proven.about.made_at.tzinfo) - proven.about.made_at


def _words(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours > 48 else f"{hours:.1f} hours"  # noqa: PLR2004 -- two days


def size_told(count: int) -> str:
    """Return a number of bytes as one reads it."""
    return f"{count / 1e6:.1f} MB"
