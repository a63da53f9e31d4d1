"""The partner's page: code first, then what was released, nothing stored by browsers, nothing after a withdrawal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import formats

from tests.allowed import SECRETS, client_as, make_case, person_of, release
from tests.factories import make_actor
from tests.owning import code_for
from tests.referrals.conftest import linked, sent
from tragnetz.audit.models import Event
from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact
from tragnetz.consent.commands import withdraw
from tragnetz.core.clock import now
from tragnetz.messaging.models import Message
from tragnetz.network.actors import partner
from tragnetz.referrals.commands import move_referral
from tragnetz.referrals.exchange import answer_talk, propose_talk
from tragnetz.referrals.models import Browser, Line, Link, Referral, Talk


@pytest.fixture
def case(network, ada):
    make_actor(network, "beta", "counsellor", name="Fred")
    made = make_case(network, ada)
    Contact.objects.filter(pk=made.contact_id).update(may_text=True)
    return Case.objects.select_related("contact", "household", "network", "organisation").get(pk=made.pk)


@pytest.fixture
def link(ada, case):
    release(ada, person_of(case), "contact", "goals")
    row = sent(ada, case)
    secret, made = linked(ada, row)
    return f"/de/antwort/{secret}/", made


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_link_alone_says_nothing(client, link):
    answer = client.get(link[0])

    assert answer.status_code == 200
    assert "Rosa" not in text(answer)
    assert "Beta" not in text(answer)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert client.post(link[0], {"do": "answer", "answer": "accepted"}).status_code == 401
    assert Referral.objects.get().state == "requested"


def test_the_code_opens_it_in_this_browser_alone(client, link):
    assert client.post(link[0], {"code": "wrong"}).status_code == 422
    assert client.post(link[0], {"code": link[1].code.lower()}).status_code == 302
    page = client.get(link[0])

    assert SECRETS["goals"] in text(page)
    assert page["Cache-Control"] == "no-store"
    assert SECRETS["notes"] not in text(page)
    assert "Rosa" not in text(Client().get(link[0]))


def test_a_partner_answers_asks_and_proposes(client, link):
    client.post(link[0], {"code": link[1].code})

    for sent_form in (
        {"do": "write", "text": "Welche Sprache?", "key": "1"},
        {"do": "talk", "day": "2099-01-01", "time": "10:00", "place": "Raum 3"},
        {"do": "refuse", "refusal": ""},
        {"do": "answer", "answer": "cancelled", "seen": "requested"},
    ):
        wanted = 302 if sent_form["do"] == "write" else 422
        assert client.post(link[0], sent_form).status_code == wanted, sent_form
    assert client.post(link[0], {"do": "answer", "answer": "accepted", "seen": "requested"}).status_code == 302
    assert client.post(link[0], {"do": "answer", "answer": "completed:helped", "seen": "accepted"}).status_code == 302

    row = Referral.objects.get()
    assert (row.state, row.outcome, Line.objects.count(), Talk.objects.count()) == ("completed", "helped", 1, 0)
    assert "Rosa" not in text(client.get(link[0]))
    assert "beendet" in text(client.get(link[0]))


def test_after_a_withdrawal_the_open_page_is_gone_at_the_next_request(client, ada, case, link):
    client.post(link[0], {"code": link[1].code})

    assert client.get(link[0]).status_code == 200
    withdraw(actor=ada, given=person_of(case).releases.get(), form="oral", now=now())

    assert client.get(link[0]).status_code == 404
    assert client.post(link[0], {"do": "answer", "answer": "accepted"}).status_code == 404
    assert Referral.objects.get().state == "requested"


def test_codes_cannot_be_tried_for_long(client, link):
    found = [client.post(link[0], {"code": "0000-0000-0000"}).status_code for _try in range(12)]

    assert found[0] == 422
    assert found[-1] in {404, 429}
    assert client.post(link[0], {"code": link[1].code}).status_code in {404, 429}


def test_the_person_says_by_the_link_whether_it_helped(client, settings, ada, case):
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"
    row = sent(ada, case, basis="anonymous", asks_person=True)
    move_referral(actor=ada, referral=row, target="accepted", now=now())
    path = Message.objects.get(template="helped_ask").params["link"].removeprefix("https://stadt.example")

    page = client.get(path)
    assert "Beta" not in text(page)
    assert client.post(path, {"told": "nonsense"}).status_code == 422
    assert "Danke" in text(client.post(path, {"told": "helped"}))
    assert Referral.objects.get().told == "helped"
    assert client.get(path).status_code == 404


def test_the_own_page_shows_a_referral_and_takes_the_answer(client, ada, case):
    row = sent(ada, case, basis="anonymous")
    made = code_for(ada, case, person_of(case))
    client.post("/de/meine-begleitung/", {"code": made.code})

    assert "Die Antwort fehlt noch" in text(client.get("/de/meine-begleitung/"))
    assert client.post("/de/meine-begleitung/hilfe/", {"referral": str(row.pk), "told": "helped"}).status_code == 422
    move_referral(actor=ada, referral=row, target="accepted", now=now())
    assert client.post("/de/meine-begleitung/hilfe/", {"referral": str(row.pk), "told": "helped"}).status_code == 302
    assert "Das hat geholfen." in text(client.get("/de/meine-begleitung/"))
    assert "Beta e. V." in client.get("/de/meine-begleitung/daten.json").content.decode()


def test_the_person_sees_when_a_partner_last_read_it(client, ada, case, link):
    own = Client()
    own.post("/de/meine-begleitung/", {"code": code_for(ada, case, person_of(case)).code})
    assert "Dort zuletzt gelesen" not in text(own.get("/de/meine-begleitung/"))

    client.post(link[0], {"code": link[1].code})

    day = formats.date_format(now().astimezone(case.network.zone))
    assert f"Dort zuletzt gelesen am {day}." in text(own.get("/de/meine-begleitung/"))
    assert f"Dort zuletzt gelesen am {day}." in own.get("/de/meine-begleitung/daten.json").content.decode()


def test_a_partner_reads_german_words_in_a_german_page(client, link):
    answer = client.get(link[0].replace("/de/", "/ar/"))

    assert answer.status_code == 302
    assert answer["Location"] == link[0]
    assert "hreflang" not in text(client.get(link[0]))


def test_a_wrong_answer_keeps_what_was_typed_and_takes_the_focus(client, link):
    client.post(link[0], {"code": link[1].code})

    answer = client.post(link[0], {"do": "talk", "day": "31.02.2026", "time": "10:00", "place": "Raum 3"})

    assert answer.status_code == 422
    assert "Bitte ein Datum, zum Beispiel 01.12.2026." in text(answer)
    assert 'value="Raum 3"' in text(answer)
    assert text(answer).count("autofocus") == 1


# Messengers and mail programs open a link before a person does: to show what it is, or to look for viruses.
PREVIEWERS = [
    "WhatsApp/2.23.20.0", "facebookexternalhit/1.1", "TelegramBot (like TwitterBot)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)", "Mozilla/5.0 (compatible; Googlebot/2.1)",
]  # fmt: skip


def all_rows():
    return {model: list(model.objects.order_by("pk").values()) for model in (Referral, Link, Browser, Message, Event)}


def test_programs_that_look_at_a_link_use_nothing_up_and_are_no_reader(client, settings, ada, case, link):
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"
    asked = sent(ada, case, basis="anonymous", asks_person=True)
    move_referral(actor=ada, referral=asked, target="accepted", now=now())
    helped = Message.objects.get(template="helped_ask").params["link"].removeprefix("https://stadt.example")
    before = all_rows()

    for path in (link[0], helped):
        for agent in PREVIEWERS:
            assert client.get(path, headers={"user-agent": agent}).status_code == 200
            assert client.head(path, headers={"user-agent": agent}).status_code == 200

    assert all_rows() == before
    assert set(client.cookies) <= {"csrftoken"}
    client.post(link[0], {"code": link[1].code})
    assert SECRETS["goals"] in text(client.get(link[0]))
    assert "Danke" in text(client.post(helped, {"told": "helped"}))


def test_the_person_reads_when_and_where_all_meet(client, ada, case):
    row = sent(ada, case, basis="anonymous")
    at = (now() + timedelta(days=3)).astimezone(case.network.zone).replace(hour=10, minute=30)
    talk = propose_talk(actor=ada, referral=row, starts_at=at, place="Raum 3", now=now())
    made = code_for(ada, case, person_of(case))
    client.post("/de/meine-begleitung/", {"code": made.code})

    assert "Gemeinsames Gespräch" not in text(client.get("/de/meine-begleitung/"))
    answer_talk(actor=partner(case.network), talk=talk, fits=True, now=now())

    page = text(client.get("/ar/meine-begleitung/"))
    assert "لقاء مشترك" in page
    assert "<bdi>10:30</bdi></strong>, <bdi>Raum 3</bdi>" in page
    assert "Raum 3" in client.get("/de/meine-begleitung/daten.json").content.decode()


def test_who_cannot_help_may_say_more_and_the_counselling_reads_it(client, ada, case, link):
    client.post(link[0], {"code": link[1].code})
    assert "Möchten Sie etwas dazu sagen?" in text(client.get(link[0]))
    words = {
        "do": "refuse",
        "refusal": "no_capacity",
        "words": "Ab Mai ist Platz. 🙂",
        "key": "4" * 32,
        "seen": "requested",
    }
    wrong = client.post(link[0], words | {"refusal": ""})
    twice = [client.post(link[0], words).status_code for _tap in range(2)]

    assert (wrong.status_code, "Ab Mai ist Platz. 🙂" in text(wrong)) == (422, True)
    assert twice == [302, 302]
    row = Referral.objects.get()
    assert (row.state, row.refusal) == ("rejected", "no_capacity")
    assert [(line.side, line.text) for line in Line.objects.all()] == [("recipient", "Ab Mai ist Platz. 🙂")]
    page = text(client_as(ada).get(f"/de/arbeit/faelle/{case.pk}/vermittlungen/{row.pk}/"))
    assert "Ab Mai ist Platz. 🙂" in page


def test_the_counselling_enters_a_refusal_without_a_message_to_the_partner(ada, case):
    row = sent(ada, case, basis="anonymous")

    assert "Möchten Sie etwas dazu sagen?" not in text(
        client_as(ada).get(f"/de/arbeit/faelle/{case.pk}/vermittlungen/{row.pk}/")
    )
