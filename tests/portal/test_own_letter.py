"""Showing a letter on the own page: it arrives, is new for the counsellor, and is nobody else's."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.allowed import client_as
from tests.casework.claims.test_claims import plan
from tests.casework.files.samples import HOSTILE, JPEG, PDF, TEXT
from tests.casework.papers_of import make_benefits
from tests.factories import make_actor
from tests.owning import code_for, couple, opened_with, otto_of, rosa_of
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.own import show_letter
from tragnetz.casework.files.rules import MOST_A_DAY
from tragnetz.casework.models import CaseFile
from tragnetz.casework.ownpage.commands import end_access
from tragnetz.casework.ownpage.queries import heard_from
from tragnetz.casework.papers.queries import sheet_of
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.staff.models import Bucket

PAGE = "/de/meine-begleitung/"
LETTER = f"{PAGE}brief/"


@pytest.fixture
def case(network, ada):
    return couple(network, ada)


@pytest.fixture
def made(ada, case):
    return code_for(ada, case, rosa_of(case))


def enter(code) -> Client:
    client = Client()
    assert client.post(PAGE, {"code": code}).status_code == 302
    return client


@pytest.fixture
def hers(made):
    return enter(made.code)


def send(client, content=JPEG, name="IMG_0001.jpg", **given):
    asked = {"key": uuid.uuid4().hex, "text": "Brief vom Jobcenter", "file": SimpleUploadedFile(name, content)}
    return client.post(LETTER, asked | given)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_letter_arrives_and_is_new_until_the_counselling_looked(hers, ada, case):
    answer = send(hers)

    assert (answer.status_code, answer["Location"]) == (302, f"{LETTER}?ok=1")
    assert "Angekommen. Ihre Beratung sieht sich die Datei an." in text(hers.get(f"{LETTER}?ok=1"))
    assert "Brief vom Jobcenter" in text(hers.get(PAGE))
    staff = client_as(ada)
    assert "Neu von der Person" in text(staff.get("/de/arbeit/"))
    row = CaseFile.objects.get()
    assert (row.author, row.paper, row.compartment.person) == (None, "letter", rosa_of(case))
    address = f"/de/arbeit/faelle/{case.pk}/unterlagen/"
    assert "Neu von der Person" in text(staff.get(address))
    assert CaseFile.objects.get().looked_at is None  # the list alone is no look
    assert staff.get(f"{address}{row.pk}/datei/").content == JPEG
    assert "Neu von der Person" not in text(staff.get("/de/arbeit/"))
    assert "Ihre Beratung hat sie angesehen." in text(hers.get(LETTER))


def test_the_day_counts_a_case_once_in_one_query(hers, ada, django_assert_num_queries):
    send(hers)
    send(hers)

    with django_assert_num_queries(1):
        found = heard_from(ada, own=True).sent

    assert [case.sent for case in found] == [2]


def test_what_one_sent_is_not_shown_to_the_other(hers, ada, case):
    send(hers, text="Geheimnis Goldregenpfeifer")
    assert "Goldregenpfeifer" in text(hers.get(LETTER))
    his = enter(code_for(ada, case, otto_of(case)).code)

    seen = "".join(text(his.get(path)) for path in (PAGE, LETTER, f"{PAGE}daten.json"))

    assert "Goldregenpfeifer" not in seen
    assert "Goldregenpfeifer" in text(hers.get(f"{PAGE}daten.json"))


def test_a_colleague_sees_neither_the_day_nor_the_file(hers, network, case, ada):
    send(hers)
    assert heard_from(ada, own=False).sent
    bert = make_actor(network, "alpha", "counsellor", name="Bert")

    assert heard_from(bert, own=False).sent == []
    path = f"/de/arbeit/faelle/{case.pk}/unterlagen/{CaseFile.objects.get().pk}/datei/"
    assert client_as(bert).get(path).status_code == 404


@pytest.mark.parametrize(("name", "words"), [("svg", "nehmen wir nicht an"), ("exe", "nehmen wir nicht an")])
def test_a_refused_file_is_told_and_the_words_stay(hers, name, words):
    answer = send(hers, HOSTILE[name], text="Bleibt stehen")

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Bleibt stehen" in text(answer)
    assert CaseFile.objects.count() == 0


def test_a_file_that_is_too_large_is_told_and_the_words_stay(hers, settings):
    settings.TRAGNETZ_UPLOAD_MOST = 50_000

    answer = send(hers, PDF + bytes(50_000), text="Bleibt stehen")

    assert answer.status_code == 422
    assert "zu groß" in text(answer)
    assert "Bleibt stehen" in text(answer)


def test_nothing_chosen_is_told(hers):
    assert "Bitte wählen Sie eine Datei." in text(hers.post(LETTER, {"text": ""}))


def test_the_same_form_sent_twice_keeps_one(hers):
    key = uuid.uuid4().hex

    assert [send(hers, key=key).status_code for _time in range(2)] == [302, 302]
    assert CaseFile.objects.count() == 1


def test_ten_a_day_and_then_words(made):
    opened = opened_with(made)

    def show():
        return show_letter(opened=opened, name="a.txt", content=TEXT, note="", request_key=new_id().hex, now=now())

    from tragnetz.vault.keyring import using

    with using(opened.ring):
        for _time in range(MOST_A_DAY):
            show()
        with pytest.raises(CaseworkError, match="schon 10 Dateien"):
            show()


def test_a_paper_that_a_claim_waits_for_is_sent_and_missing_no_more(network, hers, ada, case):
    make_benefits(network)
    plan(ada, case, "kindergeld")
    plan(ada, case, "kinderzuschlag", person=rosa_of(case))
    plan(ada, case, "wohngeld", person=otto_of(case))
    assert f'href="{LETTER}?unterlage=geburtsurkunde"' in hers.get(PAGE).content.decode()
    form = text(hers.get(f"{LETTER}?unterlage=geburtsurkunde"))
    assert '<option value="geburtsurkunde" selected>' in form
    assert "personalausweis" not in form  # only the other adult is asked for it

    assert send(hers, paper="personalausweis").status_code == 422
    assert send(hers, paper="geburtsurkunde").status_code == 302
    assert send(hers, paper="mietvertrag").status_code == 302

    rows = {row.paper: row for row in CaseFile.objects.all()}
    assert {key: (row.for_household, row.compartment.person) for key, row in rows.items()} == {
        "geburtsurkunde": (True, rosa_of(case)), "mietvertrag": (False, rosa_of(case)),
    }  # fmt: skip
    page = text(hers.get(PAGE))
    assert "?unterlage=einkommensnachweise" in page
    assert "?unterlage=geburtsurkunde" not in page
    assert "?unterlage=mietvertrag" not in page
    sheet = text(client_as(ada).get(f"/de/arbeit/faelle/{case.pk}/antraege/unterlagen/"))
    assert sheet.count("neu von der Person, noch nicht angesehen") == 2
    assert {(need.paper.key, need.standing) for need in sheet_of(case, today(network.zone)).needs} >= {
        ("geburtsurkunde", "there"), ("mietvertrag", "there"), ("mietvertrag", "missing"),
    }  # fmt: skip


def test_many_tries_in_a_row_are_slowed(hers):
    found = [send(hers, HOSTILE["gif"]).status_code for _try in range(13)]

    assert found == [422] * 12 + [429]
    assert Bucket.objects.exists()


def test_the_end_of_the_code_ends_it_at_the_next_request(hers, made, ada):
    assert send(hers).status_code == 302
    end_access(actor=ada, access=made.access, now=now())

    answer = send(hers, text="Wichtig")

    assert answer.status_code == 401
    assert "Wichtig" in text(answer)  # what was written is carried on to the next code
    assert CaseFile.objects.count() == 1


def test_a_closed_case_takes_no_letters(hers, ada, case, network):
    assert send(hers).status_code == 302
    close_case(actor=ada, case=case, reason="done", result="better", after_care=False, today=today(network.zone))

    answer = send(hers)

    assert answer.status_code == 422
    assert "Der Fall ist beendet" in text(answer)


def test_events_tell_that_something_was_sent_and_no_word_of_it(hers):
    send(hers)
    event = Event.objects.get(verb="file:send")

    assert (event.actor_kind, event.details["type"]) == ("person", "jpg")
    assert "Jobcenter" not in str(event.details)
