"""Nothing that people tell us reaches the logs: pages, faults of every sort, and the words of the database."""

import io
import logging
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import get_resolver

from tests.architecture.test_matrix import MATRIX
from tests.config.logs.catching import CANARIES, catching, leaks
from tests.factories import make_actor, make_network
from tests.personas import booked_enquiry, client_of
from tragnetz.clients.commands import add_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.config.logs.numbers import HEADER
from tragnetz.config.tasks import OFTEN, Task
from tragnetz.config.work import Rounds
from tragnetz.core.clock import now
from tragnetz.messaging.commands import queue
from tragnetz.network.models import User


@pytest.fixture
def caught():
    with catching() as handler:
        yield handler


def test_a_plain_log_would_leak(caught):
    """The negative control: what we write differently would tell."""
    plain = logging.StreamHandler(stream := io.StringIO())
    logging.getLogger("other").addHandler(plain)
    try:
        int(CANARIES[0])
    except ValueError:
        logging.getLogger("other").exception("Cannot take %s", CANARIES[1])
    logging.getLogger("other").removeHandler(plain)

    assert CANARIES[0] in stream.getvalue()
    assert CANARIES[1] in stream.getvalue()
    assert leaks(caught.lines) == []
    assert caught.read[-1]["message"] == "Cannot take %s"
    assert caught.read[-1]["error"][0]["type"] == "ValueError"


def test_what_visitors_type_leaves_no_word(herne, caught):
    client = Client()
    for method, path, _status in MATRIX.values():
        address = path if path.startswith("/") else f"/de/{path}"
        getattr(client, method)(address, dict.fromkeys(("q", "ort", "code", "name", "text", "facts"), CANARIES[0]))
        client.post(address, {"name": CANARIES[0], "email": CANARIES[1], "phone": CANARIES[2], "code": CANARIES[5]})
        client.get(f"{address}?{CANARIES[0]}={CANARIES[1]}")
    for path in ("/de/geholfen/Kanarienvogel/", "/kalender/Kanarienvogel.ics", "/de/Kanarienvogel/"):
        client.get(path)
    client.post("/de/konto/anmelden/", {"login": CANARIES[1], "password": CANARIES[0]})

    routes = {line.get("route") for line in caught.read}
    assert {"portal:helped", "calendar_feed", "unknown", "account_login"} <= routes
    assert leaks(caught.lines) == []


def test_a_fault_in_a_page_is_told_without_its_words(herne, caught, monkeypatch):
    def broken(*_args, **_kwargs):
        name, phone = CANARIES[0], CANARIES[2]
        raise RuntimeError(name + phone)

    pattern = next(one for one in get_resolver().url_patterns if getattr(one, "name", "") == "calendar_feed")
    monkeypatch.setattr(pattern, "callback", broken)
    client = Client(raise_request_exception=False)

    response = client.get(f"/kalender/{CANARIES[5]}.ics?q={CANARIES[0]}", headers={"user-agent": CANARIES[0]})

    assert response.status_code == 500
    assert leaks(caught.lines) == []
    fault = next(line for line in caught.read if line["logger"] == "django.request")
    assert (fault["level"], fault["message"]) == ("ERROR", "%s: %s")
    assert fault["error"][0]["type"] == "RuntimeError"
    assert any("test_leaks.py" in place and place.endswith(" broken") for place in fault["error"][0]["trace"])


def test_the_database_s_details_are_left_out(network, caught):
    actor = make_actor(network, "alpha", "counsellor")
    user = User.objects.get(pk=actor.user_id)
    with pytest.raises(DatabaseError) as raised, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_user (id, password, email, first_name, last_name, is_active)"
            " VALUES (%s, '', 'kanarie@leck.example', 'Kanarienvogel', 'x', true)",
            [user.pk],
        )
    assert str(user.pk) in str(raised.value)  # the detail quotes values of the row

    logging.getLogger("other").error("It broke", exc_info=raised.value)

    line = caught.read[-1]
    assert str(user.pk) not in caught.lines[-1]
    assert leaks(caught.lines) == []
    cause = line["error"][1]
    assert cause["type"] == "psycopg.errors.UniqueViolation"
    assert (cause["sqlstate"], cause["table"], cause["constraint"]) == ("23505", "network_user", "network_user_pkey")


def test_a_task_that_fails_is_told_without_its_words(network, caught):
    def broken(*_args):
        raise ValueError(CANARIES[1])

    runs = []

    assert not Rounds().run(network, Task("deliver", "x", broken), runs)
    assert leaks(caught.lines) == []
    assert caught.read[-1]["task"] == "deliver"
    assert (runs[0].failures, runs[0].error) == (1, "builtins.ValueError")


def test_a_message_that_does_not_leave_is_told_without_its_address(network, caught, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "smtp"}
    settings.TRAGNETZ_SMS = {
        "url": "http://127.0.0.1:9/{to}", "method": "POST", "headers": "{}", "body": "{to} {text}", "success": "200",
        "timeout": "1", "idempotent": "",
    }  # fmt: skip
    settings.TRAGNETZ_SMTP = {"host": "127.0.0.1", "port": 9, "username": "", "password": "", "use_tls": False}
    for key, channel, address in (("a", "sms", CANARIES[3]), ("b", "email", CANARIES[1])):
        queue(
            actor=make_actor(network, name=f"Ada{key}"), key=key, channel=channel, address=address, template="booked",
            code=CANARIES[5], language="de", due_at=now(), name=CANARIES[0],
            params={"starts_at": (now() + timedelta(days=1)).isoformat(), "phone": "1"},
        )  # fmt: skip

    Rounds().run(network, next(task for task in OFTEN if task.name == "deliver"), [])

    assert leaks(caught.lines) == []


def test_a_contact_that_the_database_refuses_is_told_without_its_name(network, caught):
    actor = make_actor(network, "alpha", "intake")
    contact = add_contact(
        actor=actor, organisation_id=actor.organisation_id, details=ContactDetails(name=CANARIES[0], phone=CANARIES[2])
    )
    with pytest.raises(DatabaseError) as raised:
        Contact(pk=contact.pk, network_id=make_network("x").pk, name=CANARIES[0]).save(force_insert=True)

    logging.getLogger("django.request").error("Internal Server Error: %s", "/x", exc_info=raised.value)

    assert leaks(caught.lines) == []


def test_a_request_is_told_by_its_names(herne, caught):
    number = Client().get("/de/suche/?q=Miete").headers[HEADER]

    line = next(line for line in caught.read if line["logger"] == "tragnetz.request")
    assert line["request"] == number
    assert (line["method"], line["route"], line["status"], line["role"]) == ("GET", "portal:search", 200, "resident")
    assert line["queries"] > 0
    assert line["ms"] > 0
    assert set(line) == {
        "time", "level", "logger", "message", "request", "method", "route", "status", "ms", "queries", "role",
    }  # fmt: skip


def test_staff_are_a_kind_not_a_person(herne, caught):
    client_of("counsellor").get("/de/arbeit/")

    assert {line["role"] for line in caught.read if line["logger"] == "tragnetz.request"} == {"staff"}
    assert "hanna" not in "".join(caught.lines).lower()


def test_a_booked_enquiry_leaves_no_word(herne, caught):
    booked_enquiry(herne)

    assert leaks(caught.lines) == []


def test_files_of_the_site_leave_no_line(herne, caught):
    Client().get(f"/{django_settings.STATIC_URL.strip('/')}/tragnetz.css")

    assert [line for line in caught.read if line["logger"] == "tragnetz.request"] == []
