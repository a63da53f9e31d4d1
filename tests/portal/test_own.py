"""The own page over HTTP: no cookie before a code, throttled, quickly left, and only what is one's own."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.allowed import release
from tests.casework.career.test_career import begin
from tests.factories import make_actor, make_roster
from tests.notes import write_note
from tests.owning import code_for, couple, opened_with, otto_of, rosa_of
from tests.personas import first_free
from tests.portal.test_resaid import hidden_of, way_of
from tests.vault.line import all_staff_at_once, full_line
from tragnetz.appointments.commands import book
from tragnetz.appointments.rules import read_token
from tragnetz.casework.career.commands import share_resume
from tragnetz.casework.career.letters import share_letter
from tragnetz.casework.claims.commands import ClaimDetails, plan_claim
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.models import OwnMessage, OwnSession, Rating, Step
from tragnetz.casework.ownpage.commands import reply
from tragnetz.consent.models import Release
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_code, new_id

PAGE = "/de/meine-begleitung/"
STRICT = {"enforce_csrf_checks": True}


@pytest.fixture
def case(network, ada):
    return couple(network, ada)


@pytest.fixture
def code(ada, case):
    return code_for(ada, case, rosa_of(case)).code


def enter(code, **given) -> Client:
    client = Client(**given)
    response = client.post(PAGE, {"code": code})
    assert response.status_code == 302, response.content.decode()[:300]
    return client


def text(client, path="", **query) -> str:
    return client.get(f"{PAGE}{path}", query).content.decode()


def test_no_cookie_before_a_code_is_typed(client, code):
    response = client.get(PAGE)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert not client.post(PAGE, {"code": new_code()}).cookies


@pytest.mark.parametrize(
    ("path", "sent_to", "typed", "shown"),
    [
        ("", "nachricht/", {"text": "Der Vermieter droht schon wieder"}, ">Der Vermieter droht schon wieder<"),
        ("brief/", "brief/", {"text": "vom Jobcenter"}, ">vom Jobcenter<"),
        ("lebenslagen/", "lebenslagen/", {"work": "2"}, 'value="2" selected'),
    ],
)
def test_another_language_keeps_what_was_typed_and_sends_nothing(code, path, sent_to, typed, shown):
    client = enter(code)
    page = text(client, path)
    where, form, says = way_of(page, "uk")

    response = client.post(where, hidden_of(page, form) | typed | says)

    assert (response.status_code, where) == (200, f"/uk/meine-begleitung/{sent_to}")
    assert 'lang="uk"' in response.content.decode()
    assert shown in response.content.decode().replace("\n", "")
    assert "aria-invalid" not in response.content.decode()
    assert not OwnMessage.objects.exists()
    assert not Rating.objects.exists()
    assert client.get(where, follow=True).status_code == 200


def test_what_is_needed_for_a_step_is_sent_once_and_apart_from_other_messages(code):
    client = enter(code)
    page = text(client)
    step, key = Step.objects.filter(owner="person")[0], hidden_of(page, "nachricht")["key"]
    for_step = {"text": "Das Formular", "step": str(step.pk), "key": key}

    client.post(f"{PAGE}nachricht/", for_step)
    client.post(f"{PAGE}nachricht/", for_step)
    client.post(f"{PAGE}nachricht/", {"text": "Noch etwas", "step": "", "key": key})

    assert f'name="step" value="{step.pk}"><input type="hidden" name="key" value="{key}"' in page
    assert OwnMessage.objects.count() == 2


def test_a_code_gives_a_cookie_for_this_page_alone(code):
    client = Client(**STRICT)
    response = client.post(PAGE, {"code": code})
    given = [morsel for morsel in response.cookies.values() if morsel.key == "own"]

    assert {morsel["path"] for morsel in given} == {
        f"/{language}/meine-begleitung/" for language, _name in settings.LANGUAGES
    }
    assert all(morsel["httponly"] and morsel["samesite"] == "Strict" for morsel in given)
    page = client.get(PAGE)
    assert page["Cache-Control"] == "no-store"
    assert "Schritt Silberreiher" in page.content.decode()
    assert "Rosa Geheimrat" in client.get("/ar/meine-begleitung/").content.decode()


def test_a_form_of_another_site_opens_nothing(client, code):
    for header in (
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
        {"Origin": "http://[::1"}, {"Referer": "http://[::1"}, {"Origin": "http://testserver.evil.example"},
        {"Referer": "https://evil.example/http://testserver/"},
    ):  # fmt: skip
        response = client.post(PAGE, {"code": code}, headers=header)

        assert response.status_code == 403
        assert not response.cookies


def test_forms_of_the_page_need_their_token(code, case):
    client = enter(code, **STRICT)
    step = Step.objects.get(case=case)

    assert client.post(f"{PAGE}schritt/", {"step": step.pk}).status_code == 403
    page = text(client)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = client.post(f"{PAGE}schritt/", {"step": step.pk, "csrfmiddlewaretoken": token})
    assert sent.status_code == 302


def test_ten_wrong_codes_an_hour_then_words_and_a_number(client, code):
    found = [client.post(PAGE, {"code": new_code()}).status_code for _try in range(6)]
    slowed = client.post(PAGE, {"code": code})

    assert found == [422] * 5 + [429]
    assert slowed.status_code == 429
    assert "Zu viele falsche Codes" in slowed.content.decode()
    assert "0221 4710-100" in slowed.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert other.post(PAGE, {"code": code}).status_code == 302


def test_right_codes_are_not_counted(code):
    for _time in range(8):
        enter(code)


def test_wrong_codes_from_everywhere_are_slowed_together(code):
    found = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(PAGE, {"code": new_code()}).status_code for number in range(52)
    ]

    assert found[:50] == [422] * 50
    assert 429 in found[50:]


def test_when_many_sign_in_the_code_stays_and_one_is_told_when_to_send_it_again(client, code):
    with full_line():
        response = client.post(PAGE, {"code": code})

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert f'value="{code}"' in response.content.decode()
    assert client.post(PAGE, {"code": code}).status_code == 302


def test_when_all_staff_sign_in_at_once_a_code_still_opens(client, code, ada):
    with all_staff_at_once():
        refused = client.post("/de/konto/anmelden/", {"login": "ada@example.org", "password": "falsch"})
        opened = client.post(PAGE, {"code": code})
        opened_again = client.post(PAGE, {"code": code})

    assert (refused.status_code, opened.status_code, opened_again.status_code) == (429, 302, 302)


def test_a_code_that_nobody_has_costs_as_much_as_one_that_somebody_has(client, code):
    """Both wait in the same line: from the time of an answer nobody learns that a code begins like somebody's."""
    known_beginning = f"{code[:-4]}{'AAAA' if code[-4:] != 'AAAA' else 'BBBB'}"
    with full_line():
        statuses = [client.post(PAGE, {"code": typed}).status_code for typed in (known_beginning, new_code(), code)]

    assert statuses == [503] * 3
    assert client.post(PAGE, {"code": new_code()}).status_code == 422


