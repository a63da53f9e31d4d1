"""A worker that delivers without a pause, to be killed: `python -m tests.messaging.worker NETWORK SECONDS_AHEAD`."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
import django

django.setup()

from tragnetz.core.clock import now  # noqa: E402
from tragnetz.messaging.commands import deliver_due  # noqa: E402
from tragnetz.network.models import Network  # noqa: E402
from tragnetz.network.scope import scope  # noqa: E402

network = Network.objects.get(key=sys.argv[1])
print("ready", flush=True)
with scope(network):
    while deliver_due(network=network, now=now() + timedelta(seconds=float(sys.argv[2])), limit=50):
        pass
print("done", flush=True)
