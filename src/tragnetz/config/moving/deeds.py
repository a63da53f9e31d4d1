"""What `tragnetz network` does and prints."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tragnetz.config.backup.contents import differences
from tragnetz.config.backup.deeds import age_of, describe, opens_of, seals_of
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.backup.inspect import prove
from tragnetz.config.backup.keys import new_secret, write_key
from tragnetz.config.moving.cells import FRONTS, read_cells
from tragnetz.config.starting import start

if TYPE_CHECKING:
    from tragnetz.network.models import Network

_OURS = ("TRAGNETZ_", "DATABASE_URL")  # variables that are another cell's own


def _network(key: str) -> "Network":
    start()
    from tragnetz.network.models import Network  # noqa: PLC0415 -- needs Django

    found = Network.objects.filter(key=key).first()
    if found is None:
        message = f"There is no network {key} here: tragnetz network list"
        raise BackupError(message)
    return found


def listed(_options: argparse.Namespace) -> int:
    """Print each network with what it has."""
    start()
    from tragnetz.config.moving.export import numbers_now  # noqa: PLC0415 -- needs Django
    from tragnetz.config.moving.tables import ACCOUNTS  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above

    for network in Network.objects.order_by("key"):
        found = numbers_now(network.pk)
        state = f"stands still since {network.frozen_at:%Y-%m-%d %H:%M} UTC" if network.frozen_at else "in use"
        print(f"{network.key:<24}{sum(found.values()):>12,} rows {found[ACCOUNTS]:>6} accounts  {state}")
    return 0


def freeze(options: argparse.Namespace) -> int:
    """Let a network stand still."""
    network = _network(options.key)
    from tragnetz.config.moving import leave  # noqa: PLC0415 -- needs Django
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above

    leave.freeze(network, now=now(), patience=_patience(options))
    print(f"{network.key} stands still. Its pages say whom to call; nothing leaves. On again: tragnetz network thaw")
    return 0


def _patience(options: argparse.Namespace) -> float:
    from tragnetz.config.moving.leave import PATIENCE  # noqa: PLC0415 -- needs Django

    return PATIENCE if options.wait is None else float(options.wait)


def thaw(options: argparse.Namespace) -> int:
    """Let a network go on."""
    network = _network(options.key)
    from tragnetz.config.moving import leave  # noqa: PLC0415 -- needs Django

    leave.thaw(network)
    print(f"{network.key} goes on.")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a network into a file."""
    seals, network = seals_of(options), _network(options.key)
    from tragnetz.config.moving.export import export as write  # noqa: PLC0415 -- needs Django
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above

    summary = write(network, options.file, seals, now=now())
    print(f"Written: {options.file} ({len(summary.tables)} tables, {summary.rows:,} rows, {len(summary.files)} files)")
    return 0


def import_(options: argparse.Namespace) -> int:
    """Take a network in; returns 1 when something of it does not hold."""
    proven = prove(options.file, opens_of(options))
    print(f"Every byte of {options.file} is as it was written.")
    describe(proven, age_of(proven))
    start()
    from tragnetz.config.backup.ring import signing  # noqa: PLC0415 -- needs Django
    from tragnetz.config.moving.arrive import faults_of, take_in  # noqa: PLC0415 -- as above

    network = take_in(options.file, proven)
    print(f"Arrived: {proven.summary.rows:,} rows, the same to the last byte, {len(proven.summary.files)} files.")
    if proven.about.signing != signing():
        print("TRAGNETZ_SECRET_KEY is another one: links to move or cancel appointments that are out do not work.")
    faults = faults_of(network)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"The audit trail holds. {network.key} stands still; let it go on: tragnetz network thaw {network.key}")
    return 1 if faults else 0


def remove(options: argparse.Namespace) -> int:
    """Delete a network from this database."""
    network = _network(options.key)
    from tragnetz.config.moving.export import must_stand_still  # noqa: PLC0415 -- needs Django
    from tragnetz.config.moving.leave import remove as empty  # noqa: PLC0415 -- as above

    must_stand_still(network)
    typed = options.confirm
    if typed is None:
        print(f"This deletes everything of {network.key} from this database. Is it in use at its new place?")
        typed = input("Type its key to go on: ") if sys.stdin.isatty() else sys.stdin.readline()
    if typed.strip() != network.key:
        message = "That is not its key. Nothing was touched."
        raise BackupError(message)
    print(f"{empty(network):,} rows of {network.key} are gone. Its back-ups are kept as long as all others.")
    return 0


