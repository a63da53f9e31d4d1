"""Ways out against servers that misbehave: what is sure, what is not, and what follows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import run_checks

from tests.certificates import tls_server, write_certificate
from tests.messaging.servers import Gateway, MailServer, http_gateway, mail_server
from tests.processes import PATIENCE
from tragnetz.messaging import commands
from tragnetz.messaging.enums import Channel, State
from tragnetz.messaging.gateway import GatewayError, read_gateway
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import STALE
from tragnetz.network.actors import system

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SMS = {
    "url": "http://127.0.0.1:1/send", "method": "POST", "headers": '{"Content-Type": "application/json", "X-Id": "{id}"}',
    "body": '{"to": "{to}", "text": "{text}", "id": "{id}"}', "success": "200-299", "timeout": f"{PATIENCE}", "idempotent": "",
}  # fmt: skip
IMPATIENT = {"timeout": "0.3"}


@pytest.fixture
def gateway(settings):
    with http_gateway(Gateway()) as running:
        settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "file"}
        settings.TRAGNETZ_SMS = SMS | {"url": running.url}
        yield running


@pytest.fixture
def mails(settings):
    with mail_server(MailServer()) as running:
        settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "smtp"}
        settings.TRAGNETZ_SMTP = {
            "host": "127.0.0.1", "port": running.port, "username": "", "password": "", "use_tls": False,
        }  # fmt: skip
        yield running


def put(network, key="booking:1:reminder", **fields):
    return commands.queue(
        actor=system(network), key=key, due_at=NOW,
        template="reminder", code="K7M4-9XQ2-PD3A", language=fields.pop("language", "de"),
        params={"starts_at": (NOW + timedelta(days=7)).isoformat(), "phone": "02323 16-9167"},
        **({"channel": Channel.SMS, "address": "+491701234567"} | fields),
    )  # fmt: skip


def deliver(network, now=NOW) -> Message:
    commands.deliver_due(network=network, now=now)
    return Message.objects.get()


def test_an_sms_goes_out_with_number_text_and_id(network, gateway):
    message = put(network, language="tr")

    assert deliver(network).state == State.SENT
    (got,) = gateway.got
    assert (got["to"], got["id"], got["_headers"]["X-Id"]) == ("+491701234567", str(message.pk), str(message.pk))
    assert got["text"].startswith("Randevu hatırlatması: ")


@pytest.mark.parametrize(
    ("mood", "state", "error"),
    [
        (400, State.FAILED, "refused:400"),
        (404, State.FAILED, "refused:404"),
        (401, State.QUEUED, "401"),
        (302, State.QUEUED, "302"),
        (429, State.QUEUED, "429"),
        (500, State.UNCERTAIN, "unanswered:500"),
        (503, State.UNCERTAIN, "unanswered:503"),
        ("slow", State.UNCERTAIN, "unanswered:ReadTimeoutError"),
        ("drop", State.UNCERTAIN, "unanswered:ProtocolError"),
    ],
)
def test_what_a_gateway_answers_decides(network, gateway, settings, mood, state, error):
    settings.TRAGNETZ_SMS = settings.TRAGNETZ_SMS | (IMPATIENT if mood == "slow" else {})
    gateway.mood = lambda _number: mood
    put(network)

    message = deliver(network)

    assert (message.state, message.error) == (state, error)
    commands.deliver_due(network=network, now=NOW)
    assert len(gateway.got) == 1  # never again by itself, or not at once


@pytest.mark.parametrize("mood", [500, "slow", "drop"])
def test_a_gateway_that_knows_ids_may_be_asked_again(network, gateway, settings, mood):
    patient = settings.TRAGNETZ_SMS | {"idempotent": "1"}
    gateway.mood = lambda number: mood if number == 1 else 200
    put(network)

    settings.TRAGNETZ_SMS = patient | (IMPATIENT if mood == "slow" else {})
    assert deliver(network).state == State.QUEUED
    settings.TRAGNETZ_SMS = patient
    assert deliver(network, NOW + timedelta(minutes=2)).state == State.SENT
    assert len(gateway.got) == 2
    assert len(set(gateway.ids)) == 1


def test_a_gateway_whose_certificate_nobody_vouches_for_gets_no_message(network, settings, tmp_path):
    write_certificate(tmp_path / "own.pem", datetime.now(UTC) + timedelta(days=30))
    with tls_server(tmp_path / "own.pem") as port:
        settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "file"}
        settings.TRAGNETZ_SMS = SMS | {"url": f"https://localhost:{port}/", "timeout": "5"}
        put(network)

        message = deliver(network)

    assert message.state != State.SENT
    assert "SSL" in message.error


@pytest.mark.parametrize(("asked", "minutes"), [("600", 10), ("nonsense", 1), ("999999", 360), ("9" * 30, 360)])
def test_a_busy_gateway_is_left_alone_as_long_as_it_asks(network, gateway, asked, minutes):
    gateway.mood = lambda number: 429 if number == 1 else 200
    gateway.headers = {"Retry-After": asked}
    put(network)

    assert deliver(network).due_at == NOW + timedelta(minutes=minutes)


def test_a_gateway_that_is_away_rests_and_nothing_is_lost(network, gateway, settings):
    settings.TRAGNETZ_SMS = SMS
    for number in range(5):
        put(network, key=f"booking:{number}:reminder")

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    settings.TRAGNETZ_SMS = SMS | {"url": gateway.url}
    assert commands.deliver_due(network=network, now=NOW + timedelta(minutes=2)) == 5


def test_a_gateway_that_stays_away_is_given_up_and_told(network, gateway, settings):
    settings.TRAGNETZ_SMS = SMS
    put(network)
    at = NOW
    for _ in range(5):
        message = deliver(network, at)
        at += timedelta(hours=2)

    assert (message.state, message.error, message.attempts) == (State.FAILED, "gave_up:NewConnectionError", 5)


def test_who_fell_over_is_repeated_only_where_that_does_no_harm(network, gateway, settings):
    message = put(network)
    later = NOW + STALE + timedelta(minutes=1)
    for idempotent, state in (("1", State.SENT), ("", State.UNCERTAIN)):
        settings.TRAGNETZ_SMS = settings.TRAGNETZ_SMS | {"idempotent": idempotent}
        Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW, attempts=1)

        assert deliver(network, later).state == state
    assert len(gateway.got) == 1


def test_a_mail_goes_out_with_a_lasting_id(network, mails):
    message = put(network, channel=Channel.EMAIL, address="rosa@example.org", language="ar")

    assert deliver(network).state == State.SENT
    assert f"Message-ID: <{message.pk}@localhost>".encode() in mails.took[0]
    assert b"To: rosa@example.org" in mails.took[0]


def test_a_mail_finds_a_domain_with_umlauts(network, mails):
    put(network, channel=Channel.EMAIL, address="rosa@bücher.example")

    assert deliver(network).state == State.SENT
    assert mails.to == ["<rosa@xn--bcher-kva.example>"]


@pytest.mark.parametrize(
    "address",
    ["rosa@example.org\nBcc: dieb@example.org", "rosa@example.org\r\nRCPT TO:<dieb@example.org>", "rösa@e.org"],
)
def test_an_address_that_would_add_a_line_goes_to_nobody(network, mails, address):
    put(network, channel=Channel.EMAIL, address=address)

    message = deliver(network)

    assert (message.state, message.error.partition(":")[0]) == (State.FAILED, "refused")
    assert (mails.took, mails.to) == ([], [])
    assert "dieb" not in message.error


@pytest.mark.parametrize(
    ("at", "state", "error"),
    [
        ({"EHLO": None, "HELO": None}, State.QUEUED, "SMTPServerDisconnected"),
        ({"MAIL": None}, State.QUEUED, "SMTPServerDisconnected"),
        ({"MAIL": "451 later"}, State.QUEUED, "451"),
        ({"RCPT": "550 rosa@example.org unknown"}, State.FAILED, "refused:550"),
        ({"RCPT": "450 busy"}, State.QUEUED, "450"),
        ({"DATA": "451 later"}, State.QUEUED, "451"),
        ({"DATA": None}, State.UNCERTAIN, "unanswered:SMTPServerDisconnected"),
        ({"END": "554 no"}, State.FAILED, "refused:554"),
        ({"END": "452 full"}, State.QUEUED, "452"),
        ({"END": None}, State.UNCERTAIN, "unanswered:SMTPServerDisconnected"),
    ],
)
def test_what_fails_before_the_text_was_taken_is_sure(network, mails, at, state, error):
    mails.at = at
    put(network, channel=Channel.EMAIL, address="rosa@example.org")

    message = deliver(network)

    assert (message.state, message.error) == (state, error)
    assert "rosa" not in message.error


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"url": "gateway.example/send"}, "TRAGNETZ_SMS_URL"),
        ({"method": "FETCH"}, "TRAGNETZ_SMS_METHOD"),
        ({"headers": "Bearer x"}, "TRAGNETZ_SMS_HEADERS"),
        ({"headers": '{"a": 1}'}, "TRAGNETZ_SMS_HEADERS"),
        ({"body": '{"to": "{to}"}'}, "TRAGNETZ_SMS_BODY"),
        ({"body": '{"to": "{to}", "text": {text}'}, "TRAGNETZ_SMS_BODY"),
        ({"body": '{"to": "{to}", "text": "{text}"}', "headers": "{}", "idempotent": "1"}, "TRAGNETZ_SMS_BODY"),
        ({"success": "ok"}, "TRAGNETZ_SMS_SUCCESS"),
        ({"success": "200-404"}, "TRAGNETZ_SMS_SUCCESS"),
        ({"timeout": "soon"}, "TRAGNETZ_SMS_TIMEOUT"),
        ({"timeout": "900"}, "TRAGNETZ_SMS_TIMEOUT"),
    ],
)
def test_wrong_settings_are_named_before_the_first_message(settings, changed, named):
    with pytest.raises(GatewayError, match=named):
        read_gateway(SMS | changed)
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "smtp"}
    settings.TRAGNETZ_SMS = SMS | changed

    found = {one.id: one.msg for one in run_checks()}

    assert named in found["tragnetz.E002"]


def test_words_of_a_person_stay_data_wherever_they_stand(network):
    gateway = read_gateway(SMS | {"method": "GET", "url": "https://g.example/?to={to}&text={text}"})

    assert (
        gateway._filled(gateway.url, {"to": "+49", "text": 'a&b="ü"'}, "url")
        == "https://g.example/?to=%2B49&text=a%26b%3D%22%C3%BC%22"
    )
    assert gateway._filled('{"a": "{text}"}', {"text": '"}\n'}, "json") == '{"a": "\\"}\\n"}'
    assert gateway._filled("a={text}", {"text": "1&2 3"}, "form") == "a=1%262+3"
    words = {"to": "+49", "text": "{id} {to} {text}", "id": "7"}
    assert gateway._filled("{to}|{text}|{id}", words, "raw") == "+49|{id} {to} {text}|7"


def test_wrong_settings_send_nothing_and_lose_nothing(network, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "file"}
    settings.TRAGNETZ_SMS = SMS | {"url": ""}
    put(network)

    assert (deliver(network).state, Message.objects.get().error) == (State.QUEUED, "GatewayError")