def test_a_wrong_code_stays_in_its_field(client, network):
    page = client.post(PAGE, {"code": "K7M4-9XQ2-PD3A"}).content.decode()

    assert 'value="K7M4-9XQ2-PD3A"' in page
    assert "Diesen Code kennen wir nicht" in page


def test_what_is_anothers_is_not_shown(ada, case, network, code):
    otto = otto_of(case)
    add_step(actor=ada, case=case, text="Schritt nur Otto", owner="person", due_on=None, person=otto)
    write_note(actor=ada, case=case, kind="assessment", text="Einschätzung Geheimfach")
    foreign = couple(network, ada)
    add_step(actor=ada, case=foreign, text="Schritt fremder Fall", owner="person", due_on=None)
    release(ada, otto, "goals", topic="Ottos Thema")
    paths = ("", "daten.json", "lebenslagen/")
    his, hers = enter(code_for(ada, case, otto).code), enter(code)
    theirs = enter(code_for(ada, foreign, rosa_of(foreign)).code)
    assert "Schritt nur Otto" in text(his)
    assert "Beta e. V." in text(his)
    assert "Schritt fremder Fall" in text(theirs)

    seen = "".join(text(hers, path) for path in paths)

    assert "Schritt Silberreiher" in seen
    for secret in ("Schritt nur Otto", "Geheimfach", "Zitronenfalter", "Schritt fremder Fall", "Beta e. V."):
        assert secret not in seen


def test_half_an_hour_later_the_page_is_closed_and_nothing_typed_is_lost(code, case):
    client = enter(code)
    OwnSession.objects.update(seen_at=now() - timedelta(minutes=31))

    closed = client.post(f"{PAGE}nachricht/", {"text": "Bitte rufen Sie an"})
    page = closed.content.decode()

    assert closed.status_code == 401
    assert 'name="kept" value="Bitte rufen Sie an"' in page
    assert "Ihre Seite ist geschlossen" in page
    again = client.post(PAGE, {"code": code, "kept": "Bitte rufen Sie an"})
    assert ">Bitte rufen Sie an</textarea>" in again.content.decode()
    assert not OwnMessage.objects.exists()


def test_leaving_quickly_ends_the_session_and_leads_elsewhere(code):
    client = enter(code)
    response = client.post(f"{PAGE}ende/", {"away": "1"})

    assert response["Refresh"] == "0; url=https://www.wetter.de/"
    assert "Begleitung" not in response.content.decode()
    assert not OwnSession.objects.exists()
    assert "Schritt Silberreiher" not in text(client)


