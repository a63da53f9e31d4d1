"""`tragnetz staff`: who works in the network."""

import argparse
import sys

from tragnetz.config.operation import cli as operation
from tragnetz.config.starting import in_network, start


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for people who work here."""
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


def _staff_invite(options: argparse.Namespace) -> int:
    start()
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
    with in_network("") as network:
        if network is None:
            return 1
        from tragnetz.network.actors import system  # noqa: PLC0415 -- needs Django
        from tragnetz.network.models import User  # noqa: PLC0415 -- as above
        from tragnetz.staff.commands import sign_out_by_operator  # noqa: PLC0415 -- as above

        user = None if options.all else User.objects.filter(email__iexact=options.email).first()
        if user is None and not options.all:
            print("Diese Adresse kennen wir nicht.", file=sys.stderr)
            return 1
        count = sign_out_by_operator(actor=system(network), user=user)
    print(f"Beendete Anmeldungen: {count}")
    return 0
