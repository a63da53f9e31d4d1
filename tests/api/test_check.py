"""The machine interface of the check."""

import pytest

from tragnetz.clients.models import Takeaway
from tragnetz.screening.models import Record

FAMILY = {
    "persons": [
        {"id": "anna", "role": "self", "age": 38, "wage_m": 2800, "hours_w": 38.5},
        {"id": "cem", "role": "child", "age": 9},
    ],
    "housing": {"cold_rent_m": 780, "heating_m": 140, "rent_level": 2},
}


def post(client, data):
    return client.post("/api/check", data, content_type="application/json")


def test_household_in_findings_out_and_nothing_stored(client, herne):
    answer = post(client, {"household": FAMILY}).json()
    found = {one["benefit"]: one for one in answer["findings"]}

    assert found["kindergeld"]["paid_m"] > 200
    assert found["kindergeld"]["persons"] == ["anna"], "who it is paid to"
    assert found["pflegegeld"]["truth"] == "unknown"
    assert found["pflegegeld"]["reasons"][0]["asks"] == ["care_level"]
    assert found["sozialticket"]["name"] == "Deutschlandticket sozial", "the state's rules are there"
    assert answer["disposable_m"] > 2000
    assert answer["families"] == ["anna", "anna"]
    assert Record.objects.count() == Takeaway.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        ({}, "household", "is missing"),
        ({"household": {"persons": []}}, "household.persons", "at least 1 is needed"),
        (
            {"household": FAMILY | {"housing": {"cold_rent_m": -1}}},
            "household.housing.cold_rent_m.0.value",
            "must not be less than 0",
        ),
        ({"household": FAMILY, "on": "1999-01-01"}, "on", "There is no compiled law for 1999-01-01"),
        ({"household": FAMILY, "when": 3}, "when", "is not a known field"),
    ],
)
def test_what_is_wrong_is_said_field_by_field(client, herne, data, field, reason):
    response = post(client, data)

    assert response.status_code == 422
    faults = {one["field"]: one["reason"] for one in response.json()["errors"]}
    assert reason in faults[field]


def test_no_json_is_an_error_and_no_crash(client, herne):
    assert client.post("/api/check", "{", content_type="application/json").status_code == 400
    assert client.get("/api/check").status_code == 405


def test_description_names_every_fact(client, herne):
    described = client.get("/api/openapi.json").json()
    person = described["components"]["schemas"]["Person"]["properties"]

    assert described["openapi"].startswith("3.1")
    assert {"wage_m", "short_time", "care_level", "apart"} <= set(person)


def test_too_many_people_are_told_once_and_not_each(client, herne):
    response = post(client, {"household": {"persons": [{"age": 5}] * 5000}})

    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "household.persons", "reason": "at most 20 are possible, not 5000"}]


@pytest.mark.parametrize(
    "sent",
    [
        '{"household": {"persons": [' + ",".join(["5"] * 60_000) + "]}}",
        '{"household": {"persons": [{"id": "' + "x" * 200_000 + '"}]}}',
        "[" * 50_000,
        "[" * 200_000,
        '{"household": ' + "9" * 5000 + "}",
    ],
)
def test_what_is_longer_than_any_household_is_not_read(client, herne, sent):
    assert client.post("/api/check", sent, content_type="application/json").status_code == 400


def test_of_many_faults_the_first_are_told(client, herne):
    response = post(client, {"household": FAMILY | {"receives": [5] * 5000}})

    assert response.status_code == 422
    assert len(response.json()["errors"]) == 50
