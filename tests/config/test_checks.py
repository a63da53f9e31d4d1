"""Settings of the log-in that say nothing, or half of it, are named before anything starts."""

from types import SimpleNamespace

import pytest

from tragnetz.config.checks import files_can_be_searched, people_can_sign_in, ways_out_are_encrypted

OIDC = {"issuer": "https://login.example", "client_id": "tragnetz", "secret": "secret", "name": "Stadt"}


def names(settings, **given) -> list[str]:
    for name, value in given.items():
        setattr(settings, name, value)
    return [found.id for found in people_can_sign_in()]


@pytest.mark.parametrize("given", [{}, {"TRAGNETZ_SECOND_FACTOR": "required"}, {"TRAGNETZ_OIDC": OIDC}])
def test_what_is_whole_passes(settings, given):
    assert names(settings, **given) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"TRAGNETZ_SECOND_FACTOR": "yes"}, ["tragnetz.E003"]),
        ({"TRAGNETZ_OIDC": OIDC | {"secret": ""}}, ["tragnetz.E004"]),
        ({"TRAGNETZ_OIDC": OIDC | {"issuer": "http://login.example"}, "PRODUCTION": True}, ["tragnetz.E005"]),
    ],
)
def test_what_is_half_is_named(settings, given, found):
    assert names(settings, **given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"TRAGNETZ_SCANNER": "unix:/run/clamav/clamd.ctl", "TRAGNETZ_SCANNER_AWAY": "keep"}, []),
        ({"TRAGNETZ_SCANNER": "clamav:3310"}, ["tragnetz.E007"]),
        ({"TRAGNETZ_SCANNER_AWAY": "maybe"}, ["tragnetz.E008"]),
    ],
)
def test_a_scanner_that_could_not_be_asked_is_named(settings, given, found):
    for name, value in given.items():
        setattr(settings, name, value)

    assert [one.id for one in files_can_be_searched()] == found


ELSEWHERE = {"default": {"HOST": "db.example", "OPTIONS": {}}}
SAFE = {"default": {"HOST": "db.example", "OPTIONS": {"sslmode": "verify-full"}}}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"TRAGNETZ_SMTP": {"host": "mail.example", "use_tls": False}}, ["tragnetz.W010"]),
        ({"TRAGNETZ_SMTP": {"host": "mail.example", "use_tls": True}}, []),
        ({"TRAGNETZ_SMS": {"url": "http://sms.example"}}, ["tragnetz.W011"]),
        ({"TRAGNETZ_SMS": {"url": "https://sms.example"}}, []),
        ({"DATABASES": ELSEWHERE}, ["tragnetz.W012"]),
        ({"DATABASES": SAFE}, []),
    ],
)
def test_a_way_out_that_is_not_encrypted_is_named(monkeypatch, given, found):
    ways = {"sms": "http" if "TRAGNETZ_SMS" in given else "file", "email": "smtp"}
    here = {
        "TRAGNETZ_SMTP": {"host": "localhost", "use_tls": False},
        "DATABASES": {"default": {"HOST": "/run/postgresql"}},
    }
    installation = SimpleNamespace(PRODUCTION=True, TRAGNETZ_MESSAGE_BACKENDS=ways, **here | given)
    monkeypatch.setattr("tragnetz.config.checks.settings", installation)

    assert [one.id for one in ways_out_are_encrypted()] == found


def test_a_demo_is_not_warned():
    assert ways_out_are_encrypted() == []