def move(options: argparse.Namespace) -> int:
    """Take a network to another cell. What goes wrong on the way leaves it here, as it was."""
    there, network = _environment(options.to), _network(options.key)
    from tragnetz.config.moving import leave  # noqa: PLC0415 -- needs Django
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above

    stood_still = network.frozen_at is not None
    leave.freeze(network, now=now(), patience=_patience(options))
    print(f"{network.key} stands still.", flush=True)
    try:
        _carry(network, there)
    except BackupError:
        if not stood_still:
            leave.thaw(network)
            print(f"{network.key} goes on here.", file=sys.stderr)
        raise
    print(f"{network.key} goes on there. Now lead its hosts there (tragnetz network front), look, and only then:")
    print(f"  tragnetz network remove {network.key}")
    return 0


def _carry(network: "Network", there: dict[str, str]) -> None:
    from django.conf import settings  # noqa: PLC0415 -- after set-up

    from tragnetz.config.moving.export import export as write  # noqa: PLC0415 -- needs Django
    from tragnetz.config.moving.export import sums_now  # noqa: PLC0415 -- as above
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above

    secret = new_secret()  # for this one file
    with tempfile.TemporaryDirectory(prefix=".moving-", dir=settings.TRAGNETZ_VAR) as folder:
        file, key = Path(folder) / "network", Path(folder) / "key"
        summary = write(network, file, secret.public, now=now())
        key.write_text(write_key(secret), encoding="utf-8")
        _there(there, "import", str(file), "--key-file", str(key))
    changed = differences(summary.tables, sums_now(network.pk))
    if changed:
        _there(there, "remove", network.key, "--confirm", network.key)
        message = f"Somebody wrote while it stood still ({'; '.join(changed)}): it was taken back. Try again."
        raise BackupError(message)
    _there(there, "thaw", network.key)


def _there(environment: dict[str, str], *words: str) -> None:
    """Run a command of ours with another cell's environment. Raises BackupError when it fails."""
    command = [sys.executable, "-m", "tragnetz.config.cli", "network", *words]
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 -- our own program
        message = f"The other server refused: tragnetz network {words[0]}."
        raise BackupError(message)


def _environment(path: Path) -> dict[str, str]:
    """Return this process's environment with the variables of another cell instead of ours. Raises BackupError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BackupError(message) from error
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    if not given.get("DATABASE_URL"):
        message = f"{path} names no DATABASE_URL: it must be the environment of the other cell."
        raise BackupError(message)
    if given["DATABASE_URL"] == os.environ.get("DATABASE_URL"):
        message = f"{path} names the database that the network is in already."
        raise BackupError(message)
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)} | given


def front(options: argparse.Namespace) -> int:
    """Print what the proxy in front needs."""
    print(FRONTS[options.proxy](read_cells(options.cells)), end="")
    return 0


def spread(_options: argparse.Namespace) -> int:
    """Print, as a file for psql, what brings the network into every unique key; touch nothing."""
    start()
    from django.db import connection  # noqa: PLC0415 -- needs Django

    from tragnetz.network.database.spreading import links_in_the_way, spreading  # noqa: PLC0415 -- as above

    with connection.cursor() as cursor:
        in_the_way = links_in_the_way(cursor)
        statements = spreading(cursor)
    if in_the_way:
        message = f"These links hold no network, run tragnetz migrate first: {', '.join(in_the_way)}"
        raise BackupError(message)
    if not statements:
        print("-- Every unique key holds the network already.")
        return 0
    print("-- Each unique key gets the network as its last column; see docs/scaling.md before you run this.")
    print("-- As the owner of the tables: psql -v ON_ERROR_STOP=1 -f FILE. If it breaks off, print it again: the rest.")
    print("SET lock_timeout = '5s';")
    for statement in statements:
        print(f"{statement};")
    return 0
