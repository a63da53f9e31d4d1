"""The pages of a case."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.personas import client_for
from tragnetz.casework.contacts.commands import Met, keep_template, record_contact
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Feedback,
    Goal,
    LifeEvent,
    Note,
    RatingLine,
    Step,
    Task,
    TextTemplate,
)
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.core.clock import now, today

TALK = {"kind": "phone", "minutes": "15", "language": "de", "participants": ["person"]}


@pytest.fixture
def day(network):
    return today(network.zone)


@pytest.fixture
def case(owner, day):
    return make_case(
        owner, ("Rosa Linde", "self", 1985), ("Emil Linde", "partner", 1983), ("Kim Linde", "child", day.year - 6),
        opened_on=day - timedelta(days=200),
    )  # fmt: skip


@pytest.fixture
def people(case):
    return {person.name.split()[0]: person for person in case.household.people.all()}


@pytest.fixture
def client(owner):
    return log_in(owner)


def log_in(actor) -> Client:
    return client_for(actor)


def at(case, path="") -> str:
    return f"/de/arbeit/faelle/{case.pk}/{path}"


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def agreed(owner, case, day, person=None, what="Miete selbst zahlen"):
    details = GoalDetails(what, "drei Monate pünktlich", day + timedelta(days=90))
    return agree_goal(actor=owner, case=case, details=details, today=day, person=person)


def test_contact_note_and_step_are_one_form(client, case, people, day):
    page = text(client.get(at(case)))
    assert "Die Person darf das lesen" in page
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]
    typed = TALK | {
        "key": key, "held_on": day.isoformat(), "facts": "Zitronenfalter", "part": str(people["Rosa"].pk),
        "step_text": "Antrag abgeben", "step_owner": "person", "step_due": day.isoformat(),
    }  # fmt: skip

    client.post(at(case, "gespraech/"), typed)
    client.post(at(case, "gespraech/"), typed)

    page = text(client.get(at(case)))
    assert (CaseContact.objects.count(), Note.objects.count(), Step.objects.count()) == (1, 1, 1)
    for words in ("Zitronenfalter", "15 Minuten", "nur Rosa Linde", "Antrag abgeben", "1 Gespräch insgesamt"):
        assert words in page


def test_a_short_text_is_put_into_the_form_and_nothing_typed_is_lost(client, case, owner, day):
    row = keep_template(actor=owner, kind="facts", title="Anlass", text="Anlass des Gesprächs:")
    typed = TALK | {
        "held_on": day.isoformat(), "facts": "Schon da", "assessment": "Mut", "minutes": "33", "insert": "1",
        "template": str(row.pk), "participants": ["partner"],
    }  # fmt: skip

    response = client.post(at(case, "gespraech/"), typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Schon da\nAnlass des Gesprächs:</textarea>" in page
    assert 'value="33"' in page
    assert "Mut</textarea>" in page
    assert re.search(r'value="partner"[^>]*checked', page)
    assert not re.search(r'value="person" id="contact_participants[^>]*checked', page)
    assert CaseContact.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"held_on": "2001-01-01"}, "im letzten Jahr"),
        ({"held_on": ""}, "wählen Sie ein Datum"),
        ({"step_due": "2001-01-01"}, "schon vorbei"),
        ({"step_due": "2099-01-01"}, "fehlt der Schritt"),
        ({"minutes": "viele"}, "Minuten von 1 bis 1440"),
    ],
)
def test_a_wrong_contact_is_said_and_kept_on_the_page(client, case, day, typed, message):
    response = client.post(at(case, "gespraech/"), TALK | {"held_on": day.isoformat(), "facts": "Lang getippt"} | typed)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "Lang getippt</textarea>" in response.content.decode()


def test_short_texts_are_kept_and_taken_away(client):
    client.post("/de/arbeit/textbausteine/", {"kind": "facts", "title": "Anlass", "text": "Anlass:"})
    assert "Anlass:" in text(client.get("/de/arbeit/textbausteine/"))
    wrong = client.post("/de/arbeit/textbausteine/", {"kind": "facts", "title": "", "text": "Behalten"})
    assert wrong.status_code == 422
    assert "Behalten</textarea>" in wrong.content.decode()

    client.post(f"/de/arbeit/textbausteine/{TextTemplate.objects.get().pk}/")

    assert TextTemplate.objects.count() == 0


def test_levels_are_chosen_with_a_checklist(client, case):
    page = text(client.get(at(case, "stufe/")))
    assert "Gehen Sie die fünf Punkte durch" in page

    client.post(at(case, "stufe/"), {"level": "management", "indication": ["consent", "problems"]})

    page = text(client.get(at(case, "stufe/")))
    assert "Einiges spricht für eine Fallbegleitung" in page
    assert re.search(r'aria-current="step">Fallbegleitung', page)
    wrong = client.post(at(case, "stufe/"), {"level": "enquiry"})
    assert wrong.status_code == 422


def test_domains_are_rated_side_by_side_and_compared(client, case, day):
    form = text(client.get(at(case, "lebenslagen/neu/")))
    assert "nur wenn die Person möchte" in form
    first = {"rated_on": (day - timedelta(days=100)).isoformat(), "occasion": "start", "key": "1" * 32}
    client.post(
        at(case, "lebenslagen/neu/"), first | {"own_money": "3", "level_money": "2", "strength_money": "fragt früh"}
    )
    client.post(
        at(case, "lebenslagen/neu/"),
        {"rated_on": day.isoformat(), "occasion": "between", "key": "2" * 32, "level_money": "4", "own_mind": "2"},
    )

    page = text(client.get(at(case, "lebenslagen/")))
    assert RatingLine.objects.count() == 3
    assert "2 → 4" in page
    assert "besser" in page
    assert page.split('role="img"')[1].split("</svg>")[0].count("<circle") == 4
    assert 'role="img"' in page


def test_a_rating_with_a_wrong_day_keeps_all_that_was_chosen(client, case):
    typed = {"rated_on": "2001-01-01", "occasion": "start", "own_home": "1", "need_home": "Kaution fehlt"}
    response = client.post(at(case, "lebenslagen/neu/"), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "zwischen dem Beginn des Falls" in page
    assert re.search(r'name="own_home" value="1" checked', page)
    assert 'value="Kaution fehlt"' in page
    assert client.post(at(case, "lebenslagen/neu/"), {"occasion": "start"}).status_code == 422


def test_any_two_days_are_compared(client, case, day):
    for number in range(3):
        typed = {
            "rated_on": (day - timedelta(days=10 * number)).isoformat(),
            "occasion": "between",
            "key": f"{number}" * 32,
        }
        client.post(at(case, "lebenslagen/neu/"), typed | {"level_home": str(5 - number)})
    older, middle, _newest = case.ratings.all()

    page = text(client.get(at(case, f"lebenslagen/?tag={older.pk}&tag={middle.pk}")))

    assert "3 → 4" in page
    assert client.get(at(case, "lebenslagen/?tag=quatsch&tag=mehr")).status_code == 200


def test_a_goal_is_agreed_looked_at_changed_and_ended(client, case, day):
    later = (day + timedelta(days=90)).isoformat()
    client.post(
        at(case, "ziele/neu/"),
        {"what": "Miete selbst zahlen", "sign": "pünktlich", "due_on": later, "wish": "person", "domain": "home"},
    )
    goal = Goal.objects.get()
    path = at(case, f"ziele/{goal.pk}/")
    client.post(at(case, "schritt/"), {"text": "Dauerauftrag", "owner": "person", "goal": str(goal.pk)})
    client.post(path, {"review": "1", "attainment": "-1", "text": "Nachzahlung", "next_on": later})
    client.post(
        path, {"change": "1", "what": "Miete immer zahlen", "sign": "pünktlich", "due_on": later, "wish": "shared"}
    )

    page = text(client.get(path))
    for words in ("Miete immer zahlen", "Nachzahlung", "Dauerauftrag", "gemeinsam gefunden"):
        assert words in page
    client.post(path, {"state": "reached"})
    assert "erreicht" in text(client.get(at(case, "ziele/")))
    assert "Das geht mit diesem Ziel nicht mehr" in text(client.post(path, {"state": "partly"}, follow=True))
    assert client.post(path, {}).status_code == 404


@pytest.mark.parametrize(
    ("path", "typed", "message"),
    [
        ("ziele/neu/", {"what": "Miete", "sign": "", "due_on": "2099-01-01", "wish": "person"}, "schreiben Sie etwas"),
        ("ziele/neu/", {"what": "Miete", "sign": "b", "due_on": "2001-01-01", "wish": "person"}, "fünf Jahren"),
        ("verlauf/ereignis/", {"kind": "moved", "happened_on": "2099-01-01", "text": "Nordstadt"}, "schon geschehen"),
        ("team/aufgabe/", {"text": "Brief lesen", "due_on": "2001-01-01"}, "nächsten zwei Jahren"),
        ("team/uebergabe/", {"text": "Viel Geduld", "taker": ""}, "wählen Sie jemanden"),
        ("abschluss/", {"close": "1", "result": "better"}, "Bitte wählen Sie."),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(client, case, path, typed, message):
    response = client.post(at(case, path), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "<title>Bitte prüfen: " in page
    for name in ("what", "text"):
        assert typed.get(name, "") in page


def test_a_goal_of_another_case_does_not_exist_here(client, owner, case, day):
    foreign = agreed(owner, make_case(owner), day)

    assert client.get(at(case, f"ziele/{foreign.pk}/")).status_code == 404


def read(response) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_the_agreement_holds_what_both_sign_and_nobodys_secrets(client, owner, case, people, day):
    goal = agreed(owner, case, day)
    add_step(actor=owner, case=case, text="Dauerauftrag einrichten", owner="person", due_on=day, goal=goal)
    agreed(owner, case, day, person=people["Rosa"], what="Eigenes Konto")

    paper, own = (
        read(client.get(at(case, "ziele/vereinbarung.pdf"))),
        read(client.get(at(case, f"ziele/vereinbarung.pdf?wer={people['Rosa'].pk}"))),
    )

    for words in ("Unsere Vereinbarung", "Miete selbst zahlen", "Dauerauftrag einrichten", "Unterschrift", "Ada Test"):
        assert words in paper
    assert "Eigenes Konto" not in paper
    assert "Eigenes Konto" in own
    assert "Miete selbst zahlen" not in own
    assert client.get(at(case, "ziele/vereinbarung.pdf?wer=quatsch")).status_code == 404


@pytest.mark.parametrize("language", ["tr", "ar", "xx"])
def test_the_agreement_is_made_in_every_language(client, owner, case, day, language):
    agreed(owner, case, day)
    case.contact.language = language
    case.contact.save()

    assert "Miete" in read(client.get(at(case, "ziele/vereinbarung.pdf")))


def test_events_make_the_line_readable_over_years(client, case, day):
    long_ago = day.replace(year=day.year - 3, day=1)
    client.post(
        at(case, "verlauf/ereignis/"), {"kind": "job_lost", "happened_on": long_ago.isoformat(), "text": "Schließung"}
    )

    page = text(client.get(at(case, "verlauf/")))
    assert "Arbeit verloren" in page  # a turning point stands beside every year
    assert f"?jahr={long_ago.year}" in page
    assert "Schließung" in text(client.get(at(case, f"verlauf/?jahr={long_ago.year}&art=ereignisse")))
    assert client.get(at(case, "verlauf/?jahr=quatsch&art=quatsch")).status_code == 200

    client.post(at(case, f"verlauf/ereignis/{LifeEvent.objects.get().pk}/"))
    assert LifeEvent.objects.count() == 0


def test_a_task_stands_on_the_day_page_of_whoever_has_it(client, case, colleague, day):
    client.post(
        at(case, "team/aufgabe/"),
        {"text": "Brief vorlesen", "assignee": str(colleague.membership_id), "due_on": day.isoformat()},
    )
    theirs = log_in(colleague)
    page = text(theirs.get("/de/arbeit/"))
    assert "Brief vorlesen" in page
    assert "Rosa Linde" not in page

    theirs.post(f"/de/arbeit/aufgaben/{Task.objects.get().pk}/")

    assert "Brief vorlesen" not in text(theirs.get("/de/arbeit/"))
    response = client.post(f"/de/arbeit/aufgaben/{Task.objects.get().pk}/", {"team": "1", "again": "1"})
    assert response["Location"] == at(case, "team/")
    assert Task.objects.get().done_on is None


def test_deputy_and_hand_over_open_the_case_to_the_colleague(client, case, colleague, day):
    theirs = log_in(colleague)
    assert theirs.get(at(case)).status_code == 404
    client.post(at(case, "team/vertretung/"), {"deputy": str(colleague.membership_id)})
    assert theirs.get(at(case)).status_code == 200

    response = client.post(
        at(case, "team/uebergabe/"), {"taker": str(colleague.membership_id), "points": ["safe"], "text": "Geduld"}
    )

    assert response["Location"] == "/de/arbeit/faelle/"
    assert client.get(at(case)).status_code == 404
    assert "Neu bei Ihnen" in text(theirs.get("/de/arbeit/"))
    assert "Geduld" in text(theirs.get(at(case, "team/")))


def test_a_case_is_closed_and_opened_again(client, case):
    page = text(client.get(at(case, "abschluss/")))
    assert "Lebenslagen zum Schluss noch einmal einschätzen" in page
    client.post(at(case, "abschluss/"), {"close": "1", "reason": "done", "result": "better", "after_care": "on"})

    page = text(client.get(at(case, "abschluss/")))
    assert "Die Hilfe ist nicht mehr nötig. Die Lage ist besser." in page
    assert Task.objects.count() == 2
    client.post(at(case, "abschluss/"), {"reopen": "1"})
    assert Case.objects.get().state == "open"
    assert "schon offen" in text(client.post(at(case, "abschluss/"), {"reopen": "1"}, follow=True))


def test_two_cases_of_a_household_become_one(client, owner, case, people):
    other = make_case(owner, ("Rosa Linde", "self", None), ("Opa Linde", "parent", 1950), name="R. Linde")
    page = text(client.get(at(case, "zusammenlegen/")))
    assert f"?fall={other.pk}" in page
    form = client.get(at(case, f"zusammenlegen/?fall={other.pk}")).content.decode()
    twin = other.household.people.get(relation="self")
    assert re.search(rf'name="same_{twin.pk}".*?value="{people["Rosa"].pk}" selected', form, re.DOTALL)

    client.post(at(case, f"zusammenlegen/?fall={other.pk}"), {f"same_{twin.pk}": str(people["Rosa"].pk)})

    assert client.get(at(other))["Location"] == at(case)
    assert client.get(at(other, "verlauf/")).status_code == 404
    assert "Opa Linde" in text(client.get(at(case)))
    assert client.get(at(case, "zusammenlegen/?fall=quatsch")).status_code == 404


def test_a_foreign_case_is_not_found_for_merging(client, network, case):
    stranger = make_actor(network, "beta", "counsellor", name="Fred")
    foreign = make_case(stranger, name="Rosa Linde")

    assert str(foreign.pk) not in text(client.post(at(case, "zusammenlegen/"), {"name": "Linde"}))
    assert client.post(at(case, f"zusammenlegen/?fall={foreign.pk}")).status_code == 404


def test_a_household_becomes_two_cases(client, case, people):
    response = client.post(at(case, "teilen/"), {"leaving": [str(people["Emil"].pk)]})
    new = Case.objects.exclude(pk=case.pk).get()

    assert response["Location"] == at(new)
    assert "Emil Linde" in text(client.get(at(new)))
    assert "Emil Linde" not in text(client.get(at(case)))
    wrong = client.post(at(case, "teilen/"), {"leaving": [str(people["Kim"].pk)]})
    assert wrong.status_code == 422
    assert "erwachsene Person" in wrong.content.decode()


def test_feedback_is_given_without_a_name(client):
    client.post("/de/arbeit/rueckmeldung/", {"understood": "4", "better": "", "again": "3"})

    assert (Feedback.objects.get().understood, Feedback.objects.get().better) == (4, None)
    wrong = client.post("/de/arbeit/rueckmeldung/", {})
    assert wrong.status_code == 422
    assert "Noch zu wenige Antworten" in text(client.get("/de/arbeit/rueckmeldung/ergebnis/?jahr=quatsch"))


def test_the_case_page_costs_the_same_queries_with_5_and_with_200_notes(
    client, case, owner, django_assert_max_num_queries
):
    def fill(number, mark):
        for count in range(number):
            record_contact(
                actor=owner, case=case, met=Met("office", today(case.network.zone), 30),
                texts={"facts": "a", "assessment": "b", "agreement": "c"}, idempotency_key=f"{mark}{count:031}",
                now=now(),
            )  # fmt: skip

    fill(2, "a")
    client.get(at(case))
    with django_assert_max_num_queries(45) as few:
        client.get(at(case))
    fill(66, "b")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(at(case))


def test_the_day_page_costs_the_same_queries_however_much_there_is(
    client, case, owner, day, django_assert_max_num_queries
):
    def fill(number):
        for _ in range(number):
            agreed(owner, case, day)
            give_task(
                actor=owner, case=case, assignee_id=owner.membership_id, text="x", due_on=day, today=day
            )  # fmt: skip

    fill(1)
    client.get("/de/arbeit/")
    with django_assert_max_num_queries(24) as few:
        client.get("/de/arbeit/")
    fill(8)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/de/arbeit/")


def test_of_a_couple_it_is_asked_whose_it_is_before_a_word_is_written(client, case, owner):
    page = client.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    alone = client.get(f"/de/arbeit/faelle/{make_case(owner, ('Kim Ulm', 'self', 1990)).pk}/").content.decode()

    before = page.split('id="contact_part"')[0]
    assert before.rindex("<form") > before.rindex("</details>")  # in the form itself, not folded away
    assert page.index('id="contact_part"') < page.index('id="contact_facts"')
    assert 'id="contact_part"' not in alone


def test_a_case_that_cannot_be_closed_yet_keeps_what_was_chosen(client, case, owner):
    details = DeadlineDetails(due_on=today(owner.network.zone) + timedelta(days=9), matter="Antwort an das Amt")
    set_deadline(actor=owner, case=case, details=details, now=now())
    refused = client.post(
        f"/de/arbeit/faelle/{case.pk}/abschluss/", {"close": "1", "reason": "done", "result": "better"}
    )

    assert refused.status_code == 422
    assert re.search(r'<option value="done" selected', refused.content.decode())
    assert Case.objects.get(pk=case.pk).state == "open"
