"""Wherever somebody reads about help, a talk is one tap away, at any hour."""

import re

import pytest


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/de/situation/debts/", None),
        ("/de/angebote/wohngeld/", None),
        ("/de/suche/?q=Miete", None),
        ("/de/suche/?q=Qwrtzpsdf", None),
        ("/de/wegweiser/ergebnis/", {"situations": ["cannot-pay-rent"]}),
    ],
)
def test_a_page_on_help_leads_to_an_appointment_and_a_call(client, herne, path, answers):
    response = client.post(path, answers) if answers else client.get(path)
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]

    assert response.status_code == 200
    assert re.search(r'href="/de/termin/"><span class="kern-label">Termin vereinbaren<', main)
    assert re.search(r'href="/de/rueckruf/(\?eilig=1)?"><span class="kern-label">Rückruf wünschen<', main)
