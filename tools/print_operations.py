# ruff: noqa: SLF001 -- argparse and the command line tell about themselves in no other way
"""Print variables and commands as the tables of docs/operations.md: `python tools/print_operations.py`, `--check`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from printed_page import between, write_or_compare

from tragnetz.config.cli import parser as whole_parser
from tragnetz.config.variables import VARIABLES, Variable

PAGE = Path(__file__).resolve().parent.parent / "docs" / "operations.md"


def variables() -> str:
    """Return the variables as a Markdown table."""
    lines = ["| variable | must be | without it | meaning |", "|---|---|---|---|"]
    return "\n".join([*lines, *map(_row, VARIABLES)]) + "\n"


def _row(one: Variable) -> str:
    default = f"`{one.default}`" if one.default else ""
    without = "**needed in production**" if one.needed else default
    kind = f"{one.kind.expected}{' (secret)' if one.secret else ''}"
    return "| " + " | ".join(text.replace("|", r"\|") for text in (f"`{one.name}`", kind, without, one.meaning)) + " |"


def commands() -> str:
    """Return all commands with their words as a Markdown table."""
    lines = ["| command | what it does |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{usage}` | {told} |" for usage, told in usages())]) + "\n"


def usages() -> Iterator[tuple[str, str]]:
    """Yield how each command is typed, and what it does."""
    for words, command, told in _leaves("tragnetz", whole_parser(), ""):
        yield " ".join([words, *_arguments(command)]), told


def _leaves(
    words: str, parser: argparse.ArgumentParser, told: str
) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Yield the commands that do something, with the help that stands beside their names."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield words, parser, told
    for action in below:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in action.choices.items():
            yield from _leaves(f"{words} {name}", command, helps.get(name, ""))


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the arguments of a command as one types them; what may be left out stands in brackets."""
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        value = "" if action.nargs == 0 else str(action.metavar or action.dest).upper()
        text = f"{action.option_strings[0]} {value}".strip() if action.option_strings else value
        yield text if action.required and action.nargs != "?" else f"[{text}]"


def printed(page: str) -> str:
    """Return the page with the tables as they are now."""
    for name, table in (("variables", variables()), ("commands", commands())):
        begin, end = f"<!-- {name}, printed by tools/print_operations.py -->\n", f"<!-- end of {name} -->\n"
        page = between(page, begin, end, table)
    return page


def main() -> int:
    """Write the tables, or tell with `--check` whether they are the same."""
    return write_or_compare(PAGE, printed)


if __name__ == "__main__":
    raise SystemExit(main())
