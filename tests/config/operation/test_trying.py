"""A message to oneself tells whether messages leave, in words of what the server said."""

import pytest

from tests.messaging.servers import Gateway, MailServer, http_gateway, mail_server
from tests.messaging.test_gateways import SMS
from tragnetz.config.cli import main
from tragnetz.messaging.models import Message

pytestmark = pytest.mark.django_db


def test_both_ways_are_tried_and_nothing_is_kept(network, settings, capsys):
    with http_gateway(Gateway()) as gateway, mail_server(MailServer()) as mails:
        settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "smtp"}
        settings.TRAGNETZ_SMS = SMS | {"url": gateway.url}
        settings.TRAGNETZ_SMTP = {
            "host": "127.0.0.1",
            "port": mails.port,
            "username": "",
            "password": "",
            "use_tls": False,
        }

        assert main(["doctor", "--email", "ich@example.org", "--sms", "0170 1234567"]) == 0

    assert [one["to"] for one in gateway.got] == ["+491701234567"]
    assert len(mails.took) == 1
    told = capsys.readouterr().out
    assert "E-Mail: angenommen" in told
    assert "SMS: angenommen" in told
    assert not Message.objects.exists()


def test_what_the_server_does_not_take_is_an_error_with_its_code(settings, capsys):
    with http_gateway(Gateway(mood=lambda _number: 403)) as gateway:
        settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "smtp"}
        settings.TRAGNETZ_SMS = SMS | {"url": gateway.url}

        assert main(["doctor", "--sms", "+491701234567"]) == 2

    assert "SMS: nicht angenommen (403)" in capsys.readouterr().out


def test_a_way_that_leads_nowhere_is_a_warning(settings, tmp_path, capsys):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}

    assert main(["doctor", "--email", "ich@example.org"]) == 1
    assert "sie ging nicht hinaus" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["--email", "kein ort"], ["--sms", "12"]])
def test_what_is_no_address_is_said_before_anything_leaves(given, capsys):
    assert main(["doctor", *given]) == 2
    assert "keine Adresse oder Nummer" in capsys.readouterr().out
