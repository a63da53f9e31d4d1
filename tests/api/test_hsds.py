"""The HSDS API: every document fits the specification's own schemas; every filter filters; nothing breaks it."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import referencing
import referencing.jsonschema
from jsonschema import Draft202012Validator

from tragnetz.directory.models import Service

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "3.1" / "schema"
LISTS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
KINDS = {
    "services": "service", "organizations": "organization", "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the validator of the official schema, its references taken from the files beside it."""

    def retrieve(uri: str) -> referencing.Resource:
        contents = json.loads((SCHEMAS / uri.rsplit("/", 1)[-1]).read_text())
        return referencing.Resource.from_contents(contents, default_specification=referencing.jsonschema.DRAFT202012)

    schema = json.loads((SCHEMAS / f"{kind}.json").read_text())
    return Draft202012Validator(
        schema, registry=referencing.Registry(retrieve=retrieve),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )  # fmt: skip


def faults(kind: str, document: dict) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(document)]


@pytest.fixture
def get(client, herne):
    def fetch(path: str, **filters):
        response = client.get(f"/hsds/{path}", filters)
        assert response.status_code == 200, response.content
        return response.json()

    return fetch


needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the specification's schemas lie beside the project")


def test_root_names_version_profile_and_description(get):
    root = get("")

    assert root["version"] == "3.1"
    assert root["profile"].endswith("/hsds/profile")
    assert root["openapi_url"].endswith("/hsds/openapi.json")
    assert get("profile")["timezone"] == "Europe/Berlin"  # of opening hours


