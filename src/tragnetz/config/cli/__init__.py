"""The command line `tragnetz`: load a city, show the demo, keep the audit chain, back up and restore.

A module for each group of commands: `add_commands` says what they take, a function for each does it and returns the
exit status. What a command needs is imported in it: `tragnetz --help` shall not wait for Django, NumPy or a database.
"""

import argparse
import os
import sys
from collections.abc import Callable

from tragnetz.config import serving
from tragnetz.config.backup import cli as backup
from tragnetz.config.cli import city, demo, directory, law, staff, takeover, trust, work
from tragnetz.config.moving import cli as moving
from tragnetz.config.operation import cli as operation
from tragnetz.config.starting import told_of_the_database
from tragnetz.config.together import end_in_order

GROUPS = (city, directory, takeover, demo, staff, trust, law, work, serving, operation, moving, backup)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    if arguments is None:  # as a program, not as a part of one
        end_in_order()
    options = parser().parse_args(backup.spelled_out(sys.argv[1:] if arguments is None else arguments))
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except Exception as error:
        told = told_of_the_database(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = argparse.ArgumentParser(prog="tragnetz", description="Software for a city's joint counselling network.")
    commands = whole.add_subparsers(required=True, metavar="command")
    for group in GROUPS:
        group.add_commands(commands)
    commands.add_parser("key", help="make a key for TRAGNETZ_VAULT_KEYS").set_defaults(run=_key)
    return whole


def _key(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    from tragnetz.vault.sealing import new_key  # noqa: PLC0415 -- keeps the command line quick

    print(new_key())
    return 0
