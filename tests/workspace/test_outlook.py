"""Pages of what changes: set it up, act on it, ask for a call; and what is different between two checks."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.allowed import make_case
from tests.outlooks import allow, checked, foreseen, turning
from tests.personas import client_for
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
from tragnetz.messaging.models import Message
from tragnetz.screening.commands import keep_check
from tragnetz.screening.comparing import differences
from tragnetz.screening.outlook.looking import look_through
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.rules import first_of


@pytest.fixture
def case(network, ada):
    return make_case(network, ada)


@pytest.fixture
def client(ada):
    return client_for(ada)


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/bald/"


def text(answer):
    return " ".join(answer.content.decode().split())


def test_an_outlook_is_set_up_step_by_step(client, network, ada, case, address):
    assert "Rechnen und die Prüfung behalten" in text(client.get(address))
    years, month = turning(today(network.zone), 18, 2)
    checked(ada, case, child=years)
    page = text(client.get(address))
    assert "Rosa Geheimrat</a>" in page
    assert "Vorausschau beginnen" not in page
    allow(ada, case)
    assert f"Kind, {years} Jahre: geboren im Monat" in text(client.get(address))

    ends = first_of(today(network.zone), 4).isoformat()
    answer = client.post(address, {"born_p2": str(month), "granted_wohngeld": ends}, follow=True)
    look_through(network=network, now=now())
    page = text(client.get(address))

    assert "In der nächsten Nacht wird zum ersten Mal gerechnet" in text(answer)
    assert "fällt voraussichtlich weg: Unterhaltsvorschuss" in page
    assert "Bewilligt bis Ende" in page
    assert f'<option value="{month}" selected>' in page


def test_without_consent_nothing_is_kept_and_the_page_says_why(client, ada, case, address):
    checked(ada, case)

    answer = client.post(address, {})

    assert answer.status_code == 422
    assert Outlook.objects.count() == 0


def test_the_list_acts_on_what_it_shows(client, ada, case, address):
    row = foreseen(ada, case)
    Contact.objects.filter(pk=case.contact_id).update(may_text=True)
    page = text(client.get("/de/arbeit/bald/"))
    assert "Rosa Geheimrat" in page
    assert "Wir haben etwas Neues für Sie" in page

    told = text(client.post(f"{address}{row.pk}/", {"call": "1", "list": "1"}, follow=True))
    done = text(client.post(f"{address}{row.pk}/", {"state": "done", "list": "1"}, follow=True))

    assert "Die Nachricht geht hinaus: SMS" in told
    assert "Um Anruf gebeten am" in told
    assert Message.objects.get().template == "outlook"
    assert "ändert sich nichts, was bekannt ist" in done
    assert "wieder öffnen" in text(client.get(address))
    client.post(f"{address}{row.pk}/", {"state": "seen"})
    assert Foreseen.objects.get().state == "seen"


def test_what_the_page_of_the_case_has_shown_is_seen(client, ada, case, address):
    foreseen(ada, case)
    assert "1 neuer Hinweis auf eine Leistung" in text(client.get("/de/arbeit/"))

    client.get(address)

    assert Foreseen.objects.get().state == "seen"
    assert "neuer Hinweis auf eine Leistung" not in text(client.get("/de/arbeit/"))


def test_dismissing_needs_a_reason(client, ada, case, address):
    row = foreseen(ada, case)

    refused = text(client.post(f"{address}{row.pk}/", {"state": "dismissed"}, follow=True))
    client.post(f"{address}{row.pk}/", {"state": "dismissed", "reason": "unwanted"})

    assert "Bitte wählen Sie, warum nichts zu tun ist" in refused
    assert Foreseen.objects.get().reason == "unwanted"


def test_an_outlook_is_ended_with_one_click(client, ada, case, address):
    foreseen(ada, case)

    client.post(f"{address}loeschen/")

    assert (Outlook.objects.count(), Foreseen.objects.count()) == (0, 0)


def test_the_list_costs_the_same_for_many_cases(client, network, ada, django_assert_num_queries):
    foreseen(ada, make_case(network, ada))
    client.get("/de/arbeit/bald/")
    with CaptureQueriesContext(connection) as one:
        client.get("/de/arbeit/bald/")
    for _number in range(4):
        foreseen(ada, make_case(network, ada))

    with django_assert_num_queries(len(one)):
        assert text(client.get("/de/arbeit/bald/")).count('<li class="foreseen') == 5


def test_the_check_tells_what_is_different_since_the_last_one(client, network, ada, case):
    day = today(network.zone)
    for paid, money in (({"wohngeld": 120, "altes": 50}, 900), ({"wohngeld": 150, "neues": 30}, 930)):
        content = json.dumps({"household": {"persons": []}, "paid": paid, "disposable_m": money})
        keep_check(actor=ada, household=case.household, content=content, on=day, law_of=day)

    page = text(client.get(f"/de/arbeit/faelle/{case.pk}/rechnen/"))

    assert "Was sich seit der letzten Prüfung geändert hat" in page
    assert "Wohngeld: 120,00 € → 150,00 € (<strong>+30,00</strong>)" in page


def test_differences_name_what_begins_ends_and_changes():
    found = differences((("a", 100.0), ("b", 20.0), ("c", None)), (("a", 100.0), ("b", 25.5), ("d", 7.0)))

    assert [(one.name, one.begins, one.ends, one.by) for one in found] == [
        ("b", False, False, 5.5), ("c", False, True, 0.0), ("d", True, False, 7.0),
    ]  # fmt: skip
