"""The page that answers who decides, and tells editors what is wrong with the data."""

import re

import pytest

from tests.personas import client_of
from tragnetz.audit.models import Event
from tragnetz.directory.models import Authority, Office, Paper

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


def test_desk_sees_who_gives_out_a_paper_that_is_missing(herne):
    Paper.objects.filter(key="meldebescheinigung").update(authority=Authority.objects.get(key="wohngeldstelle"))
    client = client_of("intake")
    choices = client.get(PAGE).content.decode()

    page = text_of(client.post(PAGE, {"address": "Hauptstr. 241", "paper": "meldebescheinigung"}))
    applied = text_of(client.post(PAGE, {"paper": "schwerbehindertenausweis"}))

    assert '<option value="meldebescheinigung">' in choices
    assert '<option value="mietvertrag">' not in choices  # no office gives it out
    assert "Wohngeldstelle im Rathaus Wanne" in page
    assert "Jobcenter Herne" not in page
    assert "Keine eigene Stelle in der Stadt bekannt" in applied


def test_a_paper_that_an_office_asks_for_gets_a_field(herne):
    Office.objects.filter(authority__key="sozialamt").update(when={"fact": "papers", "includes": "aufenthaltstitel"})

    assert (
        '<option value="aufenthaltstitel">' in client_of("intake").get(PAGE).content.decode().partition("Haushalt")[2]
    )


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


def rule_page(authority: str) -> str:
    return f"{PAGE}stellen/{Office.objects.get(authority__key=authority).pk}/"


def rows_of(*conditions, **more):
    """Return the fields of the editor for conditions that must all hold: (fact, operator, value)."""
    sent = {"rows": str(len(conditions) + 1), "version": "0", "kind-0": "all", "depth-0": "0", **more}
    for number, (fact, operator, value) in enumerate(conditions, start=1):
        sent |= {f"kind-{number}": "fact", f"depth-{number}": "1", f"fact-{number}": fact, f"was-{number}": fact}
        sent |= {f"operator-{number}": operator, f"value-{number}": value}
    return sent


def test_an_editor_finds_the_rules_and_reads_them(herne):
    page = client_of("catalogue").get(PAGE).content.decode()

    assert rule_page("jobcenter") in page
    assert rule_page("jobcenter") not in client_of("intake").get(PAGE).content.decode()
    assert "Jobcenter" in text_of(client_of("catalogue").get(rule_page("jobcenter")))


def test_an_editor_changes_for_whom_an_office_is_responsible(herne):
    editor, page = client_of("catalogue"), rule_page("jobcenter")
    sent = rows_of(("age", "at_least", "15"), ("age", "at_most", "70"), otherwise="sozialamt", save="1")
    shown = text_of(editor.post(page, {name: value for name, value in sent.items() if name != "save"}))
    assert "höchstens 70 Jahre alt" in shown
    assert Office.objects.get(authority__key="jobcenter").when["all"][1]["at_most"] == 66

    answer = editor.post(page, sent, follow=True)

    assert "Die Zuständigkeit ist gespeichert." in text_of(answer)
    assert Office.objects.get(authority__key="jobcenter").when["all"][1] == {"fact": "age", "at_most": 70}
    assert "Nr. 2" in text_of(answer)
    office = Office.objects.get(authority__key="jobcenter")
    editor.post(f"/de/arbeit/verzeichnis/stellen/{office.pk}/zurueck/2/")
    assert Office.objects.get(authority__key="jobcenter").when["all"][1]["at_most"] == 66


def test_an_editor_is_warned_of_a_gap_before_saving(herne):
    sent = rows_of(("age", "at_least", "15"), districts=["wanne"])

    shown = text_of(client_of("catalogue").post(rule_page("wohngeldstelle"), sent))

    assert "Niemand ist zuständig (neu)" in shown
    assert "unter 15" in shown or "14 Jahre" in shown


def test_a_rule_that_sends_round_in_a_circle_is_not_kept(herne):
    sent = rows_of(("age", "at_least", "80"), otherwise="jobcenter", save="1")

    answer = client_of("catalogue").post(rule_page("sozialamt"), sent)

    assert answer.status_code == 409
    assert "So schickt eine Stelle zur anderen und zurück" in text_of(answer)
    assert Office.objects.get(authority__key="sozialamt").when == {}
