"""The words of `tragnetz doctor`, `tragnetz tasks` and of accounts; what they do stands in `deeds`."""

import argparse
from functools import partial


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `doctor` and `tasks` to the command line."""
    doctor = commands.add_parser("doctor", help="say what is wrong with this installation, and what to do about it")
    doctor.add_argument(
        "--json", action="store_true", help="for programs; exit status 0 all well, 1 warnings, 2 errors"
    )
    doctor.add_argument("--email", default="", help="only send a test message there, and say what became of it")
    doctor.add_argument("--sms", default="", help="the same to a phone, like +491701234567")
    doctor.set_defaults(run=partial(_run, "doctor"))
    tasks = commands.add_parser("tasks", help="what the worker does, and how it went").add_subparsers(required=True)
    tasks.add_parser("list", help="each task with its last run; exit status 1 if one fails").set_defaults(
        run=partial(_run, "list_tasks")
    )
    run = tasks.add_parser("run", help="do one task now")
    run.add_argument("name", help="as `tragnetz tasks list` names it")
    run.add_argument("--network", default="", help="key of the network; else all")
    run.set_defaults(run=partial(_run, "run_task"))


def add_staff(people: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what an operator does with accounts to `tragnetz staff`."""
    listed = people.add_parser("list", help="who has access, with roles, last log-in and second factor")
    listed.set_defaults(run=partial(_run, "list_staff"))
    disable = people.add_parser("disable", help="end somebody's access at once and sign them out everywhere")
    disable.set_defaults(run=partial(_run, "disable_staff"))
    reset = people.add_parser("reset", help="remove the second factors, after a phone or key was lost")
    reset.add_argument("--password", action="store_true", help="also print a link, good for an hour, to a new password")
    reset.set_defaults(run=partial(_run, "reset_staff"))
    for command in (disable, reset):
        command.add_argument("email")
    for command in (listed, disable, reset):
        command.add_argument("--network", default="", help="key of the network; else the first")


def _run(deed: str, options: argparse.Namespace) -> int:
    from tragnetz.config.operation import deeds  # noqa: PLC0415 -- keeps the command line quick

    return int(getattr(deeds, deed)(options))
