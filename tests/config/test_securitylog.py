"""What the security log says: each refusal and each log-in, without a name, an address or a forged line."""

import json
import logging
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.config.test_login import CODE, SECRET, TOTP, code_now, signed_in, try_in
from tests.factories import make_actor
from tests.personas import booked_enquiry, client_of
from tragnetz.config.logs.formatter import SafeFormatter
from tragnetz.config.securitylog import WRONG_SECRETS, note
from tragnetz.network.models import User


@pytest.fixture
def hanna(network):
    return make_actor(network, "alpha", "counsellor", name="Hanna")


@pytest.fixture
def email(hanna):
    return User.objects.get(pk=hanna.user_id).email


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="tragnetz.security")
    return lambda: [written(row) for row in caplog.records if row.name == "tragnetz.security"]


def written(row: logging.LogRecord) -> dict:
    """Return what a collector gets of a record."""
    return json.loads(SafeFormatter().format(row))


def events(lines) -> list[str]:
    return [line["message"] for line in lines()]


def test_a_log_in_its_failure_and_its_end_are_noted(client, email, lines):
    try_in(client, email, "wrong guess")
    try_in(client, email)
    client.post("/de/konto/abmelden/")

    assert events(lines) == ["login:wrong", "login:done", "login:ended"]
    assert lines()[1]["ways"] == ["password"]
    assert lines()[1]["user"] == lines()[2]["user"] != ""


def test_a_wrong_second_factor_and_a_right_one_are_noted(client, hanna, email, lines):
    TOTP.activate(User.objects.get(pk=hanna.user_id), SECRET)
    try_in(client, email)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_now()})

    assert events(lines) == ["factor:wrong", "login:done"]
    assert lines()[-1]["ways"] == ["password", "mfa"]


def test_what_is_not_for_somebody_is_noted_with_who_it_was(herne, lines):
    case = booked_enquiry(herne).enquiry

    client_of("admin").get("/de/arbeit/faelle/")
    client_of("foreign").get(f"/de/arbeit/anfragen/{case.pk}/")

    refused = [line for line in lines() if line["message"] == "access:refused"]
    assert len(refused) == 2
    assert all(line["user"] and line["page"].startswith("workspace:") for line in refused)
    assert all(datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0) for line in refused)


def test_a_form_without_its_token_and_a_broken_request_are_noted(herne, lines):
    Client(enforce_csrf_checks=True).post("/de/barrierefreiheit/melden/", {"text": "x"})
    Client().post("/de/barrierefreiheit/melden/", {"text": "x" * 3_000_000})

    assert events(lines) == ["form:refused", "request:broken"]


def test_tries_that_were_slowed_are_noted(client, herne, lines):
    for number in range(12):
        client.post("/de/mein-termin/", {"code": f"AAAA-BBBB-{number:04}"})

    assert set(events(lines)) == {"code:wrong", "tries:slowed"}


def test_a_line_tells_no_address_no_name_no_secret(client, email, lines, caplog):
    try_in(client, email, "my secret guess", headers={"User-Agent": "x\nforged line"})

    told = caplog.text + json.dumps(lines())
    assert not [word for word in (email, "my secret guess", "127.0.0.1", "forged") if word in told]
    assert len(lines()[0]["from"]) == 16
    assert lines()[0]["time"].endswith("+00:00")


def test_nobody_can_forge_a_line(rf, network, caplog):
    caplog.set_level(logging.INFO, logger="tragnetz.security")

    note(rf.get("/"), "test", why='x"\n2026 INFO forged')

    line = SafeFormatter().format(caplog.records[-1])
    assert len(line.splitlines()) == 1
    assert json.loads(line)["why"] == 'x"\n2026 INFO forged'


def test_a_visitor_who_mistypes_an_address_is_not_noted(client, herne, lines):
    client.get("/de/gibt-es-nicht/")

    assert lines() == []


def test_a_session_that_ran_out_is_noted(hanna, lines, settings):
    client = signed_in(hanna)
    client.get("/de/arbeit/")
    settings.TRAGNETZ_IDLE_MINUTES = 0

    client.get("/de/arbeit/")

    assert "login:over" in events(lines)


def test_each_wrong_secret_is_of_a_page_that_exists():
    from django.urls import get_resolver

    from tests.architecture.test_matrix import names

    assert set(WRONG_SECRETS) <= names(get_resolver().url_patterns)
