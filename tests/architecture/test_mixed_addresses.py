"""A part of somebody else's case does not open below a case of one's own: an address is looked at as a whole (IDOR)."""

import re

import pytest

from tests.architecture import test_matrix
from tests.architecture.test_matrix import SENT, WORK
from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today

records = test_matrix.records  # one of everything, of the counsellor's case
NESTED = {
    name: (method, path)
    for name, (method, path, _statuses) in WORK.items()
    if "case" in re.findall(r"{(\w+)}", path) and len(set(re.findall(r"{(\w+)}", path))) > 1
}


@pytest.fixture
def own_case(herne, records):
    """A case of the colleague, who may not see the counsellor's."""
    colleague = actor_of(herne, "colleague")
    taken = booked_enquiry(herne, "colleague", key="2" * 32)
    return open_case(actor=colleague, enquiry=taken.enquiry, today=today(herne.zone))


def test_most_parts_of_a_case_are_asked_for():
    assert len(NESTED) > 25
    assert {"workspace:file_content", "workspace:goal", "workspace:claim", "workspace:letter_pdf"} <= NESTED.keys()


def test_no_part_of_anothers_case_opens_below_ones_own(records, own_case):
    client = client_of("colleague")
    assert client.get(f"/de/arbeit/faelle/{own_case.pk}/").status_code == 200
    assert client.get(f"/de/arbeit/faelle/{records['case']}/").status_code == 404
    mixed = {**records, "case": own_case.pk}

    opened = {}
    for name, (method, path) in NESTED.items():
        response = getattr(client, method)(f"/de/{path.format(**mixed)}", SENT if method == "post" else {})
        if response.status_code != 404 or b"Zitronenfalter" in response.getvalue():
            opened[name] = response.status_code

    assert opened == {}


def test_the_parts_are_there_for_whom_they_are(records):
    """The negative control: below their own case the same addresses open."""
    client = client_of("counsellor")
    opened = [
        name
        for name, (method, path) in NESTED.items()
        if method == "get" and client.get(f"/de/{path.format(**records)}").status_code == 200
    ]

    assert len(opened) > 10
