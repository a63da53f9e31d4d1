"""The outbox: neutral, once, never after it was taken back."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import make_actor, make_network
from tragnetz.messaging import commands
from tragnetz.messaging.enums import Channel, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import TEMPLATES, render
from tragnetz.network.scope import scope

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)


def put(actor, key="booking:1:reminder", due=NOW, **fields):
    return commands.queue(
        actor=actor, key=key, due_at=due, template="reminder", code="K7M4-9XQ2-PD3A",
        params={"starts_at": STARTS.isoformat(), "phone": "02323 16-9167"},
        **({"channel": Channel.SMS, "address": "+491701234567", "language": "de"} | fields),
    )  # fmt: skip


@pytest.fixture
def folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    return tmp_path / "outbox"


def texts(folder) -> list[str]:
    return [path.read_text() for path in sorted(folder.glob("*.txt"))] if folder.exists() else []


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg", "xx"])
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_texts_are_neutral_and_complete(network, template, language):
    params = {"starts_at": STARTS.isoformat(), "phone": "02323 16-9167"}
    rendered = render(template, params=params, zone=network.zone, code="K7M4-9XQ2-PD3A", language=language)

    assert "02323 16-9167" in rendered.body
    assert "K7M4-9XQ2-PD3A" in rendered.body
    assert "10:00" in rendered.body
    assert not any(word in rendered.body.lower() for word in ("beratung", "schuld", "geld", "caritas", "jobcenter"))


def test_due_message_goes_out_once(network, folder):
    put(make_actor(network))
    put(make_actor(network, name="Bea"))

    assert commands.deliver_due(network=network, now=NOW) == 1
    assert commands.deliver_due(network=network, now=NOW) == 0
    (text,) = texts(folder)
    assert "Dienstag, 1. Dezember, 10:00" in text


def test_message_waits_until_it_is_due(network, folder):
    put(make_actor(network), due=NOW + timedelta(hours=1))

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert commands.deliver_due(network=network, now=NOW + timedelta(hours=1)) == 1


def test_nothing_goes_out_after_it_was_taken_back(network, folder):
    actor = make_actor(network)
    put(actor)

    assert commands.cancel(actor=actor, key_prefix="booking:1:") == 1
    assert commands.deliver_due(network=network, now=NOW) == 0
    assert texts(folder) == []


def test_refused_message_is_tried_again_later_and_gives_up(network, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "smtp"}
    put(make_actor(network))
    at = NOW
    for _ in range(5):
        assert commands.deliver_due(network=network, now=at) == 0
        at += timedelta(hours=3)

    message = Message.objects.get()
    assert message.state == State.FAILED
    assert message.attempts == 5


def test_a_sender_that_fell_over_leaves_it_uncertain_and_unsent(network, folder):
    message = put(make_actor(network))
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW - timedelta(hours=1))

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert Message.objects.get().state == State.UNCERTAIN
    assert texts(folder) == []


def test_address_and_code_do_not_stand_in_the_database(network):
    put(make_actor(network))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(m)::text FROM messaging_message m")
        row = cursor.fetchone()[0]

    assert "491701234567" not in row
    assert "K7M4" not in row
    assert Message.objects.get().address == "+491701234567"


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(folder):
    network = make_network()
    with scope(network):
        actor = make_actor(network)
        for number in range(30):
            put(actor, key=f"booking:{number}:reminder")
    counts = []

    def work():
        with scope(network):
            counts.append(commands.deliver_due(network=network, now=NOW))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == 30
    assert len(texts(folder)) == 30
