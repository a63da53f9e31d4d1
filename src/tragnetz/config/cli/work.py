"""`tragnetz work`, `screening`, `names`: what is done without anybody waiting for it."""

import argparse
import sys
from typing import TYPE_CHECKING

from tragnetz.config.starting import NO_NETWORK, start

if TYPE_CHECKING:
    from tragnetz.network.models import Network


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for work in the background."""
    work = commands.add_parser("work", help="send what is due and delete what has expired, again and again")
    work.add_argument("--once", action="store_true", help="do it once and end")
    work.set_defaults(run=_work)

    screening = commands.add_parser("screening", help="what will change for households that allow it")
    look = screening.add_subparsers(required=True).add_parser("run", help="look through all that are due, as at night")
    look.add_argument("--network", default="", help="key of the network; else all")
    look.set_defaults(run=_screening_run)

    names = commands.add_parser("names", help="search of people by name").add_subparsers(required=True)
    names.add_parser("rebuild", help="hash all names anew, as after a change of keys").set_defaults(run=_names_rebuild)


def _work(options: argparse.Namespace) -> int:
    start()
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- after set-up
    from django.db import OperationalError  # noqa: PLC0415 -- as above

    from tragnetz.config.work import work  # noqa: PLC0415 -- needs Django

    try:
        try:
            call_command("check", databases=["default"])
        except OperationalError:  # the worker waits for it; a superuser is refused at each connection, too
            call_command("check")
    except CommandError as error:  # better not to begin than to find out message by message
        print(error, file=sys.stderr)
        return 1
    try:
        return 0 if work(once=options.once) else 1
    except KeyboardInterrupt:
        return 0


def _screening_run(options: argparse.Namespace) -> int:
    start()
    from tragnetz.benefits.library import LawError  # noqa: PLC0415 -- as the others
    from tragnetz.core.clock import now  # noqa: PLC0415 -- needs Django
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above
    from tragnetz.screening.outlook.looking import look_through  # noqa: PLC0415 -- as above

    def look(network: "Network") -> None:
        looked = look_through(network=network, now=now())
        print(f"{network.key}: {looked.households} Haushalte durchgesehen, {looked.new} neue Funde")

    try:
        found = in_each_network(look, key=options.network, standing_still=False)
    except LawError as error:
        print(error, file=sys.stderr)
        return 1
    if not found:
        print(NO_NETWORK, file=sys.stderr)
    return 0 if found else 1


def _names_rebuild(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    start()
    from tragnetz.clients.names.commands import rebuild_names  # noqa: PLC0415 -- needs Django
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    in_each_network(lambda network: print(f"{network.key}: {rebuild_names(network)} Namen"))
    return 0
