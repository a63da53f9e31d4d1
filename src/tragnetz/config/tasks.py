"""What the worker does in a network: one table, from which it works, and from which people read what there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tragnetz.appointments.claims import end_holds
from tragnetz.appointments.lines.commands import end_presences, forget_presences
from tragnetz.appointments.waiting.commands import offer_freed
from tragnetz.audit.commands import chain_events
from tragnetz.audit.heads import sign_daily
from tragnetz.audit.verify import verify_and_keep
from tragnetz.casework.deadlines.staff import tell_staff
from tragnetz.casework.keys import take_back_left, take_back_released, take_back_roles
from tragnetz.casework.ownpage.commands import end_dead_accesses
from tragnetz.casework.ownpage.sessions import forget_own_sessions
from tragnetz.clients.commands import forget_expired
from tragnetz.core.clock import now, today
from tragnetz.core.links import outward_address
from tragnetz.directory.gaps import forget_gaps
from tragnetz.directory.misspelled import forget_words
from tragnetz.directory.truth.addresses import check_addresses, gather_addresses
from tragnetz.directory.truth.links import remind_providers
from tragnetz.directory.truth.reports import forget_reports
from tragnetz.messaging.commands import deliver_due, forget_old
from tragnetz.network.actors import system
from tragnetz.network.database.crossing import must_not_cross
from tragnetz.network.models import Network
from tragnetz.network.notice import remember
from tragnetz.privacy.retention.commands import run_automatic
from tragnetz.referrals.links import forget_browsers, stop_withdrawn
from tragnetz.reporting.asking.commands import ask_due, chase, stop_unwanted
from tragnetz.reporting.nightly import renew_figures
from tragnetz.reporting.opendata.commands import publish_due
from tragnetz.staff.commands import end_due, forget_invitations
from tragnetz.staff.remarks.commands import forget_remarks
from tragnetz.staff.sessions import forget_sessions
from tragnetz.staff.throttle import forget_buckets


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in the network in scope. `run` takes it and the time by a clock that nobody sets back.

    `told` is what it does, for administrators. With `real` it is left out in a demo.
    """

    name: str
    told: str
    run: Callable[[Network, datetime], object]
    real: bool = False


def _provider_address(secret: str) -> str:
    return outward_address("portal:provider", secret, "de")


def _remind(network: Network, _at_least: datetime) -> None:
    if settings.TRAGNETZ_PUBLIC_URL:
        remind_providers(actor=system(network), now=now(), address=_provider_address)


# In this order, again and again: what cannot wait.
OFTEN: tuple[Task, ...] = (
    Task("end-presences", "beendet abgelaufene Telefondienste", lambda n, _: end_presences(network=n, now=now())),
    Task("end-holds", "gibt vorgemerkte Zeiten wieder frei", lambda _n, _: end_holds(now())),
    Task("offer-freed", "bietet frei gewordene Termine der Warteliste an", lambda n, _: offer_freed(n, now())),
    Task("end-members", "beendet Zugänge, deren letzter Tag um ist", lambda n, _: end_due(network=n, now=now())),
    Task("keys-released", "nimmt Schlüssel widerrufener Freigaben zurück", lambda _n, _: take_back_released()),
    Task("keys-roles", "nimmt Schlüssel abgegebener Rollen zurück", lambda n, _: take_back_roles(n)),
    Task("keys-left", "nimmt Schlüssel ausgeschiedener Personen zurück", lambda n, _: take_back_left(n)),
    Task(
        "own-pages", "schließt eigene Seiten, deren Zeit um ist",
        lambda n, _: end_dead_accesses(actor=system(n), now=now()),
    ),
    Task("own-sessions", "löscht beendete Sitzungen der eigenen Seiten", lambda _n, _: forget_own_sessions(now())),
    Task(  # before anything is sent
        "stop-withdrawn", "hält Vermittlungen an, deren Freigabe widerrufen ist",
        lambda n, _: stop_withdrawn(network=n, now=now()),
    ),
    Task(  # before anything is sent
        "stop-questions", "nimmt Fragen zurück, die niemand mehr stellen darf",
        lambda n, _: stop_unwanted(network=n, now=now()),
    ),
    Task(
        "deliver", "verschickt fällige Nachrichten",
        lambda n, at_least: deliver_due(network=n, now=now(), at_least=at_least),
    ),
    Task("forget-takeaways", "löscht abgelaufene Merkzettel", lambda _n, _: forget_expired(now=now())),
    Task("chain", "verkettet das Protokoll", lambda n, _: chain_events(n)),
    Task(
        "check-addresses", "prüft Internetadressen des Verzeichnisses",
        lambda n, _: check_addresses(network=n, now=now()), real=True,
    ),
)  # fmt: skip

