"""No request breaks the HSDS API: schemathesis makes requests from its own description."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

SEEN = {200, 400, 404, 405, 422}


@pytest.fixture
def operations(client, herne):
    description = client.get("/hsds/openapi.json").json()
    return [result.ok() for result in schemathesis.openapi.from_dict(description).get_all_operations()]


def test_no_request_breaks_the_api(client, operations):
    assert len(operations) >= 16
    statuses = []

    def send(case):
        body = case.body if isinstance(case.body, dict | list) else None
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        response = client.generic(case.method, case.formatted_path, query_params=case.query or {}, **sent)
        if response.streaming:
            b"".join(response.streaming_content)
        return response

    def check(operation):
        @given(data=st.data())
        @settings(max_examples=20, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
        def ask(data):
            response = send(data.draw(operation.as_strategy()))
            statuses.append(response.status_code)
            assert response.status_code in SEEN, response.content[:400]

        ask()

    for operation in operations:
        check(operation)

    assert len(statuses) > 150
    assert 200 in statuses
