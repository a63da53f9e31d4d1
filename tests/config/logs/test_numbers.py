"""Each request has a number that cannot carry anything else."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tragnetz.config.logs.numbers import HEADER, current_number

OURS = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}")
MADE = ["0123456789abcdef0123456789abcdef", "019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b", "0123456789ABCDEF0123456789ABCDEF"]
FREE = ["Rosa-Geheimrat", "0170 5550123", "x" * 32, "", "a\r\nb", "{}", "0123456789abcdef", MADE[0] + "\n"]


def number(**headers: str) -> str:
    found = Client().get("/health/", headers=headers).headers[HEADER]
    return str(found)


def test_a_request_gets_a_number_of_ours(herne):
    assert OURS.fullmatch(number())
    assert number() != number()
    assert current_number() == ""


@pytest.mark.parametrize("given", MADE)
def test_a_trusted_proxy_s_number_is_taken(herne, settings, given):
    settings.TRAGNETZ_BEHIND_PROXY = True

    assert number(**{HEADER: given}) == given.lower()


@pytest.mark.parametrize("given", FREE)
def test_free_text_is_not_taken(herne, settings, given):
    settings.TRAGNETZ_BEHIND_PROXY = True

    assert OURS.fullmatch(number(**{HEADER: given}))


def test_without_a_proxy_nobody_names_a_request(herne):
    assert OURS.fullmatch(number(**{HEADER: MADE[0]}))


def test_the_page_of_a_fault_shows_the_number(herne, monkeypatch):
    def broken(_request):
        raise RuntimeError

    pattern = next(one for one in get_resolver().url_patterns if getattr(one, "name", "") == "health")
    monkeypatch.setattr(pattern, "callback", broken)

    response = Client(raise_request_exception=False).get("/health/")

    assert response.status_code == 500
    assert response.headers[HEADER] in response.content.decode()
