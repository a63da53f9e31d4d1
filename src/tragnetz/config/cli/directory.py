"""`tragnetz directory`: the help landscape, in and out."""

import argparse
import sys
from pathlib import Path

from tragnetz.config.starting import in_network


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for files of the directory."""
    directory = commands.add_parser("directory", help="the help landscape, in and out").add_subparsers(required=True)
    taken = directory.add_parser("import", help="take over a file: .json, .ndjson, .zip (HSDS), .csv, .xlsx")
    taken.add_argument("file", type=Path)
    taken.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    taken.add_argument("--source", default="", help="where the data come from, shown to readers; else the file's name")
    taken.add_argument("--topic", default="", help="the topic for services whose terms are not known here")
    taken.add_argument("--map", type=Path, default=None, help="YAML: column -> field (tables), foreign term -> topic")
    given = directory.add_parser("export", help="write all of it to a file of one of these kinds")
    given.add_argument("file", type=Path)
    for command, run in ((taken, _directory_import), (given, _directory_export)):
        command.add_argument("--network", default="", help="key of the network; else the first")
        command.set_defaults(run=run)


def _directory_import(options: argparse.Namespace) -> int:
    with in_network(options.network) as network:
        if network is None:
            return 1
        import yaml  # noqa: PLC0415 -- only here

        from tragnetz.directory.hsds.files import read_file  # noqa: PLC0415 -- needs Django
        from tragnetz.directory.hsds.importing import NAMED, import_bundle  # noqa: PLC0415 -- as above
        from tragnetz.directory.hsds.reading import ReadingError  # noqa: PLC0415 -- as above
        from tragnetz.network.actors import system  # noqa: PLC0415 -- as above

        try:
            words = yaml.safe_load(options.map.read_text(encoding="utf-8")) if options.map else {}
            bundle = read_file(network, options.file.name, options.file.read_bytes(), words.get("columns"))
            report = import_bundle(
                actor=system(network), bundle=bundle, source=options.source or options.file.name, topic=options.topic,
                topics=words.get("topics"), dry_run=options.dry_run,
            )  # fmt: skip
        except ReadingError as error:
            print("\n".join(map(str, error.problems)), file=sys.stderr)
            return 1
        except (OSError, yaml.YAMLError) as error:
            print(f"{error}\nNichts wurde übernommen.", file=sys.stderr)
            return 1
    for problem in report.problems[:NAMED]:
        print(problem, file=sys.stderr)
    if report.problems:
        print(f"{len(report.problems)} Hindernisse: Nichts wurde übernommen.", file=sys.stderr)
        return 1
    for note in report.notes[:NAMED]:
        print(note, file=sys.stderr)
    counts = f"{len(report.created)} neu, {len(report.changed)} geändert, {len(report.unchanged)} unverändert"
    print(f"{'Übernommen' if report.written else 'Wäre übernommen'}: {counts}.")
    return 0


def _directory_export(options: argparse.Namespace) -> int:
    with in_network(options.network) as network:
        if network is None:
            return 1
        from tragnetz.directory.hsds.files import write_file  # noqa: PLC0415 -- needs Django
        from tragnetz.directory.hsds.reading import ReadingError  # noqa: PLC0415 -- as above

        try:
            packed = write_file(network, options.file.name)
            options.file.write_bytes(packed)
        except (ReadingError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
    print(f"Geschrieben: {options.file} ({len(packed):,} Bytes)")
    return 0
