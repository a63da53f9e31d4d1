"""`tragnetz city`: a new folder, its faults, its responsibility; load it."""

import argparse
import sys
from pathlib import Path

from tragnetz.config.places import city_folder
from tragnetz.config.starting import start


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for a city's folder."""
    city = commands.add_parser("city", help="check or load a city's folder").add_subparsers(required=True)
    for name, run, told in (
        ("check", _city_check, "name every fault with file, line and field, and what is wrong with responsibility"),
        ("load", _city_load, "check and load it"),
        ("responsibility", _city_responsibility, "for whom nobody, several or a circle of offices is responsible"),
    ):
        command = city.add_parser(name, help=told)
        command.add_argument("folders", nargs="+", type=city_folder, help="a folder, or a city that comes along")
        command.set_defaults(run=run)

    begun = city.add_parser("new", help="write the files of a new city, copied from an invented one, to be filled in")
    begun.add_argument("folder", type=Path, help="a folder that is not there yet; its name becomes the city's key")
    begun.set_defaults(run=_city_new)


def _city_new(options: argparse.Namespace) -> int:
    from tragnetz.city.shipped import begin_city  # noqa: PLC0415 -- only here

    if not begin_city(options.folder):
        told = "The folder must not be there yet, and its name must be of small letters, digits and hyphens"
        print(f"{told}: {options.folder}", file=sys.stderr)
        return 1
    print(f"Written: {options.folder}. Fill it in (docs/city-data.md), then: tragnetz city check {options.folder}")
    return 0


def _city_check(options: argparse.Namespace) -> int:
    from tragnetz.city.check import check_city  # noqa: PLC0415 -- after the arguments are known to be right

    faults = [fault for folder in options.folders for fault in check_city(folder)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    print(f"Without fault: {', '.join(str(folder) for folder in options.folders)}")
    _tell_invented(options.folders)
    return _tell_responsibility(options.folders, quiet=True)


def _tell_invented(folders: list[Path]) -> None:
    """Say which files are still those of the invented city: they have no faults, and are not this city's."""
    from tragnetz.city.shipped import still_invented  # noqa: PLC0415 -- as above

    for folder in folders:
        names = still_invented(folder)
        if names:
            print(f"Not filled in yet, still of the invented city: {', '.join(names)}", file=sys.stderr)


def _city_responsibility(options: argparse.Namespace) -> int:
    return _tell_responsibility(options.folders, quiet=False)


def _tell_responsibility(folders: list[Path], *, quiet: bool) -> int:
    """Print what is wrong with responsibility; returns 1 when somebody would be sent round in a circle."""
    from tragnetz.city.read import read_folder  # noqa: PLC0415 -- after the arguments are known to be right
    from tragnetz.city.responsibility import review  # noqa: PLC0415 -- as above

    status = 0
    for folder in folders:
        read = read_folder(folder)
        if read.faults:
            print(f"{folder} has faults: tragnetz city check {folder} names them.", file=sys.stderr)
            status = 1
            continue
        found = review(read)
        if found.deadlocks or found.survey.findings:
            start()
            from tragnetz.directory.findings import told  # noqa: PLC0415 -- needs Django, for its words

            for one in told(found):
                print(f"{folder}: {one}", file=sys.stderr if one.serious else sys.stdout)
        if not quiet or not found.survey.complete:
            tried = f"{folder}: {found.survey.households} sorts of households tried"
            print(tried if found.survey.complete else f"{tried}, not all: the rules tell more apart")
        status = 1 if found.goes_round else status
    return status


def _city_load(options: argparse.Namespace) -> int:
    start()
    from tragnetz.city.load import CityError, load_city  # noqa: PLC0415 -- needs Django

    for folder in options.folders:
        try:
            network = load_city(folder)
        except CityError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"Loaded: {network.name['de']}")
    _tell_invented(options.folders)
    return 0
