"""`tragnetz appointments` and `participations`: take over what another program kept."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tragnetz.config.starting import in_network, start


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that take over files."""
    participations = commands.add_parser("participations", help="who took part in a project")
    taken = participations.add_subparsers(required=True).add_parser("import", help="take over a file (docs/exports.md)")
    taken.add_argument("file", type=Path)
    taken.add_argument("--project", required=True, metavar="KEY", help="of which project")
    taken.add_argument("--membership", required=True, metavar="EMAIL", help="who answers for it")
    taken.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    taken.add_argument("--network", default="", help="key of the network; else the first")
    taken.set_defaults(run=_participations_import)

    appointments = commands.add_parser("appointments", help="appointments from other calendars")
    dates = appointments.add_subparsers(required=True).add_parser("import", help="take over a calendar: .ics or .csv")
    dates.add_argument("file", type=Path)
    dates.add_argument("--membership", required=True, metavar="EMAIL", help="whose calendar it is")
    dates.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    dates.add_argument("--network", default="", help="key of the network; else the first")
    dates.set_defaults(run=_appointments_import)


def _appointments_import(options: argparse.Namespace) -> int:
    start()
    from tragnetz.appointments.calendars.importing import import_calendar, member_of  # noqa: PLC0415 -- needs Django
    from tragnetz.appointments.calendars.reading import read_calendar  # noqa: PLC0415 -- as above
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.core.errors import TragnetzError  # noqa: PLC0415 -- as above
    from tragnetz.network.actors import system  # noqa: PLC0415 -- as above

    with in_network(options.network) as network:
        if network is None:
            return 1
        try:
            rows = read_calendar(options.file.name, options.file.read_bytes(), zone=network.zone, now=now())
            report = import_calendar(
                actor=system(network), membership=member_of(options.membership), rows=rows, now=now(),
                dry_run=options.dry_run,
            )  # fmt: skip
        except (TragnetzError, OSError) as error:
            print(f"{error}\nNichts wurde übernommen.", file=sys.stderr)
            return 1
    return _taken_over(report.problems, report.new, report.known, dry_run=options.dry_run)


def _participations_import(options: argparse.Namespace) -> int:
    start()
    from tragnetz.core.errors import TragnetzError  # noqa: PLC0415 -- needs Django
    from tragnetz.network.actors import system  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Membership, Programme  # noqa: PLC0415 -- as above
    from tragnetz.reporting.participation.importing import take_over  # noqa: PLC0415 -- as above

    with in_network(options.network) as network:
        if network is None:
            return 1
        programme = Programme.objects.filter(key=options.project).first()
        author = Membership.objects.filter(
            user__email__iexact=options.membership, ended_on=None, organisation__programmes=programme
        ).first()
        if programme is None or author is None:
            print("Das Projekt gibt es nicht, oder niemand mit dieser Adresse arbeitet darin.", file=sys.stderr)
            return 1
        try:
            text = options.file.read_text(encoding="utf-8-sig")
            taken = take_over(
                actor=system(network), programme=programme, author=author, text=text, dry_run=options.dry_run
            )
        except (TragnetzError, OSError, UnicodeDecodeError) as error:
            print(f"{error}\nNichts wurde übernommen.", file=sys.stderr)
            return 1
    return _taken_over(taken.problems, taken.new, taken.known, dry_run=options.dry_run)


def _taken_over(problems: Sequence[str], new: int, known: int, *, dry_run: bool) -> int:
    """Say what an import did, or would do; all of it or nothing."""
    if problems:
        print("\n".join(problems), file=sys.stderr)
        print(f"{len(problems)} Hindernisse: Nichts wurde übernommen.", file=sys.stderr)
        return 1
    print(f"{'Wäre übernommen' if dry_run else 'Übernommen'}: {new} neu, {known} schon da.")
    return 0
