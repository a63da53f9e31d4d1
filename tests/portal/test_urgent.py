"""What cannot wait: people are told to call today only while somebody picks up today."""

import re
from datetime import timedelta

import pytest

from tragnetz.core.clock import today
from tragnetz.network.models import Hotline
from tragnetz.network.rules import DAYS

TODAY, LATER = "Rufen Sie heute noch an", "Heute ist niemand mehr am Telefon"


def picks_up(herne, *, days_ahead: int) -> None:
    """Let somebody be at each line one day, from the first to the last minute."""
    day = today(herne.zone) + timedelta(days=days_ahead)
    hours = [{"days": [DAYS[day.weekday()]], "opens": "00:00", "closes": "23:59", "on_holidays": True}]
    Hotline.objects.update(hours=hours)


def pages(client) -> dict[str, str]:
    return {
        "situation": client.get("/de/situation/eviction/").content.decode(),
        "result": client.post("/de/wegweiser/ergebnis/", {"situations": ["eviction"]}).content.decode(),
    }


def test_what_is_urgent_says_call_today_while_somebody_picks_up(client, herne):
    picks_up(herne, days_ahead=0)

    start, found = client.get("/de/").content.decode(), pages(client)

    assert "Heute noch anrufen" in start
    assert {name: (TODAY in page, LATER in page) for name, page in found.items()} == dict.fromkeys(found, (True, False))


@pytest.mark.parametrize("days_ahead", [1, 3])
def test_nobody_is_told_to_call_today_when_all_lines_are_closed(client, herne, days_ahead):
    picks_up(herne, days_ahead=days_ahead)

    start, found = client.get("/de/").content.decode(), pages(client)

    assert "Heute noch anrufen" not in start
    assert "Das eilt" in start
    for page in found.values():
        assert (TODAY in page, LATER in page) == (False, True)
        assert 'href="tel:112"' in page


@pytest.mark.parametrize("days_ahead", [0, 1])
def test_what_is_urgent_offers_one_way_to_be_called_and_it_is_the_urgent_one(client, herne, days_ahead):
    picks_up(herne, days_ahead=days_ahead)

    mains = [page.split("<main", 1)[1].split("</main>")[0] for page in pages(client).values()]

    assert [re.findall(r'href="/de/rueckruf/([^"]*)"', main) for main in mains] == [["?eilig=1"]] * 2


@pytest.mark.parametrize("path", ["situation/debts/", "angebote/wohngeld/", "suche/?q=Miete", "rueckruf/"])
def test_a_page_after_hours_asks_once_whether_we_shall_call(client, herne, path):
    picks_up(herne, days_ahead=1)

    main = client.get(f"/de/{path}").content.decode().split("<main", 1)[1].split("</main>")[0]

    assert main.count('href="/de/rueckruf/"') == (0 if path == "rueckruf/" else 1)


def test_the_line_of_an_address_decides_and_not_another_one(client, herne):
    picks_up(herne, days_ahead=1)
    Hotline.objects.exclude(districts__key="wanne").update(
        hours=[{"days": list(DAYS), "opens": "00:00", "closes": "23:59", "on_holidays": True}]
    )

    typed = {"situations": ["eviction"], "address": "Hauptstr. 5"}
    page = client.post("/de/wegweiser/ergebnis/", typed).content.decode()

    assert (TODAY in page, LATER in page) == (False, True)


def test_a_wish_to_be_called_that_comes_from_there_is_urgent(client, herne):
    urgent, usual = (client.get(f"/de/rueckruf/{query}").content.decode() for query in ("?eilig=1", ""))

    assert 'name="urgent" id="id_urgent" checked' in urgent.replace('class="kern-form-check__checkbox" ', "")
    assert " checked" not in usual
