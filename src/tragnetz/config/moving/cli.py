"""The words of `tragnetz network`; what they do stands in `deeds`."""

import argparse
import sys
from functools import partial
from pathlib import Path

from tragnetz.config.backup.errors import BackupError


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `network` to the command line."""
    deeds = commands.add_parser(
        "network", help="networks of this database: list, move to another server"
    ).add_subparsers(required=True)
    deeds.add_parser("list", help="each with its rows, accounts and state").set_defaults(run=partial(_run, "listed"))
    for name, told in (
        ("freeze", "let it stand still; its pages say whom to call"),
        ("thaw", "let it go on"),
        ("export", "write one that stands still into a sealed file"),
        ("remove", "delete one that stands still from this database"),
        ("move", "freeze it, take it to another server, compare, let it go on there"),
    ):
        command = deeds.add_parser(name, help=told)
        command.add_argument("key", help="key of the network")
        command.set_defaults(run=partial(_run, name))
        if name == "export":
            command.add_argument("file", type=Path)
            _add_keys(command)
        if name == "remove":
            command.add_argument("--confirm", metavar="KEY", help="its key once more, instead of typing it")
        if name == "move":
            command.add_argument("--to", type=Path, required=True, metavar="FILE", help="environment of the other cell")
        if name in {"freeze", "move"}:
            command.add_argument("--wait", type=float, metavar="SECONDS", help="until all processes know (12)")
    taken = deeds.add_parser("import", help="take in a network from such a file; it stands still until `thaw`")
    taken.add_argument("file", type=Path)
    _add_keys(taken)
    taken.set_defaults(run=partial(_run, "import_"))
    front = deeds.add_parser("front", help="print the configuration of the proxy that leads hosts to cells")
    front.add_argument("cells", type=Path, help="the table of cells (deploy/cells/cells.yaml)")
    front.add_argument("--for", dest="proxy", choices=["caddy", "nginx"], default="caddy")
    front.set_defaults(run=partial(_run, "front"))
    spread = deeds.add_parser("spread", help="print, not run, what brings the network into every unique key")
    spread.set_defaults(run=partial(_run, "spread"))


def _add_keys(command: argparse.ArgumentParser) -> None:
    command.add_argument("--key-file", type=Path, help="file with the key; else TRAGNETZ_BACKUP_KEY")
    command.add_argument("--passphrase-file", type=Path, help="file with a passphrase; else TRAGNETZ_BACKUP_PASSPHRASE")


def _run(deed: str, options: argparse.Namespace) -> int:
    """Do one deed; if it was refused, print why and return its exit status."""
    from tragnetz.config.moving import deeds  # noqa: PLC0415 -- keeps the command line quick

    try:
        return int(getattr(deeds, deed)(options))
    except BackupError as error:
        print(error, file=sys.stderr)
        return error.status
