"""Kill workers in the middle of sending, and count afterwards what happened to each message."""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import override_settings

from tests.messaging.servers import Gateway, http_gateway
from tests.processes import running
from tests.server import database_url
from tragnetz.core.clock import now
from tragnetz.messaging import commands
from tragnetz.messaging.enums import Channel, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import STALE
from tragnetz.network.actors import system
from tragnetz.network.models import Network

MOODS = [200] * 40 + ["drop", 500, 429]


@dataclass
class Outcome:
    """What came of all messages. Everything but `sent`, `uncertain` and `taken_back` must be 0."""

    sent: int
    uncertain: int
    taken_back: int
    twice: int
    lost: int
    sent_without_arriving: int
    after_taking_back: int


def crash(
    network: Network, *, messages: int, kills: int, moods: Sequence[object] = MOODS, idempotent: str = "", seed: int = 1
) -> Outcome:
    """Let workers send `messages`, kill them `kills` times with SIGKILL, and take some messages back meanwhile.

    The gateway answers slowly at times and loses its words at times, so that a kill meets all moments.
    """
    rng = random.Random(seed)  # noqa: S311 -- chance for a test, no secret
    actor, begun = system(network), now()
    for number in range(messages):
        commands.queue(
            actor=actor, key=f"crash:{number}:", channel=Channel.SMS, address=f"+4917000{number:05d}",
            template="reminder", code="C", language="de", due_at=begun - timedelta(minutes=number % 60),
            params={"starts_at": (begun + timedelta(days=9)).isoformat(), "phone": "1"},
        )  # fmt: skip
    with http_gateway(Gateway(mood=lambda _number: rng.choice(moods))) as gateway:
        environment = os.environ | {
            "DATABASE_URL": database_url(), "TRAGNETZ_SMS_URL": gateway.url, "TRAGNETZ_SMS_IDEMPOTENT": idempotent,
        }  # fmt: skip
        taken_back: dict[str, int] = {}
        for round_ in range(kills + 1):
            ahead = str(round_ * 3600)  # each worker an hour later: what the gateway put off is due again
            with running(
                [sys.executable, "-m", "tests.messaging.worker", network.key, ahead],
                env=environment, stdout=subprocess.PIPE, text=True,
            ) as worker:  # fmt: skip
                assert worker.stdout.readline() == "ready\n"
                if round_ < kills:
                    threading.Event().wait(rng.uniform(0.02, messages / kills / 250))
                    _take_some_back(network, rng, gateway, taken_back)
                    worker.kill()
                worker.communicate()
        later = now() + timedelta(seconds=(kills + 1) * 3600) + STALE
        here = settings.TRAGNETZ_SMS | {"url": gateway.url, "idempotent": idempotent}
        with override_settings(TRAGNETZ_SMS=here, TRAGNETZ_MESSAGE_BACKENDS={"sms": "http", "email": "file"}):
            commands.deliver_due(network=network, now=later)  # finds what the last ones killed had begun
    return _counted(gateway, taken_back, messages)


def _take_some_back(network: Network, rng: random.Random, gateway: Gateway, taken_back: dict[str, int]) -> None:
    waiting = list(Message.objects.filter(state=State.QUEUED).values_list("pk", "key"))
    for pk, key in rng.sample(waiting, min(3, len(waiting))):
        if commands.cancel(actor=system(network), key_prefix=key):
            taken_back[str(pk)] = gateway.ids.count(str(pk))


def _counted(gateway: Gateway, taken_back: dict[str, int], messages: int) -> Outcome:
    arrived = Counter(gateway.ids)
    rows = {str(pk): (state, error) for pk, state, error in Message.objects.values_list("pk", "state", "error")}
    sure = {pk for pk, (state, _error) in rows.items() if state == State.SENT}
    known = {State.SENT, State.UNCERTAIN, State.CANCELLED}
    busy = gateway.refused
    return Outcome(
        sent=len(sure),
        uncertain=sum(state == State.UNCERTAIN for state, _error in rows.values()),
        taken_back=len(taken_back),
        twice=sum(count - busy[pk] > 1 for pk, count in arrived.items()),
        lost=messages - sum(state in known for state, _error in rows.values()),
        sent_without_arriving=len(sure - set(arrived)),
        after_taking_back=sum(arrived[pk] > before for pk, before in taken_back.items()),
    )
