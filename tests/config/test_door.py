"""What is turned away before any page looks at it."""

import pytest


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "ÄÖ"])
def test_methods_that_we_do_not_have_are_refused(client, network, method):
    response = client.generic(method, "/de/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "path",
    [
        "einbetten/?art=angebote&angebot=a%00b",
        "gruppen/?thema=%00",
        "suche/?q=a%00b",
        "offen/?tag=%00",
        "stadtplan/?art=%00",
    ],
)
def test_a_nul_in_a_question_breaks_nothing(client, herne, path):
    assert client.get(f"/de/{path}").status_code == 200


def test_without_encryption_machines_are_refused_and_people_led_on(client, network, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/hsds/").status_code == 403
    assert client.get("/kalender/x.ics").status_code == 403
    assert client.get("/hsds/", secure=True).status_code == 200
