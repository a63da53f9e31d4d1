"""Pages of the end of a project: names for who works on the case, counts for its management, the plan on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.core.ids import new_id
from tragnetz.network.models import Programme
from tragnetz.reporting.ending.models import EndDecision, PlannedQuestion
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import Entry, enter

PAGE = "/de/arbeit/projekte/filou/ende/"


@pytest.fixture
def case(herne, day):
    """A household takes part in Filou, which ends in twenty days."""
    Programme.objects.filter(key="filou").update(ends=day + timedelta(days=20))
    owner = actor_of(herne, "counsellor")
    case = open_case(actor=owner, enquiry=booked_enquiry(herne).enquiry, today=day)
    entry = Entry(Programme.objects.get(key="filou"), case.household.people.get(relation="self"), day)
    enter(actor=owner, case=case, entry=entry, told={"gender": "w"}, request_key=new_id().hex)
    return case


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_counsellor_decides_and_carries_out(herne, case, day):
    client, address = client_of("counsellor"), f"{PAGE}faelle/{case.pk}/"
    assert "Filou endet in 20 Tagen." in text(client.get("/de/arbeit/"))
    assert "Rosa Geheimrat" in text(client.get(PAGE))
    wrong = client.post(address, {"do": "decide", "key": "k" * 32, "way": "", "asker": str(case.counsellor_id)})
    assert wrong.status_code == 422
    assert "Bitte wählen Sie eine Antwort." in text(wrong)

    typed = {"do": "decide", "key": "k" * 32, "way": "stays", "asker": str(case.counsellor_id)}
    assert client.post(address, typed).status_code == 302
    assert "Die Teilnahme läuft noch" in text(client.get(address))
    Programme.objects.filter(key="filou").update(ends=day)
    assert "Heute endet Filou." in text(client.get("/de/arbeit/"))
    client.post(address, {"do": "carry_out"})

    assert Participation.objects.get().left_on == day
    assert EndDecision.objects.get().state == "done"
    assert PlannedQuestion.objects.get().asker_id == case.counsellor_id
    assert "Filou" not in text(client.get("/de/arbeit/")).split("<h2")[0]


def test_what_is_undecided_when_all_is_over_is_said_loudly(case, day):
    Programme.objects.filter(key="filou").update(ends=day - timedelta(days=1))
    page = text(client_of("counsellor").get(PAGE))
    assert "kern-alert--danger" in page
    assert "bei 1 Fall ist noch nichts entschieden" in page


def test_the_management_sees_counts_and_no_name(case):
    page = text(client_of("programme").get(PAGE))
    assert "Was noch versprochen ist" in page
    assert "Rosa" not in page
    assert str(case.pk) not in page
    assert "Rosa" in text(client_of("counsellor").get(PAGE))


def test_the_plan_on_paper_tells_days_and_nobody(case, day):
    for persona in ("counsellor", "programme"):
        answer = client_of(persona).get(f"{PAGE}plan.pdf")
        paper = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "Plan zum Projektende: Filou" in paper
        assert f"{day + timedelta(days=20):%d.%m.%Y}" in paper
        assert "Was bis wann aufbewahrt wird" in paper
        assert "Rosa" not in paper


def test_the_proof_is_kept_from_the_last_payment(case, day):
    Programme.objects.filter(key="filou").update(terms={"last_payment_on": f"{day.year + 1}-03-01"})
    page = text(client_of("counsellor").get(PAGE))
    assert f"31.12.{day.year + 1 + 5}" in page
