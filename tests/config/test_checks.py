"""What would leave this machine in the open is named before anything starts."""

from types import SimpleNamespace

import pytest

from tragnetz.config.checks import ways_out_are_encrypted

ELSEWHERE = {"default": {"HOST": "db.example", "OPTIONS": {}}}
SAFE = {"default": {"HOST": "db.example", "OPTIONS": {"sslmode": "verify-full"}}}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"TRAGNETZ_SMTP": {"host": "mail.example", "use_tls": False}}, ["tragnetz.W011"]),
        ({"TRAGNETZ_SMTP": {"host": "mail.example", "use_tls": True}}, []),
        ({"TRAGNETZ_SMS": {"url": "http://sms.example"}}, ["tragnetz.W012"]),
        ({"TRAGNETZ_SMS": {"url": "https://sms.example"}}, []),
        ({"DATABASES": ELSEWHERE}, ["tragnetz.W013"]),
        ({"DATABASES": SAFE}, []),
        ({"TRAGNETZ_READERS": [SAFE["default"], ELSEWHERE["default"]]}, ["tragnetz.W013"]),
    ],
)
def test_a_way_out_that_is_not_encrypted_is_named(monkeypatch, given, found):
    ways = {"sms": "http" if "TRAGNETZ_SMS" in given else "file", "email": "smtp"}
    here = {
        "TRAGNETZ_SMTP": {"host": "localhost", "use_tls": False},
        "DATABASES": {"default": {"HOST": "/run/postgresql"}},
        "TRAGNETZ_READERS": [],
    }
    installation = SimpleNamespace(PRODUCTION=True, TRAGNETZ_MESSAGE_BACKENDS=ways, **here | given)
    monkeypatch.setattr("tragnetz.config.checks.settings", installation)

    assert [one.id for one in ways_out_are_encrypted()] == found


def test_a_demo_is_not_warned():
    assert ways_out_are_encrypted() == []
