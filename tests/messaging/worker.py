"""A worker to be killed, turn after turn without a pause: `python -m tests.messaging.worker NETWORK SECONDS_AHEAD`."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
import django

django.setup()

from tragnetz.core.clock import now  # noqa: E402
from tragnetz.messaging.commands import deliver_due  # noqa: E402
from tragnetz.messaging.enums import State  # noqa: E402
from tragnetz.messaging.models import Message  # noqa: E402
from tragnetz.network.models import Network  # noqa: E402
from tragnetz.network.scope import scope  # noqa: E402

TURN = timedelta(seconds=20)
network = Network.objects.get(key=sys.argv[1])
print("ready", flush=True)
ahead = timedelta(seconds=float(sys.argv[2]))
with scope(network):
    while Message.objects.filter(state=State.QUEUED).exists():
        deliver_due(network=network, now=now() + ahead, limit=50)
        ahead += TURN
print("done", flush=True)
