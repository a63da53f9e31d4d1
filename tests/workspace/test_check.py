"""The counsellor's check: figures, what if, history; who keeps what."""

import re

import pytest

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.audit.models import Event
from tragnetz.casework.commands import change_household, open_case
from tragnetz.clients.commands import PersonDetails
from tragnetz.clients.models import Relation
from tragnetz.core.clock import today
from tragnetz.eligibility.facts import clean_facts
from tragnetz.screening.models import Record


@pytest.fixture
def case(herne):
    owner, day = actor_of(herne, "counsellor"), today(herne.zone)
    found = open_case(actor=owner, enquiry=booked_enquiry(herne).enquiry, today=day)
    ages = (
        ("Rosa Geheimrat", 38, Relation.SELF),
        ("Emil Muster", 23, Relation.CHILD),
        ("Ida Muster", 9, Relation.CHILD),
    )
    people = [PersonDetails(name=name, birth_year=day.year - age, relation=relation) for name, age, relation in ages]
    facts = clean_facts({"gross_wage": "2100", "rent": "900", "assets": "1000", "housing": "rent"})
    change_household(actor=owner, case=found, people=people, facts=facts)
    return found


def page_of(client, case, query=""):
    return client.get(f"/de/arbeit/faelle/{case.pk}/rechnen/{query}")


def test_page_shows_benefits_scenarios_curve_and_months(case):
    page = page_of(client_of("counsellor"), case).content.decode()

    for text in (
        "Kindergeld",
        "Wohngeld",
        "Kurzarbeit 50 %",
        "Arbeit verloren",
        "Zwölf Monate danach",
        "Vorschuss beantragen",
    ):
        assert text in page
    assert page.count('<svg class="chart"') == 2
    assert "selected>Arbeit verloren" in page
    other = page_of(client_of("counsellor"), case, "?verlauf=rent-100.0").content.decode()
    assert "selected>Miete steigt" in other
    assert "Zu klären:" in page


def test_claim_becomes_a_step_of_the_case(case):
    client = client_of("counsellor")
    page = page_of(client, case).content.decode()
    text = re.search(r'name="text" value="(Wohngeld[^"]*)"', page)[1]
    assert client.post(f"/de/arbeit/faelle/{case.pk}/schritt/", {"text": text, "owner": "person"}).status_code == 302
    assert "Wohngeld beantragen" in client.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()


def test_belonging_is_shown_and_can_be_corrected(case):
    client = client_of("counsellor")
    page = page_of(client, case).content.decode()
    key = re.search(r'Emil Muster<br>.*?value="(p\d)"', page)[1]

    assert "Bedarfsgemeinschaft 2" not in page
    apart = page_of(client, case, f"?getrennt={key}").content.decode()
    assert "Bedarfsgemeinschaft 2" in apart
    assert f'value="{key}" checked' in apart
    assert page_of(client, case, "?getrennt=unsinn").status_code == 200


def test_check_is_kept_sealed_with_who_and_when(case, django_assert_num_queries):
    client = client_of("counsellor")
    response = client.post(f"/de/arbeit/faelle/{case.pk}/rechnen/")
    kept = Record.objects.get()

    assert response.status_code == 302
    assert kept.household_id == case.household_id
    assert "Rosa" not in kept.content
    assert "kindergeld" in kept.content
    assert Event.objects.filter(verb="check:keep").count() == 1
    assert "Noch keine behalten" not in page_of(client, case).content.decode()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM screening_record")
        assert "kindergeld" not in str(cursor.fetchone()[0])


def test_nobody_else_keeps_or_sees_a_check(case):
    client_of("counsellor").post(f"/de/arbeit/faelle/{case.pk}/rechnen/")
    for persona, status in (("colleague", 404), ("foreign", 404), ("intake", 403), ("programme", 403), ("admin", 403)):
        client = client_of(persona)
        assert page_of(client, case).status_code == status
        assert client.post(f"/de/arbeit/faelle/{case.pk}/rechnen/").status_code == status
    assert Record.objects.count() == 1


def test_household_that_cannot_be_is_told(case, herne):
    people = [
        PersonDetails(name="Rosa", birth_year=2000, relation=Relation.SELF),
        PersonDetails(name="Emil", birth_year=1995, relation=Relation.CHILD),
    ]
    change_household(actor=actor_of(herne, "counsellor"), case=case, people=people, facts={})
    client = client_of("counsellor")

    assert "Eine Schätzung ist nicht möglich" in page_of(client, case).content.decode()
    client.post(f"/de/arbeit/faelle/{case.pk}/rechnen/")
    assert Record.objects.count() == 0
