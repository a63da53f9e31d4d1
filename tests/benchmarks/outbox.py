"""Ten thousand reminders of one hour, and workers that are killed twenty times."""

import time

from tests.messaging.crashes import crash
from tragnetz.messaging.models import Message
from tragnetz.network.models import Network

MESSAGES, KILLS = 10_000, 20


def reminders(network: Network) -> None:
    """Send them all through a gateway that misbehaves; take them out of the database again."""
    Message.objects.all().delete()
    begun = time.perf_counter()
    found = crash(network, messages=MESSAGES, kills=KILLS)
    seconds = time.perf_counter() - begun
    Message.objects.all().delete()
    print(
        f"{f'{MESSAGES} reminders, worker killed {KILLS} times':<52} {seconds:.0f} s, {MESSAGES / seconds:.0f}/s   goal < 3600 s"
    )
    print(f"{'':<52} sent {found.sent}, uncertain {found.uncertain}, taken back {found.taken_back}")
    print(
        f"{'':<52} twice {found.twice}, lost {found.lost}, after taking back {found.after_taking_back}, "
        f"said to be sent but not arrived {found.sent_without_arriving}   goal all 0"
    )
