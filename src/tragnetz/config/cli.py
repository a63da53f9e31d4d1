"""The command line `tragnetz`: load a city, show the demo, keep the audit chain, back up and restore."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tragnetz.config import serving
from tragnetz.config.backup.cli import add_commands, spelled_out
from tragnetz.config.moving import cli as moving
from tragnetz.config.operation import cli as operation
from tragnetz.config.operation.deeds import in_network
from tragnetz.config.places import city_folder, law_folder
from tragnetz.config.together import Program, end_in_order, run_together

if TYPE_CHECKING:
    from tragnetz.benefits.household import Household
    from tragnetz.benefits.rules.book import Book
    from tragnetz.city.read import Folder


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    if arguments is None:  # as a program, not as a part of one
        end_in_order()
    options = _parser().parse_args(spelled_out(sys.argv[1:] if arguments is None else arguments))
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tragnetz", description="Software for a city's joint counselling network.")
    commands = parser.add_subparsers(required=True, metavar="command")

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

    _add_participations(commands)
    _add_appointments(commands)

    demo = commands.add_parser("demo", help="load the demo city and serve it")
    demo.add_argument("--host", default="127.0.0.1", help="0.0.0.0: on all addresses, as in a container")
    demo.add_argument("--port", type=int, default=serving.PORT)
    demo.add_argument("--city", type=city_folder, default="cities/herne")
    demo.add_argument("--fresh", action="store_true", help="forget an older demo and invent its history up to today")
    demo.set_defaults(run=_demo)

    _add_staff(commands)
    _add_audit(commands)
    _add_screening(commands)

    names = commands.add_parser("names", help="search of people by name").add_subparsers(required=True)
    names.add_parser("rebuild", help="hash all names anew, as after a change of keys").set_defaults(run=_names_rebuild)

    _add_law(commands)

    check = commands.add_parser("check", help="compute what a household may claim, from a JSON file")
    check.add_argument("household", type=Path, nargs="?", help="the household; its schema: tragnetz check --schema")
    check.add_argument("--date", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today if left out")
    check.add_argument("--city", type=city_folder, default=None, help="a city's folder, for its rules and rent level")
    check.add_argument("--schema", action="store_true", help="print the JSON Schema of a household")
    check.set_defaults(run=_check)

    work = commands.add_parser("work", help="send what is due and delete what has expired, again and again")
    work.add_argument("--once", action="store_true", help="do it once and end")
    work.set_defaults(run=_work)

    commands.add_parser("key", help="make a key for TRAGNETZ_VAULT_KEYS").set_defaults(run=_key)
    serving.add_commands(commands)
    operation.add_commands(commands)
    moving.add_commands(commands)
    add_commands(commands)
    return parser


def _add_law(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _add_screening(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    screening = commands.add_parser("screening", help="what will change for households that allow it")
    look = screening.add_subparsers(required=True).add_parser("run", help="look through all that are due, as at night")
    look.add_argument("--network", default="", help="key of the network; else all")
    look.set_defaults(run=_screening_run)


def _add_staff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    people = commands.add_parser("staff", help="who works in the network").add_subparsers(required=True)
    invited = people.add_parser("invite", help="print a link for the first administrator of an organisation")
    invited.add_argument("email")
    invited.add_argument("--organisation", required=True, metavar="KEY", help="as in the city's organisations.yaml")
    invited.add_argument("--role", action="append", dest="roles", help="again for several; admin if left out")
    invited.add_argument("--network", default="", help="key of the network; else the first")
    invited.set_defaults(run=_staff_invite)
    operation.add_staff(people)

    out = people.add_parser("sign-out", help="end sessions at once: of one person, or of all")
    whom = out.add_mutually_exclusive_group(required=True)
    whom.add_argument("email", nargs="?", help="whose")
    whom.add_argument("--all", action="store_true", help="everybody's")
    out.set_defaults(run=_staff_sign_out)


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="the audit chain").add_subparsers(required=True)
    audit.add_parser("chain", help="chain new events").set_defaults(run=_audit_chain)
    audit.add_parser("sign", help="sign the end of the chain now, and print the head").set_defaults(run=_audit_sign)
    verify = audit.add_parser("verify", help="verify the chain and its signed heads")
    verify.add_argument("--head", type=Path, default=None, help="a file of heads that was kept elsewhere")
    verify.add_argument("--public-key", action="append", default=[], help="trust this key too (base64)")
    verify.set_defaults(run=_audit_verify)

    figures = commands.add_parser("figures", help="fixed figures of projects").add_subparsers(required=True)
    figures.add_parser("verify", help="say which were altered since").set_defaults(run=_figures_verify)

    privacy = commands.add_parser("privacy", help="what people may demand").add_subparsers(required=True)
    again = privacy.add_parser("replay", help="after a restore: erase again what was erased since that back-up")
    again.add_argument("--journal", type=Path, default=None, help="the journal; else the one below TRAGNETZ_VAR")
    again.add_argument("--network", default="", help="key of the network; else the first")
    again.set_defaults(run=_privacy_replay)


def _add_participations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    participations = commands.add_parser("participations", help="who took part in a project")
    taken = participations.add_subparsers(required=True).add_parser("import", help="take over a file (docs/exports.md)")
    taken.add_argument("file", type=Path)
    taken.add_argument("--project", required=True, metavar="KEY", help="of which project")
    taken.add_argument("--membership", required=True, metavar="EMAIL", help="who answers for it")
    taken.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    taken.add_argument("--network", default="", help="key of the network; else the first")
    taken.set_defaults(run=_participations_import)


def _add_appointments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    appointments = commands.add_parser("appointments", help="appointments from other calendars")
    taken = appointments.add_subparsers(required=True).add_parser("import", help="take over a calendar: .ics or .csv")
    taken.add_argument("file", type=Path)
    taken.add_argument("--membership", required=True, metavar="EMAIL", help="whose calendar it is")
    taken.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    taken.add_argument("--network", default="", help="key of the network; else the first")
    taken.set_defaults(run=_appointments_import)


def _django() -> None:
    import django  # noqa: PLC0415 -- starts the database, so only for commands that need it

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- as above

    from tragnetz.config.logs.hooks import log_uncaught  # noqa: PLC0415 -- as above

    if settings.PRODUCTION:
        log_uncaught()


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
    return _tell_responsibility(options.folders, quiet=True)


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
            _django()
            from tragnetz.directory.findings import told  # noqa: PLC0415 -- needs Django, for its words

            for one in told(found):
                print(f"{folder}: {one}", file=sys.stderr if one.serious else sys.stdout)
        if not quiet or not found.survey.complete:
            tried = f"{folder}: {found.survey.households} sorts of households tried"
            print(tried if found.survey.complete else f"{tried}, not all: the rules tell more apart")
        status = 1 if found.goes_round else status
    return status


def _city_load(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.city.load import CityError, load_city  # noqa: PLC0415 -- needs Django

    for folder in options.folders:
        try:
            network = load_city(folder)
        except CityError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"Loaded: {network.name['de']}")
    return 0


def _directory_import(options: argparse.Namespace) -> int:
    _django()
    import yaml  # noqa: PLC0415 -- only here

    from tragnetz.directory.hsds.files import read_file  # noqa: PLC0415 -- needs Django
    from tragnetz.directory.hsds.importing import NAMED, import_bundle  # noqa: PLC0415 -- as above
    from tragnetz.directory.hsds.reading import ReadingError  # noqa: PLC0415 -- as above
    from tragnetz.network.actors import system  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    network = current_network(options.network)
    if network is None:
        print("There is no such network. Load one first: tragnetz city load FOLDER", file=sys.stderr)
        return 1
    words = yaml.safe_load(options.map.read_text(encoding="utf-8")) if options.map else {}
    with scope(network):
        try:
            bundle = read_file(network, options.file.name, options.file.read_bytes(), words.get("columns"))
            report = import_bundle(
                actor=system(network),
                bundle=bundle,
                source=options.source or options.file.name,
                topic=options.topic,
                topics=words.get("topics"),
                dry_run=options.dry_run,
            )
        except ReadingError as error:
            print("\n".join(map(str, error.problems)), file=sys.stderr)
            return 1
    for problem in report.problems[:NAMED]:
        print(problem, file=sys.stderr)
    if report.problems:
        print(f"{len(report.problems)} problems: nothing was written.", file=sys.stderr)
        return 1
    for note in report.notes[:NAMED]:
        print(note, file=sys.stderr)
    counts = f"{len(report.created)} new, {len(report.changed)} changed, {len(report.unchanged)} unchanged"
    print(f"{'Written' if report.written else 'Would be written'}: {counts}")
    return 0


def _directory_export(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.directory.hsds.files import write_file  # noqa: PLC0415 -- needs Django
    from tragnetz.directory.hsds.reading import ReadingError  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    network = current_network(options.network)
    if network is None:
        print("There is no such network.", file=sys.stderr)
        return 1
    with scope(network):
        try:
            packed = write_file(network, options.file.name)
        except ReadingError as error:
            print(error, file=sys.stderr)
            return 1
    options.file.write_bytes(packed)
    print(f"Written: {options.file} ({len(packed):,} bytes)")
    return 0


def _appointments_import(options: argparse.Namespace) -> int:
    _django()
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


def _taken_over(problems: Sequence[str], new: int, known: int, *, dry_run: bool) -> int:
    """Say what an import did, or would do; all of it or nothing."""
    if problems:
        print("\n".join(problems), file=sys.stderr)
        print(f"{len(problems)} Hindernisse: Nichts wurde übernommen.", file=sys.stderr)
        return 1
    print(f"{'Wäre übernommen' if dry_run else 'Übernommen'}: {new} neu, {known} schon da.")
    return 0


def _staff_invite(options: argparse.Namespace) -> int:
    _django()
    from django.conf import settings  # noqa: PLC0415 -- needs Django
    from django.urls import reverse  # noqa: PLC0415 -- as above

    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.core.errors import TragnetzError  # noqa: PLC0415 -- as above
    from tragnetz.network.actors import system  # noqa: PLC0415 -- as above
    from tragnetz.network.enums import Role  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Organisation  # noqa: PLC0415 -- as above
    from tragnetz.staff.commands import invite_by_operator  # noqa: PLC0415 -- as above

    with in_network(options.network) as network:
        if network is None:
            return 1
        organisation = Organisation.objects.filter(key=options.organisation).first()
        unknown = [role for role in options.roles or [] if role not in set(Role)]
        if organisation is None or unknown:
            known = ", ".join(Role) if unknown else ", ".join(
                Organisation.objects.filter(is_member=True).values_list("key", flat=True)
            )  # fmt: skip
            print(f"Das gibt es nicht: {', '.join(unknown) or options.organisation}. Es gibt: {known}", file=sys.stderr)
            return 1
        roles = [Role(role) for role in options.roles or ["admin"]]
        try:
            secret = invite_by_operator(
                actor=system(network), organisation=organisation, email=options.email, roles=roles, now=now()
            )
        except TragnetzError as error:
            print(error, file=sys.stderr)
            return 1
    print("Der Link gilt sieben Tage und einmal. Geben Sie ihn nur dieser Person:")
    print(f"{settings.TRAGNETZ_PUBLIC_URL}{reverse('invitation', args=[secret])}")
    return 0


def _staff_sign_out(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.network.actors import system  # noqa: PLC0415 -- needs Django
    from tragnetz.network.models import User  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above
    from tragnetz.staff.commands import sign_out_by_operator  # noqa: PLC0415 -- as above

    network = current_network("")
    user = None if options.all else User.objects.filter(email__iexact=options.email).first()
    if network is None or (user is None and not options.all):
        print("Diese Adresse kennen wir nicht.", file=sys.stderr)
        return 1
    with scope(network):
        count = sign_out_by_operator(actor=system(network), user_id=user.pk if user else None)
    print(f"Beendete Anmeldungen: {count}")
    return 0


def _audit_chain(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    _django()
    from tragnetz.audit.commands import chain_events  # noqa: PLC0415 -- needs Django
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    for network in Network.objects.all():
        with scope(network):
            print(f"{network.key}: {chain_events(network)} events chained")
    return 0


def _audit_sign(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    _django()
    from tragnetz.audit.commands import chain_events  # noqa: PLC0415 -- needs Django
    from tragnetz.audit.heads import file_of_heads, own_public_key, sign_head  # noqa: PLC0415 -- as above
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    print(f"Public key: {own_public_key()}")
    for network in Network.objects.all():
        with scope(network):
            chain_events(network)
            head = sign_head(network=network, now=now())
            print(head.as_line() if head else f"{network.key}: no event yet")
            print(f"Kept in {file_of_heads(network)}: take a copy elsewhere.")
    return 0


def _participations_import(options: argparse.Namespace) -> int:
    _django()
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


def _figures_verify(_options: argparse.Namespace) -> int:
    _django()
    from tragnetz.network.models import Network  # noqa: PLC0415 -- needs Django
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above
    from tragnetz.reporting.models import Snapshot  # noqa: PLC0415 -- as above
    from tragnetz.reporting.snapshots.verify import verify_snapshots  # noqa: PLC0415 -- as above

    broken = False
    for network in Network.objects.all():
        with scope(network):
            for number, fault in verify_snapshots():
                broken = True
                print(f"{network.key}: snapshot {number}: {fault}", file=sys.stderr)
            print(f"{network.key}: {Snapshot.objects.count()} snapshots")
    return int(broken)


def _audit_verify(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.audit.errors import AuditError  # noqa: PLC0415 -- needs Django
    from tragnetz.audit.heads import read_heads, trusted_keys  # noqa: PLC0415 -- as above
    from tragnetz.audit.models import Event, SealedHead  # noqa: PLC0415 -- as above
    from tragnetz.audit.verify import verify_chain  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    broken = False
    try:
        outside = read_heads(options.head) if options.head else []
        trusted = trusted_keys(options.public_key)
    except (AuditError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    for network in Network.objects.all():
        with scope(network):
            ours = [head for head in outside if head.network == network.key]
            for fault in verify_chain(network, outside=ours, trusted=trusted):
                broken = True
                print(f"{network.key}: {fault.told()}", file=sys.stderr)
            head = SealedHead.objects.order_by("-number").first()
            signed = f"signed up to position {head.position} on {head.day}" if head else "not signed yet"
            waiting = Event.objects.filter(position=None).count()
            print(f"{network.key}: {Event.objects.count()} events, {waiting} not chained yet, {signed}")
    print("The chain is broken." if broken else "The chain holds.")
    return 1 if broken else 0


def _screening_run(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.benefits.library import LawError  # noqa: PLC0415 -- as the others
    from tragnetz.core.clock import now  # noqa: PLC0415 -- needs Django
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above
    from tragnetz.screening.outlook.looking import look_through  # noqa: PLC0415 -- as above

    networks = [one for one in Network.objects.all() if options.network in {"", one.key}]
    if not networks:
        print("There is no such network.", file=sys.stderr)
        return 1
    for network in networks:
        with scope(network):
            try:
                looked = look_through(network=network, now=now())
            except LawError as error:
                print(error, file=sys.stderr)
                return 1
            print(f"{network.key}: {looked.households} households looked through, {looked.new} new findings")
    return 0


def _names_rebuild(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    _django()
    from tragnetz.clients.names.commands import rebuild_names  # noqa: PLC0415 -- needs Django
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    for network in Network.objects.all():
        with scope(network):
            print(f"{network.key}: {rebuild_names(network)} names")
    return 0


def _privacy_replay(options: argparse.Namespace) -> int:
    _django()
    from tragnetz.core.clock import today  # noqa: PLC0415 -- needs Django
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above
    from tragnetz.privacy.erasing import journal_file, read_journal, replay  # noqa: PLC0415 -- as above
    from tragnetz.privacy.errors import PrivacyError  # noqa: PLC0415 -- as above

    network = current_network(options.network)
    if network is None:
        print("There is no such network.", file=sys.stderr)
        return 1
    file = options.journal or journal_file(network)
    try:
        lines = read_journal(file)
        with scope(network):
            counts = replay(network=network, lines=lines, day=today(network.zone))
    except (OSError, PrivacyError) as error:
        print(f"{error}\nNothing was erased.", file=sys.stderr)
        return 1
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    print(f"{len(lines)} lines of the journal; erased again: {told or 'nothing, all is gone already'}")
    return 0


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

    for law in library.laws(law_folder()):
        print(f"{law.date}  gettsim {law.gettsim}  {len(law.inputs)} inputs, {len(law.targets)} targets")
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


def _work(options: argparse.Namespace) -> int:
    _django()
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


def _key(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    from tragnetz.vault.sealing import new_key  # noqa: PLC0415 -- keeps the command line quick

    print(new_key())
    return 0


def _progress(done: int, total: int) -> None:
    """Draw a bar; the last call ends the line."""
    width = 30
    filled = width * done // total
    end = "\n" if done >= total else ""
    print(f"\r  Inventing three years of history  [{'#' * filled}{'.' * (width - filled)}]", end=end, flush=True)


def _demo_accounts() -> list[tuple[str, str]]:
    from tragnetz.network.models import Membership, Network  # noqa: PLC0415 -- needs Django
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    with scope(Network.objects.filter(is_demo=True).latest("id")):
        rows = Membership.objects.select_related("user", "organisation")
        return [(f"{row.user} ({row.organisation}: {', '.join(row.roles)})", row.user.email) for row in rows]


def _demo_is_old() -> bool:
    from tragnetz.appointments.queries import bookings_between  # noqa: PLC0415 -- needs Django
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    with scope(Network.objects.filter(is_demo=True).latest("id")):
        past, soon = (
            bookings_between(datetime.min.replace(tzinfo=UTC), now()),
            bookings_between(now(), now() + timedelta(days=7)),
        )
        return past.exists() and not soon.exists()  # a city without invented people never had an appointment


def _demo(options: argparse.Namespace) -> int:
    try:
        free = serving.is_free(options.host, options.port)
    except OSError as error:
        print(f"No demo on {options.host}, port {options.port}: {error}", file=sys.stderr)
        return 1
    if not free:
        print(
            f"Port {options.port} is taken, perhaps by a demo that runs already: look at http://127.0.0.1:{options.port}"
            f"\nTo take another port: make run PORT={options.port + 1}",
            file=sys.stderr,
        )
        return 1
    _django()
    from django.conf import settings  # noqa: PLC0415 -- after set-up
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from tragnetz.config.database import tidy  # noqa: PLC0415 -- as above
    from tragnetz.demo.load import DemoRefusedError, forget_demo, load_demo  # noqa: PLC0415 -- as above
    from tragnetz.demo.own import CODE  # noqa: PLC0415 -- as above
    from tragnetz.demo.staff import PASSWORD  # noqa: PLC0415 -- as above

    if not os.environ.get("TRAGNETZ_STATIC"):  # whoever names the folder has filled it, as an image has
        call_command("collectstatic", interactive=False, verbosity=0)
    try:
        if options.fresh:
            forget_demo()
        call_command("migrate", verbosity=0)
        load_demo(options.city, progress=_progress)
        if settings.TRAGNETZ_EMBEDDED:
            tidy(settings.OWNER_URL)
    except DemoRefusedError as error:
        print(error, file=sys.stderr)
        return 1
    address = f"http://127.0.0.1:{options.port}"
    print(f"\n  Tragnetz runs on {address}  (stop with Ctrl+C)")
    print(f"  Guided tour, one click a role: {address}/de/demo/")
    print(f"  Staff log in on {address}/de/arbeit/ with the password {PASSWORD}:")
    for name, email in _demo_accounts():
        print(f"    {email:<45} {name}")
    print(f"  One accompanied person's own page: {address}/de/meine-begleitung/ with the code {CODE}")
    if _demo_is_old():
        print("\n  This demo was invented some time ago: nobody has an appointment today. Renew it: make fresh")
    print(flush=True)
    # The worker asks for the embedded server itself: if this process is killed, it is the last to end, and stops it.
    web = Program(serving.server(options.host, options.port), os.environ | {"DATABASE_URL": settings.DATABASE_URL})
    return run_together(web, Program([sys.executable, "-m", "tragnetz.config.cli", "work"], os.environ))


if __name__ == "__main__":
    sys.exit(main())