def asked_of(description: dict, path: str, method: str) -> set[str]:
    """Return the names of what an address takes in its query, as a description of OpenAPI has them."""
    given, shared = description["paths"][path][method].get("parameters", []), description["components"]
    found = [shared["parameters"][one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in given]
    return {one["name"] for one in found if one["in"] == "query"}


@needs_schemas
def test_every_endpoint_and_filter_of_the_specification_is_there(get):
    official, ours = json.loads((SCHEMAS / "openapi.json").read_text()), get("openapi.json")
    known = {path.removeprefix("/hsds").replace("{key}", "{id}"): path for path in ours["paths"]}
    wanted = [(path, one) for path, methods in official["paths"].items() for one in methods if one != "parameters"]

    lacking = {
        (path, method): asked_of(official, path, method) - asked_of(ours, known[path], method)
        for path, method in wanted
    }

    assert len(wanted) == 16
    assert {where: names for where, names in lacking.items() if names} == {}


@needs_schemas
@pytest.mark.parametrize("path", LISTS)
def test_every_document_fits_the_official_schema(get, path):
    page = get(path, per_page=500, full="true")

    assert set(page) == PAGE
    assert page["total_items"] == page["size"] == len(page["contents"]) > 0
    found = {fault for document in page["contents"] for fault in faults(KINDS[path], document)}
    assert found == set()


@needs_schemas
@pytest.mark.parametrize("path", LISTS)
def test_every_single_document_fits_the_official_schema(get, path):
    for brief in get(path, per_page=8)["contents"]:
        assert faults(KINDS[path], brief) == []
        document = get(f"{path}/{brief['id']}")
        assert faults(KINDS[path], document) == []
        assert document["id"] == brief["id"]


@needs_schemas
def test_the_official_schema_finds_a_fault():
    wrong = {"id": "no-uuid", "status": "asleep", "phones": [{"number": 5}]}

    found = "\n".join(faults("service", wrong))

    assert all(word in found for word in ("$.id", "$.status", "$.phones[0]", "'name' is a required property"))


def test_a_service_tells_all_that_hsds_has_a_place_for(get):
    found = get("services", search="Möbelhof", full="true")["contents"][0]

    assert found["name"] == "Kleidung und Haushaltssachen für wenig Geld"
    assert found["organization"]["id"] == found["organization_id"]
    assert found["fees_description"] == "kleine Preise"
    assert [one["name"] for one in found["service_areas"]] == ["Herne"]
    assert {one["taxonomy_term"]["code"] for one in found["attributes"]} == {"money", "housing", "money-short"}


def test_eligibility_is_generated_from_the_rule(get):
    found = get("services", search="Kinderzuschlag", full="true")["contents"][0]

    assert "Kind" in found["eligibility_description"]
    assert found["x_tragnetz"]["prerequisites"]


def test_pages_cut_the_list_without_loss(get):
    first, second = (get("services", per_page=40, page=number) for number in (1, 2))
    ids = [one["id"] for page in (first, second) for one in page["contents"]]

    assert len(set(ids)) == first["total_items"] == second["total_items"]
    assert (first["first_page"], first["last_page"], second["last_page"]) == (True, False, True)
    assert get("services", page=99)["empty"] is True


@pytest.mark.parametrize("path", LISTS)
def test_lines_hold_the_whole_list(client, herne, get, path):
    response = client.get(f"/hsds/{path}?format=ndjson&per_page=1")

    lines = [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]
    assert response["Content-Type"] == "application/x-ndjson"
    assert [line["id"] for line in lines] == [one["id"] for one in get(path, per_page=500)["contents"]]


@pytest.mark.parametrize("path", LISTS)
def test_post_searches_as_get_does(client, herne, get, path):
    asked = {"search": "Arbeit", "per_page": 5}
    expected = get(path, **asked)

    assert client.post(f"/hsds/{path}", asked, content_type="application/json").json() == expected
    assert client.post(f"/hsds/{path}?search=Arbeit&per_page=5").json() == expected
    assert 0 < expected["total_items"] < get(path)["total_items"] or path == "taxonomies"


def test_filters_are_taken_together(get):
    everything = get("services", per_page=500, full="true")["contents"]
    term = next(one for one in get("taxonomy_terms")["contents"] if one["code"] == "housing")
    organisation = next(one for one in get("organizations", per_page=500)["contents"] if one["name"] == "Stadt Herne")

    housing = get("services", taxonomy_term_id=term["id"])
    of_city = get("services", taxonomy_term_id=term["id"], organization_id=organisation["id"])

    def has(one):
        return any(attribute["taxonomy_term_id"] == term["id"] for attribute in one["attributes"])

    assert housing["total_items"] == sum(map(has, everything)) > of_city["total_items"]
    assert of_city["total_items"] == sum(
        has(one) and one["organization_id"] == organisation["id"] for one in everything
    ) > 0  # fmt: skip


def test_situations_and_taxonomies_filter_too(get):
    taxonomies = {one["name"]: one["id"] for one in get("taxonomies")["contents"]}
    term = next(one for one in get("taxonomy_terms")["contents"] if one["code"] == "power-cut")

    assert term["taxonomy_id"] == taxonomies["Lebenslagen"]
    found = get("services", taxonomy_term_id=term["id"])["contents"]
    assert "Hilfe bei Stromschulden und Stromsperre" in {one["name"] for one in found}
    assert get("services", taxonomy_id=str(uuid.uuid4()))["total_items"] == 0
    assert get("services", taxonomy_id=taxonomies["Themen"])["total_items"] == get("services")["total_items"]
    assert get("taxonomy_terms", taxonomy_id=taxonomies["Themen"], top_only="true")["total_items"] > 0
    assert get("taxonomy_terms", parent_id=term["id"])["empty"] is True


def test_modified_after_gives_what_changed(get):
    moment = datetime.now(UTC) + timedelta(minutes=1)
    assert get("services", modified_after=moment.isoformat())["total_items"] == 0
    Service.objects.filter(key="wohngeld").update(modified_at=moment + timedelta(seconds=1))

    found = get("services", modified_after=moment.isoformat(), minimal="true")["contents"]

    assert [set(one) for one in found] == [{"id", "modified_date"}]


def test_places_are_found_by_postcode_and_distance(get):
    from tragnetz.network.models import Site

    site = Site.objects.get(key="buschkampstrasse")
    Site.objects.filter(pk=site.pk).update(latitude=51.52, longitude=7.16)
    Site.objects.exclude(pk=site.pk).update(latitude=51.54, longitude=7.22, postcode="44623")

    here = get("service_at_locations", postcode="44625")["contents"]
    near = get("service_at_locations", postcode="44625", proximity=100)["contents"]
    wide = get("service_at_locations", postcode="44625", proximity=10_000)["contents"]

    assert {one["location_id"] for one in near} == {str(site.pk)} <= {one["location_id"] for one in here}
    assert len({one["location_id"] for one in wide}) > len({one["location_id"] for one in near})
    assert here[0]["service"]["id"] == here[0]["service_id"]


@needs_schemas
def test_a_changed_service_tells_what_changed(get, herne):
    from tests.personas import actor_of
    from tragnetz.directory.editing import revise

    row = Service.objects.get(key="wohngeld")
    revise(actor=actor_of(herne, "catalogue"), service=row, changes={"languages": ["de", "pl"]})

    document = get(f"services/{row.pk}")

    assert faults("service", document) == []
    change = document["metadata"][0]
    assert (change["field_name"], change["replacement_value"]) == ("languages", '["de", "pl"]')
    assert change["updated_by"] == "Redaktion"


def test_an_organisation_shows_its_services(get):
    city = next(one for one in get("organizations", per_page=500)["contents"] if one["name"] == "Stadt Herne")
    brief, full = get(f"organizations/{city['id']}"), get(f"organizations/{city['id']}", full_service="true")

    assert brief["locations"][0]["addresses"][0]["city"] == "Herne"
    assert {one["id"] for one in brief["services"]} == {one["id"] for one in full["services"]} != set()
    assert "attributes" in full["services"][0]


def test_an_organisation_does_not_show_what_is_over(get, herne):
    service = Service.objects.exclude(organisation=None).order_by("key").first()
    path = f"organizations/{service.organisation_id}"
    assert str(service.pk) in {one["id"] for one in get(path)["services"]}

    Service.objects.filter(pk=service.pk).update(valid_until="2020-01-31")

    assert str(service.pk) not in {one["id"] for one in get(path)["services"]}
    assert get(f"services/{service.pk}")["alert"] == "Befristet bis 31.1.2020."


@pytest.mark.parametrize(
    "path",
    ["services?page=0", "services?per_page=501", "services?format=xml", "services?taxonomy_term_id=5",
     "services?modified_after=gestern", "service_at_locations?proximity=-1", "service_at_locations?proximity=nan"],
)  # fmt: skip
def test_wrong_filters_are_named(client, herne, path):
    response = client.get(f"/hsds/{path}")

    assert response.status_code == 422
    assert path.split("?")[1].split("=")[0] in response.json()["errors"][0]["field"]


@pytest.mark.parametrize("path", LISTS)
def test_unknown_ids_are_told(client, herne, path):
    assert client.get(f"/hsds/{path}/{uuid.uuid4()}").status_code == 404


def test_a_list_costs_the_same_queries_however_long(get, django_assert_max_num_queries):
    get("services", per_page=1)  # from now on the process knows the network, and how many services there are

    with django_assert_max_num_queries(20):
        get("services", per_page=500, full="true")


def test_organisations_cost_the_same_queries_however_many_services_they_show(get, herne, django_assert_max_num_queries):
    get("organizations", per_page=1)

    with django_assert_max_num_queries(25):
        found = get("organizations", per_page=500, full_service="true")["contents"]

    shown = [service["id"] for one in found for service in one["services"]]
    assert len(found) > 30
    assert len(shown) == len(set(shown)) == Service.objects.count()


def test_other_networks_are_not_shown(get, other_network):
    from tragnetz.network.models import Organisation
    from tragnetz.network.scope import scope

    with scope(other_network):
        row = Service(
            network=other_network, key="fremd", kind="offer", name={"de": "Fremd"}, summary={"de": "x"},
            description={"de": "x"}, organisation=Organisation.objects.first(), source={}, checked={}, search_name="Fremd",
            search_text="Fremd",
        )  # fmt: skip
        row.save()

    assert "Fremd" not in {one["name"] for one in get("services", per_page=500)["contents"]}
    assert get("services", search="Fremd")["total_items"] == 0 or all(
        one["id"] != str(row.pk) for one in get("services", search="Fremd")["contents"]
    )


def test_any_site_may_read_the_open_data(client, herne):
    response = client.get("/hsds/services")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/de/")


def test_a_browser_may_ask_before_it_sends_a_search_from_another_site(client, herne):
    asked = {"origin": "https://x.example", "access-control-request-method": "POST",
             "access-control-request-headers": "content-type"}  # fmt: skip

    response = client.options("/hsds/services", headers=asked)

    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert response["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Methods" not in client.options("/de/")


@pytest.mark.parametrize("path", ["", "services?full=true", "services?format=ndjson", "services?page=x"])
def test_head_answers_as_get_without_a_body(client, herne, path):
    told, shown = client.head(f"/hsds/{path}"), client.get(f"/hsds/{path}")

    assert (told.status_code, told.getvalue()) == (shown.status_code, b"")
    assert told["Content-Type"] == shown["Content-Type"]
    assert told["Access-Control-Allow-Origin"] == "*"
    if not shown.streaming:
        assert told["Content-Length"] == str(len(shown.content))


def test_who_of_the_staff_says_that_an_entry_is_true_is_named_inside_alone(client, herne):
    from tests.personas import EMAILS, client_of
    from tragnetz.network.models import User

    editor, name = client_of("catalogue"), User.objects.get(email=EMAILS["catalogue"]).get_full_name()
    service = Service.objects.exclude(organisation=None).filter(sensitive=False).order_by("key").first()
    for _twice in range(2):  # the second confirmation has the first one as what stood there before
        assert editor.post(f"/de/arbeit/verzeichnis/{service.pk}/bestaetigen/").status_code == 302
    assert Service.objects.get(pk=service.pk).checked["by"] == name
    assert name in editor.get(f"/de/arbeit/verzeichnis/{service.pk}/").content.decode()

    for path in (
        f"/hsds/services/{service.pk}",
        f"/hsds/organizations/{service.organisation_id}?full_service=true",
        "/hsds/services?full=true&per_page=500",
        "/hsds/service_at_locations?full=true&per_page=500",
        f"/de/angebote/{service.key}/",
        f"/de/angebote/{service.key}/blatt.pdf",
        "/de/neu/",
        "/de/feeds/angebote.atom",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        told = response.content.decode(errors="replace")
        assert not [one for one in name.split() if one in told or json.dumps(one)[1:-1] in told], path


def test_an_organisation_that_says_so_itself_is_named(client, herne):
    service = Service.objects.exclude(organisation=None).filter(sensitive=False).order_by("key").first()
    own = service.organisation.name
    service.checked = {"state": "confirmed", "on": "2026-11-20", "by": own}
    service.save()

    page = client.get(f"/de/angebote/{service.key}/").content.decode()
    document = client.get(f"/hsds/services/{service.pk}").json()

    assert own in unescape(page.partition("Zuletzt geprüft")[2][:400])
    assert document["x_tragnetz"]["checked"]["by"] == own