# In this order, once a day.
DAILY: tuple[Task, ...] = (
    Task("sign", "signiert das Ende des Protokolls", lambda n, _: (chain_events(n), sign_daily(network=n, now=now()))),
    Task("verify", "prüft die Kette des Protokolls", lambda n, _: verify_and_keep(n, now=now())),
    Task("links", "prüft, dass keine Zeile in ein anderes Netzwerk zeigt", lambda _n, _: must_not_cross()),
    Task(  # a demo tells three years; it would lose most of them on its first night
        "delete-due", "löscht, was von selbst gelöscht werden soll",
        lambda n, _: run_automatic(network=n, now=now()), real=True,
    ),
    Task("tell-deadlines", "erinnert an nahe Fristen", lambda n, _: tell_staff(network=n, now=now())),
    Task(
        "ask-people", "fragt Menschen nach dem Ende eines Projekts, erinnert einmal, gibt Anrufe weiter",
        lambda n, _: (ask_due(network=n, now=now()), chase(network=n, now=now())),
    ),
    Task(
        "notice", "merkt sich, wen man anruft, solange die Datenbank fehlt",
        lambda n, _: remember(n, settings.TRAGNETZ_VAR),
    ),
    Task("figures", "zählt Zahlen und Wirkung der Projekte", lambda n, _: renew_figures(n, now())),
    Task("gather-addresses", "sammelt Internetadressen zum Prüfen", lambda n, _: gather_addresses(n)),
    Task(
        "open-data", "veröffentlicht fällige offene Daten",
        lambda n, _: publish_due(actor=system(n), day=today(n.zone)),
    ),
    Task("forget-messages", "leert alte Nachrichten", lambda _n, _: forget_old(now=now())),
    Task("forget-sessions", "löscht beendete Sitzungen", lambda _n, _: forget_sessions(now())),
    Task("forget-browsers", "vergisst Geräte von Partnern", lambda _n, _: forget_browsers(now())),
    Task("forget-invitations", "löscht alte Einladungen", lambda _n, _: forget_invitations(now())),
    Task("forget-presences", "vergisst, wer wann abgenommen hat", lambda _n, _: forget_presences(now())),
    Task("forget-tries", "vergisst gezählte Versuche", lambda _n, _: forget_buckets(now())),
    Task("forget-reports", "löscht erledigte Meldungen", lambda _n, _: forget_reports(now())),
    Task("forget-remarks", "löscht erledigte Rückmeldungen", lambda _n, _: forget_remarks(now())),
    Task("forget-gaps", "löscht alte vergebliche Suchen", lambda n, _: forget_gaps(on=today(n.zone))),
    Task("forget-words", "löscht alte Schreibfehler der Suche", lambda _n, _: forget_words()),
    Task("remind-providers", "bittet Organisationen, ihre Einträge zu prüfen", _remind),
)  # fmt: skip

# Names that the worker keeps for itself: a whole turn, and the look ahead, which goes on from turn to turn.
ROUND, OUTLOOK = "round", "outlook"
TOLD = {one.name: one.told for one in (*OFTEN, *DAILY)} | {
    ROUND: "eine Runde des Hintergrunddienstes",
    OUTLOOK: "schaut für Haushalte voraus, die es erlauben",
}
BY_NAME = {one.name: one for one in (*OFTEN, *DAILY)}
