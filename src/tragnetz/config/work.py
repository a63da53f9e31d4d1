"""The background worker: sends due messages, chains the audit trail, deletes what has expired."""

import signal
import threading

from tragnetz.audit.commands import chain_events
from tragnetz.clients.commands import forget_expired
from tragnetz.core.clock import now, today
from tragnetz.directory.gaps import forget_gaps
from tragnetz.messaging.commands import deliver_due
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

SECONDS = 20


def work(*, once: bool = False) -> None:
    """Do what is due in every network, and again every 20 seconds until the process is told to end."""
    stop = threading.Event()
    if not once:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    while not stop.is_set():
        for network in Network.objects.all():
            with scope(network):
                deliver_due(network=network, now=now())
                forget_expired(now=now())
                forget_gaps(on=today(network.zone))
                chain_events(network)
        if once:
            return
        stop.wait(SECONDS)
