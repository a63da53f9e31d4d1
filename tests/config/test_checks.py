"""Settings of the log-in that say nothing, or half of it, are named before anything starts."""

import pytest

from tragnetz.config.checks import files_can_be_searched, people_can_sign_in

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