def test_signing_out_goes_to_the_start(code):
    client = enter(code)

    response = client.post(f"{PAGE}ende/")

    assert response["Location"] == "/de/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(f"{PAGE}daten.json").status_code == 302


def test_a_step_a_message_a_rating_a_withdrawal(ada, case, code):
    given = release(ada, rosa_of(case), "goals")
    client, step = enter(code), Step.objects.get(case=case)

    assert "Gut gemacht" in client.post(f"{PAGE}schritt/", {"step": step.pk}, follow=True).content.decode()
    assert "erledigt am" in text(client)
    sent = client.post(f"{PAGE}nachricht/", {"text": "Das Formular fehlt", "step": step.pk}, follow=True)
    assert "Das Formular fehlt" in sent.content.decode()
    rated = client.post(f"{PAGE}lebenslagen/", {"money": "2", "home": "", "key": "c" * 32}, follow=True)
    assert "Danke. Ihre Einschätzung" in rated.content.decode()
    assert "Beta e. V." in text(client, "widerruf/", was=given.pk)
    withdrawn = client.post(f"{PAGE}widerruf/", {"was": given.pk}, follow=True)
    assert "widerrufen am" in withdrawn.content.decode()

    assert Step.objects.get(pk=step.pk).done_on == today(ada.network.zone)
    assert Release.objects.get(pk=given.pk).withdrawal_form == "electronic"
    assert Rating.objects.get().lines.get().own_level == 2


@pytest.mark.parametrize(
    ("path", "sent"),
    [("nachricht/", {"text": " "}), ("nachricht/", {"text": "x" * 2001}), ("lebenslagen/", {}),
     ("lebenslagen/", {"money": "9"}), ("schritt/", {"step": "nix"}), ("widerruf/", {"was": "nix"}),
     ("termin/", {"termin": "nix"})],
)  # fmt: skip
def test_what_cannot_be_is_said_and_kept(code, path, sent):
    response = enter(code).post(f"{PAGE}{path}", sent)

    assert response.status_code == 422
    assert "kern-alert--danger" in response.content.decode()
    if sent.get("text", " ").strip():
        assert sent["text"] in response.content.decode()


def test_what_one_takes_along_is_what_the_page_shows(ada, case, code):
    details = GoalDetails("Miete selbst zahlen", "drei Monate pünktlich", today(ada.network.zone) + timedelta(days=90))
    agree_goal(actor=ada, case=case, details=details, today=today(ada.network.zone))
    release(ada, rosa_of(case), "goals")
    reply(actor=ada, case=case, person=rosa_of(case), text="Bis Montag", request_key=new_id().hex, now=now())
    client = enter(code)
    page = text(client)

    found = json.loads(text(client, "daten.json"))
    pdf = client.get(f"{PAGE}daten.pdf")

    shown = json.dumps(found, ensure_ascii=False)
    for words in ("Miete selbst zahlen", "drei Monate pünktlich", "Schritt Silberreiher", "Beta e. V.", "Bis Montag"):
        assert words in page
        assert words in shown
    assert len(found["sections"]) == 11
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"])
def test_all_pages_open_in_every_language(ada, case, code, language):
    given = release(ada, rosa_of(case), "goals")
    client = enter(code)
    for path in ("", "lebenslagen/", f"widerruf/?was={given.pk}", "daten.json", "daten.pdf"):
        assert client.get(f"/{language}/meine-begleitung/{path}").status_code == 200, path


def test_the_page_costs_the_same_however_much_there_is(ada, case, code):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert enter_again.get(PAGE).status_code == 200
        return len(seen)

    day = today(ada.network.zone)

    def goal(words) -> None:
        details = GoalDetails(words, "sichtbar", day + timedelta(days=90))
        made = agree_goal(actor=ada, case=case, details=details, today=day)
        add_step(actor=ada, case=case, text=f"Weg zu {words}", owner="person", due_on=None, goal=made)

    enter_again = enter(code)
    goal("eins")
    reply(actor=ada, case=case, person=rosa_of(case), text="eins", request_key=new_id().hex, now=now())
    release(ada, rosa_of(case), "goals")
    opened_with(code_for(ada, case, otto_of(case)))
    enter_again.get(PAGE)
    few = cost()
    for number in range(15):
        add_step(actor=ada, case=case, text=f"Schritt {number}", owner="person", due_on=None)
        goal(f"Ziel {number}")
        reply(actor=ada, case=case, person=rosa_of(case), text=f"{number}", request_key=new_id().hex, now=now())
        release(ada, rosa_of(case), "goals")
    enter_again.get(PAGE)

    assert cost() == few
    assert few <= 40


