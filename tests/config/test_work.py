"""The worker does all that is due, once."""

from datetime import timedelta

from tests.factories import make_actor
from tragnetz.audit.commands import record
from tragnetz.audit.models import Event
from tragnetz.clients.commands import keep_takeaway
from tragnetz.clients.models import Takeaway
from tragnetz.config.work import work
from tragnetz.core.clock import now
from tragnetz.messaging.commands import queue
from tragnetz.messaging.models import Message


def test_the_worker_sends_deletes_and_chains(network, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    actor = make_actor(network)
    queue(
        actor=actor, key="k", channel="sms", address="+491701234567", template="booked", code="C", language="de",
        params={"starts_at": (now() + timedelta(days=1)).isoformat(), "phone": "1"}, due_at=now(),
    )  # fmt: skip
    keep_takeaway(actor=actor, facts={}, services=[], now=now() - timedelta(days=60))
    record(actor, "test:deed")

    work(once=True)

    assert Message.objects.get().state == "sent"
    assert not Takeaway.objects.exists()
    assert not Event.objects.filter(position=None).exists()
