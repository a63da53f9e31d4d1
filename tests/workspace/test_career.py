"""Pages of CV and letters: a person's papers are made step by step; what is typed is kept or given back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.career.test_career import able, add, begin
from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.audit.models import Event
from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter, Resume
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.coaching.models import Application
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today

WORK = {"kind": "job", "title": "Verkäuferin", "place": "Bäckerei Korn", "starts": "03/2019", "key": "a" * 32}
COVER = {
    "employer": "Markt am Brunnen", "job": "Verkäuferin", "source": "website", "situation": "family", "tone": "warm",
    "reason": "ich mag Menschen", "key": "c" * 32,
}  # fmt: skip


@pytest.fixture
def hanna(herne):
    return actor_of(herne, "counsellor")


@pytest.fixture
def coaching(herne, hanna):
    case = open_case(actor=hanna, enquiry=booked_enquiry(herne).enquiry, today=today(herne.zone))
    return start_coaching(actor=hanna, case=case, person=case.household.people.first(), today=today(herne.zone))


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def base(coaching):
    return f"/de/arbeit/coaching/{coaching.pk}/unterlagen/"


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_path_to_work_leads_to_the_papers(client, base, coaching):
    assert base in text(client.get(f"/de/arbeit/coaching/{coaching.pk}/"))
    assert "Noch kein Brief" in text(client.get(base))
    assert "Beginnen Sie mit einer Station" in text(client.get(f"{base}lebenslauf/"))


def test_a_cv_step_by_step(client, base, herne):
    client.post(f"{base}person/", {"name": "Anna Müller", "address": "Weg 1\n44623 Herne", "phone": "0170 1"})
    client.post(f"{base}stationen/", WORK)
    client.post(f"{base}stationen/", WORK)  # sent twice
    client.post(f"{base}kenntnisse/", {"kind": "language", "name": "Deutsch", "level": "b2", "key": "b" * 32})
    page = text(client.get(f"{base}lebenslauf/"))
    client.post(f"{base}lebenslauf/", {"design": "modern", "colour": "wine", "order": "old"})

    assert (Resume.objects.get().design, Resume.objects.get().newest_first) == ("modern", False)
    assert CareerEntry.objects.get().is_shown is False  # nothing was ticked
    assert CareerSkill.objects.get().level == "b2"
    assert "data:image/png;base64," in page
    assert client.get(f"{base}lebenslauf.pdf")["Content-Type"] == "application/pdf"
    assert "attachment" in client.get(f"{base}lebenslauf.docx")["Content-Disposition"]
    assert Event.objects.filter(verb="career:print").count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts": "März"}, "zum Beispiel 03/2019"), ({"ends": "01/2018"}, "Das Ende liegt vor dem Anfang"),
        ({"starts": "03/1900"}, "prüfen Sie das Jahr"), ({"title": ""}, "was das war"),
        ({"recognition": "full"}, "nur bei Schule"),
    ],
)  # fmt: skip
def test_a_stretch_that_cannot_be_is_given_back(client, base, wrong, told):
    answer = client.post(f"{base}stationen/", WORK | {"tasks": "Kasse und Theke"} | wrong)

    assert answer.status_code == 422
    assert told in text(answer)
    assert "Kasse und Theke" in text(answer)
    assert CareerEntry.objects.count() == 0


def test_a_gap_is_shown_with_words_that_begin_an_entry(client, base):
    client.post(f"{base}stationen/", WORK | {"ends": "12/2020"})
    page = text(client.get(f"{base}stationen/"))
    assert "01/2021" in page
    assert "Familienzeit" in page

    proposed = text(client.get(f"{base}stationen/?luecke=2021-01-01&worte=family"))

    assert 'value="Familienzeit"' in proposed
    assert 'value="01/2021"' in proposed


def test_an_entry_and_a_skill_are_changed_and_removed(client, hanna, coaching):
    entry, skill = add(hanna, coaching, "Verkäuferin"), able(hanna, coaching)
    client.post(f"/de/arbeit/coaching/station/{entry.pk}/", WORK | {"title": "Kassiererin", "starts": "2019"})
    client.post(f"/de/arbeit/coaching/kenntnis/{skill.pk}/", {"kind": "strength", "name": "Ruhe"})
    assert (CareerEntry.objects.get().title, CareerEntry.objects.get().years_only) == ("Kassiererin", True)
    assert CareerSkill.objects.get().name == "Ruhe"
    assert (
        client.post(f"/de/arbeit/coaching/kenntnis/{skill.pk}/", {"kind": "it", "name": "x", "level": "a1"}).status_code
        == 422
    )

    client.post(f"/de/arbeit/coaching/station/{entry.pk}/", {"drop": "1"})
    client.post(f"/de/arbeit/coaching/kenntnis/{skill.pk}/", {"drop": "1"})

    assert (CareerEntry.objects.count(), CareerSkill.objects.count()) == (0, 0)


def test_a_letter_from_the_form_to_the_list_of_applications(client, base, herne):
    assert "Bitte wählen Sie, wo" in text(client.post(f"{base}anschreiben/", COVER | {"source": ""}))
    made = client.post(f"{base}anschreiben/", COVER, follow=True)
    letter = CoverLetter.objects.get()
    page = f"/de/arbeit/coaching/anschreiben/{letter.pk}/"
    assert "Ich mag Menschen." in text(made)
    assert "Damen und Herren" in text(made)

    client.post(page, {"do_text": "1", "subject": "Bewerbung", "text": "ich bin hochmotiviert."})
    assert "Zeigen Sie es mit einem Beispiel" in text(client.get(page))
    assert "Ich mag Menschen." in text(client.get(f"{page}?fassung=1"))
    client.post(page, {"do_back": "1"})
    assert letter.versions.count() == 3
    assert "Bitte schreiben Sie etwas" in text(client.post(page, {"do_text": "1", "subject": "Noch da", "text": ""}))
    for name in ("anschreiben.pdf", "anschreiben.docx", "bewerbung.pdf"):
        assert client.get(f"{page}{name}").status_code == 200

    tomorrow = today(herne.zone) + timedelta(days=1)
    assert client.post(page, {"do_sent": "1", "sent_on": str(tomorrow)}).status_code == 422
    client.post(page, {"do_sent": "1", "sent_on": str(today(herne.zone))})
    application = Application.objects.get()
    assert page in text(client.get(f"/de/arbeit/coaching/bewerbung/{application.pk}/"))
    client.post(page, {"do_drop": "1"})
    assert CoverLetter.objects.count() == 1


def test_answers_are_changed_and_at_most_three_strengths(client, base, hanna, coaching):
    for name in ("Geduld", "Ruhe", "Ordnung", "Humor"):
        able(hanna, coaching, name)
    letter = begin(hanna, coaching, strengths=["Geduld"])
    page = f"/de/arbeit/coaching/anschreiben/{letter.pk}/angaben/"
    four = client.post(page, COVER | {"strengths": ["Geduld", "Ruhe", "Ordnung", "Humor"]})
    assert "höchstens drei" in text(four)

    client.post(
        page, COVER | {"strengths": ["Humor"], "contact_title": "ms", "contact_name": "Kranz", "recompose": "on"}
    )

    assert "Meine Stärke: Humor." in letter.versions.first().text
    assert "Sehr geehrte Frau Kranz" in text(client.get(page.removesuffix("angaben/")))
    client.post(page.removesuffix("angaben/"), {"do_drop": "1"})
    assert CoverLetter.objects.count() == 0


def test_sharing_is_switched_on_and_off(client, base, hanna, coaching):
    add(hanna, coaching)
    letter = begin(hanna, coaching)
    page = f"/de/arbeit/coaching/anschreiben/{letter.pk}/"

    client.post(f"{base}lebenslauf/", {"share": "1"})
    client.post(page, {"do_share": "1"})
    assert (Resume.objects.get().is_shared, CoverLetter.objects.get().is_shared) == (True, True)
    client.post(f"{base}lebenslauf/", {"share": "0"})
    client.post(page, {"do_share": "0"})
    assert (Resume.objects.get().is_shared, CoverLetter.objects.get().is_shared) == (False, False)


def test_pages_cost_the_same_however_much_there_is(client, base, hanna, coaching):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            for path in ("", "stationen/", "kenntnisse/", "lebenslauf/"):
                client.get(f"{base}{path}")
        return len(seen)

    add(hanna, coaching), able(hanna, coaching), begin(hanna, coaching)
    client.get(base)  # what is read once a process
    few = cost()
    for number in range(5):
        add(hanna, coaching, f"Arbeit {number}"), able(hanna, coaching, f"Stärke {number}"), begin(hanna, coaching)

    assert cost() == few


def test_another_organisation_finds_nothing(hanna, coaching, base):
    letter = begin(hanna, coaching)
    foreign = client_of("foreign")

    assert client_of("counsellor").get(f"{base}lebenslauf.pdf").status_code == 200
    assert foreign.get(f"{base}lebenslauf.pdf").status_code == 404
    assert foreign.post(f"/de/arbeit/coaching/anschreiben/{letter.pk}/", {"do_share": "1"}).status_code == 404
