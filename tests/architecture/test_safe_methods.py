"""Reading changes nothing, and what changes something needs its token: each address of the site is asked both."""

import pytest
from django.db import connection
from django.test import Client

from tests.architecture import test_matrix
from tests.architecture.test_matrix import ACCOUNT, MATRIX, PERSONAS, WORK
from tests.architecture.walks import Writes
from tests.personas import client_of

records = test_matrix.records  # one of everything
# What any look leaves: the event that it happened, the session's last use, the count of tries.
TRACES = {"audit_event", "staff_session", "staff_bucket"}
# Page -> what it notes besides; it would be noted again by the next look, and decides nothing.
NOTED: dict[str, set[str]] = {
    "workspace:figures_council": {"reporting_sheet"},  # counted once and kept, the same for whoever asks next
    "workspace:outlook": {"screening_foreseen"},  # what is new has been seen
    "workspace:own_access": {"casework_ownmessage"},  # messages have been read
}
PARTS = {"workspace:feedback"}  # pieces of a page, for a script
# Changes something without a token: another proof, or nothing is kept.
WITHOUT_TOKEN = {
    "portal:own",  # the code; `is_from_here` asks for the origin, for a token would be a cookie before a code is typed
    "api:check",  # computes and keeps nothing
}


def path_of(name: str) -> str:
    path = MATRIX[name][1]
    return path if path.startswith("/") else f"/de/{path}"


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_look_of_staff_changes_nothing(walked, persona):
    seen = walked(persona)
    changed = {
        name: sorted(answer.written - TRACES - NOTED.get(name, set()))
        for pages in (seen.pages, seen.asked_oddly)
        for name, answer in pages.items()
        if answer.written - TRACES - NOTED.get(name, set())
    }

    assert changed == {}


def test_a_look_of_a_visitor_changes_nothing(client, herne):
    changed = {}
    for name, (method, _path, _status) in MATRIX.items():
        writes = Writes()
        with connection.execute_wrapper(writes):
            if method == "get":
                client.get(path_of(name)).getvalue()
            client.head(path_of(name)).getvalue()
            client.options(path_of(name)).getvalue()
        if writes.tables - TRACES - NOTED.get(name, set()):
            changed[name] = sorted(writes.tables - TRACES)

    assert changed == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_page_of_the_work_lets_one_log_out(walked, persona):
    """V7.4.4: in the head of each page."""
    without = [
        name
        for name, answer in walked(persona).pages.items()
        if answer.status_code == 200
        and answer.headers.get("Content-Type", "").startswith("text/html")
        and name not in PARTS
        and 'href="/de/konto/abmelden/"' not in answer.words
    ]

    assert without == []


def test_what_writes_is_noticed(client, herne):
    """The negative control: a form that is sent leaves its table."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        client.post("/de/barrierefreiheit/melden/", {"text": "Der Knopf ist zu klein", "page": "", "reply_to": ""})

    assert "staff_remark" in writes.tables


def asks_for_its_token(client, path: str) -> bool:
    """Whether a form that is sent without its token is refused for that, and for nothing else."""
    return getattr(client.post(path).wsgi_request, "csrf_refused", False)


def test_every_public_address_asks_for_the_token_of_its_form(herne):
    client = Client(enforce_csrf_checks=True)

    without = {name for name in MATRIX if not asks_for_its_token(client, path_of(name))}

    assert {name for name in without if not name.startswith("hsds:")} == WITHOUT_TOKEN
    writes = Writes()  # the open directory is read by POST, too
    with connection.execute_wrapper(writes):
        assert {client.post(path_of(name)).status_code for name in without - WITHOUT_TOKEN} <= {200, 404, 405}
    assert writes.tables <= TRACES


@pytest.mark.parametrize("persona", ["counsellor", "catalogue", "admin"])
def test_every_address_of_the_work_asks_for_the_token_of_its_form(records, persona):
    client = client_of(persona)
    client.handler.enforce_csrf_checks = True
    paths = {name: path.format(**records) for name, (_method, path, _statuses) in WORK.items()} | ACCOUNT

    assert [name for name, path in paths.items() if not asks_for_its_token(client, f"/de/{path}")] == []