@pytest.fixture
def booking(ada, case):
    make_roster(ada.membership_id)
    return book(
        actor=ada, wanted=first_free(ada.network, ada), contact=case.contact, topic="", language="de",
        interpreter=False, idempotency_key="d" * 32, now=now(),
    ).booking  # fmt: skip


def test_an_appointment_is_moved_and_cancelled(booking, code):
    client = enter(code)
    assert "Verschieben oder absagen" in text(client)
    page = text(client, "termin/", termin=booking.pk)
    slot = re.findall(r'name="slot" value="([^"]+)"', page)[-1]

    moved = client.post(f"{PAGE}termin/", {"termin": booking.pk, "slot": slot}, follow=True).content.decode()
    before = booking.starts_at
    asked = client.post(f"{PAGE}termin/", {"termin": booking.pk, "ask": "1"}).content.decode()
    booking.refresh_from_db()
    assert ("Möchten Sie diesen Termin absagen?" in asked, booking.state) == (True, "booked")
    cancelled = client.post(f"{PAGE}termin/", {"termin": booking.pk, "cancel": "1"}, follow=True).content.decode()

    assert "Ihr Termin ist verschoben." in moved
    assert booking.starts_at > before
    assert "Ihr Termin ist abgesagt." in cancelled
    assert "Hier steht gerade kein Termin." in cancelled


def test_another_time_is_one_with_the_own_counselling(network, ada, booking, code):
    """Of two who have time, the one of another organisation is not offered: the person told them nothing."""
    other = make_actor(network, "beta", "counsellor", name="Bea")
    make_roster(other.membership_id)
    page = text(enter(code), "termin/", termin=booking.pk)

    offered = {read_token(token).membership_id for token in re.findall(r'name="slot" value="([^"]+)"', page)}
    assert offered == {ada.membership_id}


def test_without_a_chosen_time_nothing_moves(booking, code):
    response = enter(code).post(f"{PAGE}termin/", {"termin": booking.pk})

    assert response.status_code == 422
    assert "Bitte wählen Sie einen Termin." in response.content.decode()


def test_another_adult_sees_no_appointment_of_the_first(booking, ada, case, code):
    assert "Verschieben oder absagen" in text(enter(code))
    his = enter(code_for(ada, case, otto_of(case)).code)

    assert "Verschieben oder absagen" not in text(his)
    assert his.post(f"{PAGE}termin/", {"termin": booking.pk, "cancel": "1"}).status_code == 422
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_claims_stand_on_the_page_and_in_what_is_taken_along(ada, case, code):
    details = ClaimDetails(title="Härtefonds Silberreiher", office_words="Stadtkasse", reference="AZ Zitronenfalter")
    plan_claim(actor=ada, case=case, details=details, idempotency_key="k", now=now())
    client = enter(code)

    page, taken = text(client), client.get(f"{PAGE}daten.json").content.decode()

    for found in (page, taken):
        assert "Härtefonds Silberreiher" in found
        assert "Wir bereiten den Antrag mit Ihnen vor." in found
        assert "Zitronenfalter" not in found
    assert "نحن نجهّز الطلب معك." in client.get("/ar/meine-begleitung/").content.decode()


def test_papers_stand_here_only_when_shared_and_only_ones_own(network, ada, case, code):
    rosa, otto = coached(ada, case, rosa_of(case)), coached(ada, case, otto_of(case))
    for coaching in (rosa, otto):
        begin(ada, coaching, employer=f"Betrieb {coaching.person.name}")
    client = enter(code)
    assert "Betrieb" not in text(client)
    assert client.get(f"{PAGE}lebenslauf.pdf").status_code == 404

    for coaching in (rosa, otto):
        share_resume(actor=ada, coaching=coaching, shared=True)
        share_letter(actor=ada, letter=coaching.letters.get(), shared=True)
    page = text(client)
    own, other = (client.get(f"{PAGE}bewerbung.pdf", {"was": one.letters.get().pk}) for one in (rosa, otto))

    assert f"Betrieb {rosa.person.name}" in page
    assert f"Betrieb {otto.person.name}" not in page
    assert (own.status_code, other.status_code) == (200, 404)
    assert own["Cache-Control"] == "no-store"
    assert client.get(f"{PAGE}lebenslauf.pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"{PAGE}lebenslauf.docx").status_code == 200
    assert f"Betrieb {rosa.person.name}" in text(client, "daten.json")
    share_resume(actor=ada, coaching=rosa, shared=False)
    assert client.get(f"{PAGE}lebenslauf.docx").status_code == 404


def coached(actor, case, person):
    return start_coaching(actor=actor, case=case, person=person, today=today(actor.network.zone))
