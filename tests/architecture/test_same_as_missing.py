"""A foreign record and one that does not exist get the same answer by the same work (facts, test 16).

The time itself is measured by `make bench PART=trust`: here a busy machine would decide.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture import test_matrix
from tests.architecture.test_matrix import WORK
from tests.personas import client_of
from tragnetz.network import middleware
from tragnetz.staff import sessions

records = test_matrix.records  # the fixture of the matrix: one of everything, all of Caritas
# Pages of one record, that the lead of the Red Cross may open for records of their own.
ADDRESSES = {
    name: path
    for name, (method, path, statuses) in WORK.items()
    if method == "get" and statuses[2] == 404 and re.findall(r"{(\w+)}", path)
}


def asked(client, path: str) -> tuple[int, str, list[str]]:
    """Return status, page and the queries of a request, without what differs by id, time or token."""
    with CaptureQueriesContext(connection) as caught:
        response = client.get(f"/de/{path}")
    page = re.sub(
        r'nonce="[^"]*"|[0-9a-f-]{32,36}|value="[A-Za-z0-9]{64}"|data-(?:idle|left)="\d+"|\d\d:\d\d Uhr',
        "*",
        response.content.decode(),
    )
    return response.status_code, page, [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in caught]


def test_most_pages_of_a_record_are_walked():
    assert len(ADDRESSES) > 40
    assert {"workspace:case", "workspace:file", "workspace:file_content", "workspace:referral"} <= ADDRESSES.keys()


@pytest.mark.parametrize("persona", ["foreign"])
def test_a_foreign_record_is_answered_as_one_that_does_not_exist(records, persona, monkeypatch):
    # A slow walk notes nothing on its way, and does not read the network again.
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(hours=1))
    monkeypatch.setattr(middleware, "NETWORK_CACHE_SECONDS", 3600)
    client = client_of(persona)
    client.get("/de/arbeit/")  # what is read once in a session is read
    different = {}
    for name, path in ADDRESSES.items():
        first = re.findall(r"{(\w+)}", path)[0]
        missing = {**records, first: uuid4()}
        client.get(f"/de/{path.format(**missing)}")
        foreign, nowhere = asked(client, path.format(**records)), asked(client, path.format(**missing))
        if foreign != nowhere or foreign[0] != 404:
            different[name] = (foreign[0], set(foreign[2]) ^ set(nowhere[2]), foreign[1] == nowhere[1])

    assert different == {}
