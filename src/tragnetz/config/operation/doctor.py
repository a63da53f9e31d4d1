"""Runs all checks. A new one is a function that yields findings, and a line in one of the tables below."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection, transaction

from tragnetz.config.operation import database, machine, network, outward
from tragnetz.config.operation.findings import Finding, Level, error
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network
from tragnetz.network.queries import in_each_network

type Check = Callable[[], Iterator[Finding]]
type NetworkCheck = Callable[[Network, datetime], Iterator[Finding]]

ON_MACHINE: tuple[Check, ...] = (
    machine.environment, machine.keys, machine.backup_key, machine.folders, machine.image, machine.static_files,
    machine.printing, machine.zones, machine.time_service, machine.law, machine.photos,
)  # fmt: skip
IN_DATABASE: tuple[Check, ...] = (
    database.server, database.rows, database.readers, database.clock, database.pool, database.data, database.durable,
    database.logging,
)  # fmt: skip
IN_NETWORK: tuple[NetworkCheck, ...] = (
    network.standing, network.future, network.worker, network.messages, network.backups, network.trail, network.sealed,
    network.organisations, network.deletions,
)  # fmt: skip
OUTWARD: tuple[Check, ...] = (
    outward.certificate, outward.mail, outward.sms, outward.scanner, outward.single_sign_on,
)  # fmt: skip
log = logging.getLogger("tragnetz.doctor")


def examine() -> list[Finding]:
    """Run all checks, of all networks, and return what they found."""
    found = [*_all(ON_MACHINE), *in_database()]
    if not _is_away(found):
        of_each = in_each_network(lambda one: [(one.key, finding) for finding in in_network(one)])
        if not of_each:
            found.append(error("network", "Es ist noch keine Stadt geladen.", "tragnetz city load ORDNER"))
        several = len(of_each) > 1  # of one it is clear which is meant
        found += [replace(one, place=one.place or key) if several else one for of_one in of_each for key, one in of_one]
    return [*found, *outside()]


def in_database() -> list[Finding]:
    """Return what the checks of the database found; one line when it does not answer."""
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError):
        advice = "Läuft PostgreSQL? Stimmen DATABASE_URL, Namensauflösung und Firewall?"
        place = f"{connection.settings_dict['HOST']}:{connection.settings_dict['PORT']}"
        return [error("database", "Die Datenbank antwortet nicht.", advice, place=place)]
    return list(_all(IN_DATABASE, asking=True))


def _is_away(found: Iterable[Finding]) -> bool:
    """Whether nothing can be read of a network: no database, or one without our tables."""
    return any(one.check in {"database", "migrations"} and one.level == Level.ERROR for one in found)


def in_network(one: Network) -> list[Finding]:
    """Return what the checks of the network in scope found."""
    at = now()
    return list(_all([_bound(check, one, at) for check in IN_NETWORK], asking=True))


def _bound(check: NetworkCheck, one: Network, at: datetime) -> Check:
    def bound() -> Iterator[Finding]:
        return check(one, at)

    bound.__name__ = check.__name__
    return bound


def outside() -> list[Finding]:
    """Return what the checks of other servers found; they wait for them at the same time."""
    with ThreadPoolExecutor(len(OUTWARD)) as beside:
        return [one for found in beside.map(lambda check: list(_all([check])), OUTWARD) for one in found]


def for_page(actor: Actor, *, beyond: bool) -> list[Finding]:
    """Return what a member of staff may know: nothing of other organisations. `beyond`: ask other servers, too."""
    found = [*_all(ON_MACHINE), *in_database(), *in_network(actor.network), *(outside() if beyond else [])]
    return [one for one in found if one.organisation_id in {None, actor.organisation_id}]


def _all(checks: Iterable[Check], *, asking: bool = False) -> Iterator[Finding]:
    """Run checks one after the other; one that breaks is a finding, and keeps no other from running.

    `asking`: they ask the database.
    """
    for check in checks:
        try:
            # On a page, which is one transaction, a question that the database refuses must not spoil the others.
            with transaction.atomic() if asking and connection.in_atomic_block else nullcontext():
                found = list(check())
        except Exception as failed:  # whatever it was: the others may say more
            name = getattr(check, "__name__", "check")
            log.exception("check failed", extra={"check": name})
            text = f"Eine Prüfung brach ab: {name} ({type(failed).__name__})."
            yield error("doctor", text, "Der Fehler steht im Protokoll des Servers.")
        else:
            yield from found
