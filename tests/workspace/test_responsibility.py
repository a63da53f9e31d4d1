"""The page that answers who decides, and tells editors what is wrong with the data."""

import re

import pytest

from tests.personas import client_of
from tragnetz.audit.models import Event
from tragnetz.directory.models import Office

PAGE = "/de/arbeit/zustaendig/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_desk_sees_office_reason_and_the_way(herne):
    page = text_of(
        client_of("intake").post(PAGE, {"address": "Hauptstr. 241", "age": "70", "service": "grundsicherungsgeld"})
    )

    assert "Sicher zuständig" in page
    assert "Jobcenter gibt weiter. Dort wäre nötig: Sie sind höchstens 66 Jahre alt" in page
    assert "Stadt Herne, Sozialamt" in page


def test_desk_sees_what_to_ask_to_be_sure(herne):
    page = text_of(client_of("intake").post(PAGE, {"age": "30", "service": "grundsicherungsgeld"}))

    assert "Noch nicht sicher" in page
    assert "Um sicher zu sein, fragen Sie: Können Sie mindestens drei Stunden am Tag arbeiten?" in page


def test_without_topic_all_offices_of_the_city_answer_and_nothing_is_stored(herne):
    before = Event.objects.count()
    page = text_of(client_of("counsellor").post(PAGE, {}))

    for office in Office.objects.all():
        assert office.name["de"] in page
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "message"),
    [({"age": "alt"}, "Bitte geben Sie eine Zahl ein"), ({"address": "Gibtesnicht 3"}, "Fragen Sie nach dem Ortsteil")],
)
def test_wrong_input_is_said_and_the_rest_kept(herne, typed, message):
    response = client_of("intake").post(PAGE, {"children": "2", **typed})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert 'value="2"' in response.content.decode()


def test_a_fact_that_only_this_city_asks_gets_a_field(herne):
    assert "Welchen Pass" not in client_of("intake").get(PAGE).content.decode()
    Office.objects.filter(authority__key="sozialamt").update(when={"fact": "residence", "in": ["asylum", "tolerated"]})

    assert "Welchen Pass" in client_of("intake").get(PAGE).content.decode()


def test_editors_alone_see_what_is_wrong_with_the_data(herne):
    jobcenter = Office.objects.get(authority__key="jobcenter")
    Office.objects.filter(authority__key="sozialamt").update(
        when={"fact": "age", "at_least": 80}, otherwise=jobcenter.authority
    )

    assert "Im Kreis geschickt" in text_of(client_of("catalogue").get(PAGE))
    assert "Jobcenter → Sozialamt → Jobcenter" in text_of(client_of("catalogue").get(PAGE))
    assert "Im Kreis geschickt" not in text_of(client_of("intake").get(PAGE))


def test_editors_are_told_when_all_is_well(herne):
    assert "Alles in Ordnung" in text_of(client_of("catalogue").get(PAGE))
