"""The words of `tragnetz backup` and `tragnetz restore`. What they do stands in `deeds`, which is slower to load."""

import argparse
import sys
from functools import partial
from pathlib import Path

from tragnetz.config.backup.errors import BackupError

_OTHERS = {"write", "key", "verify", "-h", "--help"}


def spelled_out(arguments: list[str]) -> list[str]:
    """Let `tragnetz backup FILE` be short for `tragnetz backup write FILE`."""
    if arguments[:1] == ["backup"] and len(arguments) > 1 and arguments[1] not in _OTHERS:
        return ["backup", "write", *arguments[1:]]
    return arguments


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands to the command line."""
    backup = commands.add_parser("backup", help="everything into one encrypted file: tragnetz backup FILE|FOLDER")
    deeds = backup.add_subparsers(required=True, metavar="FILE | key | verify")
    write = deeds.add_parser("write", help="write a back-up; the word may be left out")
    write.add_argument("where", type=Path, metavar="FILE", help="a new file, or a folder: then named by time")
    write.add_argument("--keep", type=_at_least_one, metavar="N", help="in a folder: delete all but the newest N")
    write.set_defaults(run=partial(_run, "write"))
    deeds.add_parser("key", help="make a pair of keys: one seals, one opens").set_defaults(run=partial(_run, "key"))
    verify = deeds.add_parser("verify", help="prove every byte of a back-up and tell what is in it")
    verify.add_argument("file", type=Path)
    verify.add_argument("--max-age", type=_at_least_one, metavar="HOURS", help="fail if it is older")
    verify.set_defaults(run=partial(_run, "verify"))
    verify.add_argument("--tell", action="store_true", help="note it in the audit trail of this installation")
    restore = commands.add_parser("restore", help="restore a back-up into an empty database")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="delete what is in the database now")
    restore.add_argument("--confirm", metavar="KEY", help="with --replace: the network's key, instead of typing it")
    restore.set_defaults(run=partial(_run, "restore"))
    for command in (write, verify, restore):
        command.add_argument("--key-file", type=Path, help="file with the key; else TRAGNETZ_BACKUP_KEY")
        command.add_argument(
            "--passphrase-file", type=Path, help="file with a passphrase; else TRAGNETZ_BACKUP_PASSPHRASE"
        )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _run(deed: str, options: argparse.Namespace) -> int:
    """Do one deed; if it was refused, print why and return its exit status."""
    from tragnetz.config.backup import deeds  # noqa: PLC0415 -- keeps the command line quick

    try:
        return int(getattr(deeds, deed)(options))
    except BackupError as error:
        print(error, file=sys.stderr)
        return error.status
