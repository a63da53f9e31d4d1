"""Pages of projects: enter with a refusal, go on later, leave, mend; lists by pseudonym; the sheet; the day page."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.personas import actor_of, client_of
from tests.workspace.conftest import ENTRY
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.models import Programme
from tragnetz.reporting.models import Answers, OwnQuestion, Participation, Withdrawal


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def address(case, filou):
    return f"/de/arbeit/faelle/{case.pk}/projekt/"


@pytest.fixture
def person(case):
    return case.household.people.get(relation="self")


def text(answer):
    return " ".join(answer.content.decode().split())


def take_in(client, address, person, day, **given):
    data = ENTRY | {"key": new_id().hex, "entered_on": day.isoformat()} | given
    data = {key: value for key, value in data.items() if value is not None}
    return client.post(f"{address}neu/filou/{person.pk}/", data)


def test_the_case_says_who_may_enter_and_how_much_help_there_was(client, address, person):
    page = text(client.get(address))

    assert "Filou" in page
    assert "bisher 0 von 480 Minuten" in page
    assert f"{person.name} aufnehmen" in page


def test_an_entry_with_a_refusal_counts_and_keeps_no_birthday(client, address, person, day):
    answer = take_in(client, address, person, day)

    row = Participation.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"{address}{row.pk}/"
    assert row.is_countable
    told = Answers.objects.get().answers
    assert told["disability"] == "no_answer"
    assert "1988-05-04" not in str(told)
    assert "keine Angabe" in text(client.get(answer.url))


def test_half_of_an_entry_is_kept_and_gone_on_with(client, address, person, day):
    take_in(client, address, person, day, q_school=None, born=None)
    row = Participation.objects.get()
    page = text(client.get(f"{address}{row.pk}/"))
    assert "Das fehlt, damit die Person zählt" in page
    assert "Höchster Schulabschluss" in page
    assert "Für das Projekt fehlt noch" in text(client.get("/de/arbeit/"))
    assert row.person.name in text(client.get("/de/arbeit/projekte/fehlt/?zeigen=unvollstaendig"))

    client.post(f"{address}{row.pk}/eintritt/", ENTRY | {"entered_on": day.isoformat()})
    row.refresh_from_db()
    assert row.is_countable


def test_the_same_form_sent_twice_is_one_entry(client, address, person, day):
    for _ in range(2):
        take_in(client, address, person, day, key="twice")
    assert Participation.objects.count() == 1


def test_what_was_typed_stays_when_the_day_is_wrong(client, address, person, day):
    answer = take_in(client, address, person, day, entered_on="1999-01-01")

    assert answer.status_code == 422
    assert "Das Projekt läuft vom" in text(answer)
    assert 'value="1988-05-04"' in text(answer)
    assert Participation.objects.count() == 0


def test_what_the_case_knows_is_proposed_and_marked(client, address, case, person):
    case.household.facts = '{"employment": "unemployed", "disability": true}'
    case.household.save()
    page = text(client.get(f"{address}neu/filou/{person.pk}/"))

    assert '<option value="unemployed" selected>' in page
    assert page.count("Aus dem Fall, bitte prüfen.") == 1  # what is protected is asked, never proposed
    assert "Art. 9 Abs. 2 b, g DSGVO" in page or "§ 11 Abs. 2 KDG" in page


def test_a_closed_case_leads_to_the_exit_and_its_result(herne, client, address, case, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    assert f"{address}{row.pk}/austritt/" in text(client.get(f"/de/arbeit/faelle/{case.pk}/abschluss/"))

    client.post(
        f"{address}{row.pk}/austritt/",
        {"left_on": day.isoformat(), "leaving": "early_job", "q_exit_employment": "yes", "q_exit_training": "no",
         "q_exit_qualification": "no"},
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.left_on, "EECR04" in row.codes) == (day, True)
    assert "früher beendet: Arbeit oder Ausbildung" in text(client.get(f"/de/arbeit/faelle/{case.pk}/verlauf/"))


def test_results_that_cannot_be_are_dropped_by_one_click(client, address, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    client.post(
        f"{address}{row.pk}/austritt/", {"left_on": day.isoformat(), "leaving": "regular", "q_exit_employment": "yes"}
    )
    client.post(
        f"{address}{row.pk}/eintritt/",
        ENTRY | {"entered_on": day.isoformat(), "q_employment": "employed", "q_unemployed_months": ""},
    )
    page = text(client.get(f"{address}{row.pk}/"))
    assert "der beim Eintritt schon Arbeit hatte" in page

    client.post(f"{address}{row.pk}/", {"do": "tidy"})
    row.refresh_from_db()
    assert row.faults == []
    assert "exit_employment" not in row.moments.get(moment="exit").answers


def test_a_mistake_is_withdrawn_and_its_pseudonym_stays_known(client, address, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()

    client.post(f"{address}{row.pk}/", {"do": "withdraw"})
    assert Participation.objects.count() == 0
    assert Withdrawal.objects.get().pseudonym == row.pseudonym


def test_a_restricted_case_is_only_kept(herne, client, address, case, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    case.restricted_on = day
    case.save()

    client.post(f"{address}{row.pk}/", {"do": "withdraw"})
    assert Participation.objects.count() == 1
    page = text(client_of("programme").get("/de/arbeit/projekte/filou/teilnahmen/"))
    assert row.pseudonym not in page
    assert "1 Teilnahme ist eingeschränkt" in page


def test_management_sees_pseudonyms_and_no_name(client, address, person, day):
    take_in(client, address, person, day, q_school=None)
    row = Participation.objects.get()
    path = "/de/arbeit/projekte/filou/teilnahmen/"
    own, others = text(client.get(path)), text(client_of("programme").get(path))

    assert person.name in own
    assert row.pseudonym in others
    assert person.name not in others
    assert f"/projekt/{row.pk}/" not in others
    assert "Höchster Schulabschluss" in others
    assert row.pseudonym not in text(client_of("programme").get(f"{path}?zeigen=beendet"))
    assert Event.objects.filter(verb="participations:read").count() == 3


def test_the_list_costs_the_same_however_many_take_part(
    client, address, case, person, day, django_assert_max_num_queries
):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    for number in range(60):
        Participation.objects.create(
            network=row.network, programme=row.programme, organisation=row.organisation, author=row.author,
            pseudonym=f"T{number}", family=new_id(), entered_on=day - timedelta(days=40), request_key=f"t{number}",
        )  # fmt: skip
    with django_assert_max_num_queries(24):
        page = text(client.get("/de/arbeit/projekte/filou/teilnahmen/"))
    assert "Seite 1 von 2" in page


def test_the_sheet_is_in_german_and_the_persons_language(client, address, case, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    case.contact.language = "ar"
    case.contact.save()

    answer = client.get(f"{address}{row.pk}/merkblatt/")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(pages) == 2
    assert "ohne Namen und Adresse" in " ".join(pages[0].split())
    assert person.name not in " ".join(pages)
    client.post(f"{address}{row.pk}/", {"do": "inform"})
    row.refresh_from_db()
    assert row.informed_on == day


def test_nobody_is_asked_for_a_project_at_the_desk(herne):
    page = text(client_of("intake").get("/de/arbeit/telefon/"))
    assert "Schulabschluss" not in page
    assert Programme.objects.filter(key="filou").exists()


def test_a_project_of_another_organisation_takes_nobody(client, address, person, day):
    answer = client.post(f"{address}neu/bqb-sued/{person.pk}/", ENTRY | {"key": "k", "entered_on": day.isoformat()})
    assert answer.status_code == 422
    assert "nicht beteiligt" in text(answer)


def test_the_exit_of_a_case_that_ended_is_proposed(herne, client, address, case, person, day):
    take_in(client, address, person, day)
    close_case(
        actor=actor_of(herne, "counsellor"), case=case, reason="done", result="better", after_care=False, today=day
    )
    row = Participation.objects.get()
    assert f'value="{day.isoformat()}"' in text(client.get(f"{address}{row.pk}/austritt/"))


def test_the_counselling_sees_what_somebody_answered_and_changes_it_with_a_reason(client, address, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    client.post(f"{address}{row.pk}/austritt/", {"left_on": day.isoformat(), "leaving": "regular"})
    own = {"answers": {"later_employment": "yes"}, "answered_on": day, "told_by": "link"}
    Answers(network=row.network, participation=row, moment="six_months", **own).save()
    question = OwnQuestion(
        network=row.network, participation=row, moment="six_months", state="answered", way="sms", asked_on=day,
        ended_on=day, expires_at=now(), told=own["answers"],
    )  # fmt: skip
    question.save()
    where = f"{address}{row.pk}/sechs-monate/"
    changed = {"q_later_employment": "no", "told_on": day.isoformat(), "correction": ""}

    assert "selbst beantwortet, über den Link" in text(client.get(f"{address}{row.pk}/"))
    assert "Warum ändern Sie sie?" in text(client.get(where))
    refused = client.post(where, changed)
    assert refused.status_code == 422
    assert client.post(where, changed | {"correction": "slip"}).status_code == 302
    page = text(client.get(f"{address}{row.pk}/"))
    assert "Die Person hat sich verklickt." in page
    assert "Die Person selbst hatte gesagt: Beschäftigt oder selbstständig: ja" in page
    assert "hat am" in text(client_of("programme").get("/de/arbeit/projekte/filou/teilnahmen/?zeigen=selbst"))


def test_a_question_is_taken_back_by_one_click(client, address, person, day):
    take_in(client, address, person, day)
    row = Participation.objects.get()
    question = OwnQuestion(
        network=row.network, participation=row, moment="exit", way="sms", asked_on=day, expires_at=now()
    )
    question.save()

    assert "Nicht mehr fragen" in text(client.get(f"{address}{row.pk}/"))
    client.post(f"{address}{row.pk}/", {"do": "ask_no_more"})
    assert OwnQuestion.objects.get().stop == "said_no"
    assert "Nicht mehr fragen" not in text(client.get(f"{address}{row.pk}/"))
    by_pseudonym = text(client_of("programme").get("/de/arbeit/projekte/filou/teilnahmen/"))
    assert "wird nicht gefragt" in by_pseudonym
    assert "möchte nicht gefragt werden" not in by_pseudonym
