"""No request breaks the interfaces: schemathesis makes requests from their own descriptions.

`make fuzz` sends many and prints figures. Nobody signs in there: all is public, or computed and forgotten.
"""

import json
import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.server import from_elsewhere

SEEN = {200, 400, 404, 405, 422}
COUNT = int(os.environ.get("TRAGNETZ_FUZZ", "0"))
SEED = int(os.environ.get("TRAGNETZ_FUZZ_SEED", "1"))
PATHS = {"hsds": ("/hsds/openapi.json", 16), "api": ("/api/openapi.json", 1)}


def described(description, case, response) -> str:
    """Return what is wrong with an answer by the description; nothing for one that fits or is not described."""
    answers = description["paths"][case.operation.path][case.method.lower()].get("responses", {})
    kinds = answers.get(str(response.status_code), {}).get("content", {})
    schema = kinds.get("application/json", {}).get("schema")
    if schema is None or not response.headers["Content-Type"].startswith("application/json"):
        return ""
    whole = {**schema, "components": description.get("components", {})}
    fault = next(Draft202012Validator(whole).iter_errors(response.json()), None)
    return f"{fault.json_path}: {fault.message[:200]}" if fault else ""


@pytest.mark.parametrize("name", PATHS)
def test_no_request_breaks_an_interface_and_each_answer_fits_its_description(client, herne, name, proxied):
    import schemathesis  # takes a second of each worker's start, and one of them needs it

    path, least = PATHS[name]
    description = client.get(path).json()
    operations = [result.ok() for result in schemathesis.openapi.from_dict(description).get_all_operations()]
    assert len(operations) >= least
    statuses: Counter[int] = Counter()
    examples = max(20, COUNT // (2 * len(operations)))

    def send(case):
        body = case.body if isinstance(case.body, dict | list | str | int | float) else None
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        elsewhere = from_elsewhere(statuses.total())
        response = client.generic(
            case.method, case.formatted_path, query_params=case.query or {}, headers=elsewhere, **sent
        )
        if response.streaming:
            b"".join(response.streaming_content)
        return response

    def check(operation):
        @seed(SEED)
        @given(data=st.data())
        @settings(
            max_examples=examples, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
        )
        def ask(data):
            case = data.draw(operation.as_strategy())
            response = send(case)
            statuses[response.status_code] += 1
            assert response.status_code in SEEN, b"".join(response)[:400]
            assert response.streaming or described(description, case, response) == ""

        ask()

    for operation in operations:
        check(operation)

    if COUNT:
        told = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        print(f"\n{name}: {statuses.total()} requests, seed {SEED}, {len(operations)} operations; by answer: {told}")
    assert statuses.total() > 15 * len(operations) // 2
    assert statuses[200] or name == "api"


@pytest.fixture
def proxied(settings):
    """Let each request come from an address of its own."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
