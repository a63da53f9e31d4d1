"""`tragnetz audit`, `figures`, `privacy`: what was promised not to change, and what must be gone."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tragnetz.config.starting import in_network, start

if TYPE_CHECKING:
    from tragnetz.network.models import Network


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for the audit chain, fixed figures and erasing again."""
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


def _audit_chain(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    start()
    from tragnetz.audit.commands import chain_events  # noqa: PLC0415 -- needs Django
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    in_each_network(lambda network: print(f"{network.key}: {chain_events(network)} events chained"))
    return 0


def _audit_sign(options: argparse.Namespace) -> int:  # noqa: ARG001 -- one shape for all commands
    start()
    from tragnetz.audit.commands import chain_events  # noqa: PLC0415 -- needs Django
    from tragnetz.audit.heads import file_of_heads, own_public_key, sign_head  # noqa: PLC0415 -- as above
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    def sign(network: "Network") -> None:
        chain_events(network)
        head = sign_head(network=network, now=now())
        print(head.as_line() if head else f"{network.key}: no event yet")
        print(f"Kept in {file_of_heads(network)}: take a copy elsewhere.")

    print(f"Public key: {own_public_key()}")
    in_each_network(sign)
    return 0


def _audit_verify(options: argparse.Namespace) -> int:
    start()
    from tragnetz.audit.errors import AuditError  # noqa: PLC0415 -- needs Django
    from tragnetz.audit.heads import read_heads, trusted_keys  # noqa: PLC0415 -- as above
    from tragnetz.audit.models import Event, SealedHead  # noqa: PLC0415 -- as above
    from tragnetz.audit.verify import verify_chain  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    try:
        outside = read_heads(options.head) if options.head else []
        trusted = trusted_keys(options.public_key)
    except (AuditError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1

    def is_broken(network: "Network") -> bool:
        ours = [head for head in outside if head.network == network.key]
        faults = list(verify_chain(network, outside=ours, trusted=trusted))
        for fault in faults:
            print(f"{network.key}: {fault.told()}", file=sys.stderr)
        head = SealedHead.objects.order_by("-number").first()
        signed = f"signed up to position {head.position} on {head.day}" if head else "not signed yet"
        waiting = Event.objects.filter(position=None).count()
        print(f"{network.key}: {Event.objects.count()} events, {waiting} not chained yet, {signed}")
        return bool(faults)

    broken = any(in_each_network(is_broken))
    print("The chain is broken." if broken else "The chain holds.")
    return 1 if broken else 0


def _figures_verify(_options: argparse.Namespace) -> int:
    start()
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- needs Django
    from tragnetz.reporting.models import Snapshot  # noqa: PLC0415 -- as above
    from tragnetz.reporting.snapshots.verify import verify_snapshots  # noqa: PLC0415 -- as above

    def is_altered(network: "Network") -> bool:
        faults = list(verify_snapshots())
        for number, fault in faults:
            print(f"{network.key}: snapshot {number}: {fault}", file=sys.stderr)
        print(f"{network.key}: {Snapshot.objects.count()} snapshots")
        return bool(faults)

    return int(any(in_each_network(is_altered)))


def _privacy_replay(options: argparse.Namespace) -> int:
    with in_network(options.network) as network:
        if network is None:
            return 1
        from tragnetz.core.clock import today  # noqa: PLC0415 -- needs Django
        from tragnetz.privacy.erasing import journal_file, read_journal, replay  # noqa: PLC0415 -- as above
        from tragnetz.privacy.errors import PrivacyError  # noqa: PLC0415 -- as above

        file = options.journal or journal_file(network)
        if not file.exists():
            print(
                f"Unter {file} liegt kein Löschprotokoll: Seit der Installation wurde nichts gelöscht, oder es liegt "
                "woanders.\nWurde nach der Sicherung etwas gelöscht, nennen Sie das Protokoll: --journal DATEI. "
                "Jetzt wurde nichts gelöscht.",
                file=sys.stderr,
            )
            return 1
        try:
            lines = read_journal(file)
            counts = replay(network=network, lines=lines, day=today(network.zone))
        except (OSError, PrivacyError) as error:
            print(f"{error}\nEs wurde nichts gelöscht.", file=sys.stderr)
            return 1
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    print(f"{len(lines)} Zeilen im Löschprotokoll; noch einmal gelöscht: {told or 'nichts, alles ist schon weg'}")
    return 0
