"""Codes for own pages, made by the counsellor; messages on the day page."""

import re

import pytest

from tests.allowed import client_as
from tests.factories import make_actor
from tests.owning import code_for, couple, opened_with, otto_of, rosa_of
from tragnetz.casework.models import OwnAccess, OwnMessage
from tragnetz.casework.ownpage.commands import open_own_page, write_to_counselling
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.vault.keyring import using


@pytest.fixture
def case(network, ada):
    return couple(network, ada)


@pytest.fixture
def page(case):
    return f"/de/arbeit/faelle/{case.pk}/eigene-seite/"


def made_by(client, page, person, **more):
    return client.post(page, {"do": "make", "person": person.pk, "key": new_id().hex, **more})


def code_in(response) -> str:
    return re.search(r"<bdi>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</bdi>", response.content.decode())[1]


def wrote(ada, case, text="Das Formular fehlt"):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    with using(opened.ring):
        return write_to_counselling(opened=opened, text=text, request_key=new_id().hex, now=now())


def test_a_code_is_shown_once_and_opens(ada, case, page, network):
    client = client_as(ada)
    code = code_in(made_by(client, page, rosa_of(case)))

    assert open_own_page(network=network, typed=code, now=now()) is not None
    assert code not in client.get(page).content.decode()


def test_the_page_names_adults_alone(ada, case, page):
    shown = client_as(ada).get(page).content.decode()

    assert "Rosa Geheimrat" in shown
    assert "Otto Geheimrat" in shown
    assert "Kim Geheimrat" not in shown


def test_the_sheet_is_printed_with_the_living_code_alone(ada, case, page):
    client = client_as(ada)
    code = code_in(made_by(client, page, rosa_of(case)))
    sheet = client.post(f"{page}blatt.pdf", {"person": rosa_of(case).pk, "code": code})

    assert sheet.content.startswith(b"%PDF")
    assert sheet["Cache-Control"] == "no-store"
    made_by(client, page, rosa_of(case), sure="1")
    assert client.post(f"{page}blatt.pdf", {"person": rosa_of(case).pk, "code": code}).status_code == 302


@pytest.mark.parametrize("language", ["tr", "ar", "uk"])
def test_the_sheet_speaks_the_persons_language(ada, case, page, language):
    type(case.contact).objects.filter(pk=case.contact_id).update(language=language)
    client = client_as(ada)
    code = code_in(made_by(client, page, rosa_of(case)))

    assert client.post(f"{page}blatt.pdf", {"person": rosa_of(case).pk, "code": code}).status_code == 200


def test_ending_a_code(ada, case, page):
    client = client_as(ada)
    made_by(client, page, otto_of(case))
    client.post(page, {"do": "end", "person": otto_of(case).pk, "sure": "1"})

    assert not OwnAccess.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(("do", "question"), [("make", "Einen neuen Code für"), ("end", "Den Code von")])
def test_a_code_in_use_is_taken_only_after_a_question(ada, case, page, network, do, question):
    client = client_as(ada)
    code = code_in(made_by(client, page, rosa_of(case)))

    asked = client.post(page, {"do": do, "person": rosa_of(case).pk, "key": new_id().hex})

    assert f"{question} Rosa Geheimrat" in asked.content.decode()
    assert open_own_page(network=network, typed=code, now=now()) is not None

    client.post(page, {"do": do, "person": rosa_of(case).pk, "key": new_id().hex, "sure": "1"})
    assert open_own_page(network=network, typed=code, now=now()) is None


def test_a_message_stands_on_the_day_page_until_it_is_read(ada, case, page):
    wrote(ada, case)
    client = client_as(ada)
    assert "1 neue Nachricht" in client.get("/de/arbeit/").content.decode()

    assert "Das Formular fehlt" in client.get(page).content.decode()

    assert "neue Nachricht" not in client.get("/de/arbeit/").content.decode()


def test_a_colleague_sees_nothing_of_it(ada, case, page, network):
    wrote(ada, case)
    assert "Das Formular fehlt" in client_as(ada).get(page).content.decode()
    bert = client_as(make_actor(network, "alpha", "counsellor", name="Bert"))

    assert bert.get(page).status_code == 404
    assert "neue Nachricht" not in bert.get("/de/arbeit/").content.decode()


def test_a_reply_is_kept_and_an_empty_one_is_refused_beside_its_field(ada, case, page):
    wrote(ada, case)
    client = client_as(ada)

    sent = client.post(page, {"do": "reply", "person": rosa_of(case).pk, "text": "Ich schicke es", "key": new_id().hex})
    empty = client.post(page, {"do": "reply", "person": rosa_of(case).pk, "text": " ", "key": new_id().hex})
    long = client.post(page, {"do": "reply", "person": rosa_of(case).pk, "text": "y" * 2001, "key": new_id().hex})

    assert (sent.status_code, empty.status_code, long.status_code) == (302, 422, 422)
    assert "Bitte schreiben Sie etwas" in empty.content.decode()
    assert "y" * 2001 in long.content.decode()
    assert OwnMessage.objects.exclude(author=None).get().text == "Ich schicke es"


def test_nonsense_is_not_found(ada, case, page):
    client = client_as(ada)

    assert client.post(page, {"do": "make", "person": "nix", "key": "1"}).status_code == 404
    assert client.post(page, {"do": "nix", "person": rosa_of(case).pk}).status_code == 404
