"""`tragnetz law` and `check`: compile the law, try its rules, compute for a household."""

import argparse
import json
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tragnetz.config.places import city_folder, law_folder

if TYPE_CHECKING:
    from tragnetz.benefits.household import Household
    from tragnetz.benefits.rules.book import Book
    from tragnetz.city.read import Folder


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for the law."""
    law = commands.add_parser("law", help="the law, compiled from gettsim").add_subparsers(required=True)
    build = law.add_parser("build", help="compile the law of a date")
    build.add_argument("--date", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today if left out")
    build.add_argument("--if-needed", action="store_true", help="only when there is none, or its sources changed")
    build.set_defaults(run=_law_build)
    law.add_parser("setup", help="install gettsim into its own environment, once").set_defaults(run=_law_setup)
    law.add_parser("list", help="show which law is there").set_defaults(run=_law_list)
    for name, run, told in (
        ("test", _law_test, "run the examples in the files of rules"),
        ("opens", _law_opens, "show which benefit opens which"),
    ):
        command = law.add_parser(name, help=told)
        command.add_argument("--city", type=city_folder, default=None, help="a city's folder, for its own rules")
        command.set_defaults(run=run)

    check = commands.add_parser("check", help="compute what a household may claim, from a JSON file")
    check.add_argument("household", type=Path, nargs="?", help="the household; its schema: tragnetz check --schema")
    check.add_argument("--date", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today if left out")
    check.add_argument("--city", type=city_folder, default=None, help="a city's folder, for its rules and rent level")
    check.add_argument("--schema", action="store_true", help="print the JSON Schema of a household")
    check.set_defaults(run=_check)


def _law_setup(_options: argparse.Namespace) -> int:
    from tragnetz.benefits import library  # noqa: PLC0415 -- NumPy, only for the law

    try:
        library.set_up(law_folder())
    except library.LawError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Installed: {law_folder() / 'venv'}. Now compile the law: tragnetz law build")
    return 0


def _law_build(options: argparse.Namespace) -> int:
    from tragnetz.benefits import library  # noqa: PLC0415 -- NumPy, only for the law

    if options.if_needed and library.is_current(law_folder()):
        return 0
    wanted = options.date or date.today()  # noqa: DTZ011 -- a day of law, not an instant
    days = library.outdated(law_folder()) if options.if_needed else []
    for on in days or [wanted]:
        print(f"Compiling the law of {on} …", flush=True)
        try:
            folder = library.build(law_folder(), on)
        except library.LawError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"Compiled: {folder}")
    return 0


def _law_list(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    from tragnetz.benefits import library  # noqa: PLC0415 -- as above

    found = library.laws(law_folder())
    for law in found:
        print(f"{law.date}  gettsim {law.gettsim}  {len(law.inputs)} inputs, {len(law.targets)} targets")
    if not found:
        print(f"No law in {law_folder()}: `tragnetz law setup` once, then `tragnetz law build`.", file=sys.stderr)
    return 0


def _law_test(options: argparse.Namespace) -> int:
    from tragnetz.benefits import library  # noqa: PLC0415 -- as above
    from tragnetz.benefits.rules.examples import failures  # noqa: PLC0415 -- as above

    book = _book(options.city)
    newest = library.laws(law_folder())[-1]
    found = list(failures(book, lambda _on: newest))
    for failure in found:
        print(failure, file=sys.stderr)
    print(f"{len(book.rules)} rules, {sum(len(rule.format.tests) for rule in book.rules)} examples, {len(found)} wrong")
    return 1 if found else 0


def _law_opens(options: argparse.Namespace) -> int:
    for benefit, opened in _book(options.city).opens().items():
        print(f"{benefit}: {', '.join(opened)}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from tragnetz.benefits import library  # noqa: PLC0415 -- NumPy, only for the law
    from tragnetz.benefits.check import check  # noqa: PLC0415 -- as above
    from tragnetz.benefits.household import HouseholdError, read_household, schema  # noqa: PLC0415 -- as above
    from tragnetz.benefits.table import table  # noqa: PLC0415 -- as above

    if options.schema:
        print(json.dumps(schema(), indent=2, ensure_ascii=False))
        return 0
    on = options.date or date.today()  # noqa: DTZ011 -- a day of law, not an instant
    try:
        household = read_household(json.loads(options.household.read_text(encoding="utf-8")))
        household = _at_home(household, options.city)
        print(table(check(household, library.law_of(law_folder(), on), on, _book(options.city))))
    except (HouseholdError, library.LawError) as error:
        print(error, file=sys.stderr)
    except (OSError, AttributeError) as error:
        print(f"The household cannot be read: {error if options.household else 'name a file'}", file=sys.stderr)
    except json.JSONDecodeError as error:
        print(f"{options.household}:{error.lineno}: is no JSON: {error.msg}", file=sys.stderr)
    else:
        return 0
    return 1


@cache
def _city(folder: Path | None) -> "Folder | None":
    from tragnetz.city.read import read_folder  # noqa: PLC0415 -- NumPy, only for the law

    return read_folder(folder) if folder else None


def _book(city: Path | None) -> "Book":
    """Return the country's rules, with those of a city and its state. Ends with the faults when there are any."""
    from tragnetz.benefits.rules.book import book_of  # noqa: PLC0415 -- NumPy, only for the law

    read = _city(city)
    book = book_of(read.rules if read else [])
    faults = [*(read.faults if read else []), *book.faults]
    if faults:
        sys.exit("\n".join(str(fault) for fault in faults))
    return book


def _at_home(household: "Household", city: Path | None) -> "Household":
    """Return the household with the city's rent level, where it names none of its own."""
    read = _city(city)
    found = read.city if read else None
    if found is None or found.rent_level is None or household.housing.rent_level is not None:
        return household
    housing = household.housing.model_copy(update={"rent_level": found.rent_level.level})
    return household.model_copy(update={"housing": housing})
