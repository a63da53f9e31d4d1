"""The worker does all that is due, once."""

from datetime import timedelta

from tests.allowed import make_case
from tests.factories import make_actor
from tests.outlooks import outlook
from tragnetz.audit.commands import record
from tragnetz.audit.models import Event
from tragnetz.clients.commands import keep_takeaway
from tragnetz.clients.models import Takeaway
from tragnetz.config.work import Rounds, work
from tragnetz.core.clock import now
from tragnetz.messaging.commands import queue
from tragnetz.messaging.models import Message
from tragnetz.screening.outlook.models import Outlook


def send(actor, key):
    queue(
        actor=actor, key=key, channel="sms", address="+491701234567", template="booked", code="C", language="de",
        params={"starts_at": (now() + timedelta(days=1)).isoformat(), "phone": "1"}, due_at=now(),
    )  # fmt: skip


def test_the_worker_sends_deletes_and_chains(network, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    actor = make_actor(network)
    send(actor, "k")
    keep_takeaway(actor=actor, facts={}, services=[], now=now() - timedelta(days=60))
    record(actor, "test:deed")

    work(once=True)

    assert Message.objects.get().state == "sent"
    assert not Takeaway.objects.exists()
    assert not Event.objects.filter(position=None).exists()


def test_messages_go_out_while_a_look_ahead_is_under_way(network, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    ada = make_actor(network, "alpha", "counsellor")
    for _number in range(3):
        outlook(ada, make_case(network, ada), months=2)
    rounds, left, sent = Rounds(look_seconds=0, batch=1), [], []

    for number in range(2):
        send(ada, f"k{number}")
        assert rounds.one()
        sent.append(Message.objects.filter(state="sent").count())
        left.append(Outlook.objects.filter(looked_through="").count())
    while rounds.one():
        pass

    assert (sent, left) == ([1, 2], [2, 1])
    assert not Outlook.objects.filter(looked_through="").exists()
    assert Event.objects.get(verb="outlook:look").details["households"] == 3
