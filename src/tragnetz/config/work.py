"""The background worker: sends due messages, chains the audit trail, keeps the directory, looks ahead, forgets."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tragnetz.appointments.claims import end_holds
from tragnetz.appointments.lines.commands import end_presences
from tragnetz.appointments.waiting.commands import offer_freed
from tragnetz.audit.commands import chain_events
from tragnetz.audit.heads import sign_daily
from tragnetz.audit.verify import verify_and_keep
from tragnetz.benefits.library import LawError
from tragnetz.casework.deadlines.staff import tell_staff
from tragnetz.casework.keys import take_back_left, take_back_released, take_back_roles
from tragnetz.casework.ownpage.commands import end_dead_accesses
from tragnetz.casework.ownpage.sessions import forget_own_sessions
from tragnetz.clients.commands import forget_expired
from tragnetz.core.clock import now, today
from tragnetz.directory.gaps import forget_gaps
from tragnetz.directory.misspelled import forget_words
from tragnetz.directory.truth.addresses import check_addresses, gather_addresses
from tragnetz.directory.truth.links import remind_providers
from tragnetz.directory.truth.reports import forget_reports
from tragnetz.messaging.commands import deliver_due, forget_old
from tragnetz.network.actors import system
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.privacy.retention.commands import run_automatic
from tragnetz.referrals.links import forget_browsers, stop_withdrawn
from tragnetz.reporting.opendata.commands import publish_due
from tragnetz.reporting.outcomes.summary import renew
from tragnetz.reporting.reach.sheets import write_sheets
from tragnetz.screening.outlook.looking import BATCH, Looked, look_in_slices
from tragnetz.staff.commands import end_due
from tragnetz.staff.remarks.commands import forget_remarks
from tragnetz.staff.sessions import forget_sessions
from tragnetz.staff.throttle import forget_buckets

SECONDS = 20
LOOK_SECONDS = 1.0  # so long may a look ahead keep others waiting


def work(*, once: bool = False) -> None:
    """Do what is due in every network, and again every 20 seconds until the process is told to end."""
    stop = threading.Event()
    if not once:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    rounds = Rounds()
    while not stop.is_set():
        more = rounds.one()
        if once and not more:
            return
        if not more:
            stop.wait(SECONDS)


class Rounds:
    """What a worker remembers from round to round: what was done today, and which looks ahead are under way."""

    def __init__(self, look_seconds: float = LOOK_SECONDS, batch: int = BATCH) -> None:
        """Begin; a look goes on for `look_seconds` a round, and for one slice of `batch` households at least."""
        self.look_seconds, self.batch = look_seconds, batch
        self.done_on: dict[str, date] = {}
        self.looks: dict[str, Iterator[Looked]] = {}
        self.begun, self.ticks = now(), time.monotonic()

    def one(self) -> bool:
        """Do what is due in every network; returns whether a look is under way, so that the next round is at once."""
        for network in Network.objects.all():
            with scope(network):
                if self.done_on.get(network.key) != today(network.zone):
                    _daily(network)
                    self.looks[network.key] = look_in_slices(network=network, now=now(), batch=self.batch)
                    self.done_on[network.key] = today(network.zone)
                _often(network, self.begun + timedelta(seconds=time.monotonic() - self.ticks))
                self._look(network)
        return bool(self.looks)

    def _look(self, network: Network) -> None:
        """Go on with the look of a network: messages of all networks go out between its slices."""
        look, until = self.looks.get(network.key), time.monotonic() + self.look_seconds
        if look is None:
            return
        with suppress(LawError):  # no law was built yet: nothing to compute, and checks say so
            for _slice in look:
                if time.monotonic() >= until:
                    return
        del self.looks[network.key]


def _often(network: Network, at_least: datetime) -> None:
    """Do what cannot wait. `at_least` is the time by a clock that nobody sets back."""
    end_presences(network=network, now=now())
    end_holds(now())
    offer_freed(network, now())
    end_due(network=network, now=now())
    take_back_released()
    take_back_roles(network)
    take_back_left(network)
    end_dead_accesses(actor=system(network), now=now())
    forget_own_sessions(now())
    stop_withdrawn(network=network, now=now())  # before anything is sent
    deliver_due(network=network, now=now(), at_least=at_least)
    forget_expired(now=now())
    chain_events(network)
    if not network.is_demo:  # a demo knocks at nobody's door
        check_addresses(network=network, now=now())


def _daily(network: Network) -> None:
    chain_events(network)
    sign_daily(network=network, now=now())
    verify_and_keep(network, now=now())
    if not network.is_demo:  # a demo tells three years; it would lose most of them on its first night
        run_automatic(network=network, now=now())
    tell_staff(network=network, now=now())
    write_sheets(network, now())
    renew(network, now())
    gather_addresses(network)
    publish_due(actor=system(network), day=today(network.zone))
    forget_old(now=now())
    forget_sessions(now())
    forget_browsers(now())
    forget_buckets(now())
    forget_reports(now())
    forget_remarks(now())
    forget_gaps(on=today(network.zone))
    forget_words()
    if settings.TRAGNETZ_PUBLIC_URL:
        remind_providers(actor=system(network), now=now(), address=_provider_address)


def _provider_address(secret: str) -> str:
    with override("de"):
        return str(settings.TRAGNETZ_PUBLIC_URL) + reverse("portal:provider", args=[secret])
