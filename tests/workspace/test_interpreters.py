"""The list of interpreters, the open talk, asking somebody: the pages."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import make_actor, make_roster
from tests.personas import client_for
from tragnetz.appointments.commands import book
from tragnetz.appointments.models import Booking, Interpreter, InterpreterAssignment
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import wanted_from
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.messaging.models import Message

LIST = "/de/arbeit/dolmetschen/"
TYPED = {
    "name": "Samira Lang",
    "kind": "person",
    "languages": ["ar"],
    "email": "samira@dolmetschen.example",
    "phone": "",
}


@pytest.fixture
def actors(network):
    found = {
        role: make_actor(network, "alpha", role, name=name)
        for role, name in (("lead", "Leo"), ("counsellor", "Ada"), ("intake", "Ida"))
    }
    make_roster(found["counsellor"].membership_id)
    return found


@pytest.fixture
def talk(network, actors) -> Booking:
    actor = actors["counsellor"]
    details = ContactDetails(name="Rosa Geheimrat", phone="0170 1234567", language="ar", interpreter=True)
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    day = today(network.zone)
    slot = next(
        free(network=network, first=day, last=day + timedelta(days=13), not_before=now() + timedelta(hours=3),
             memberships=[actor.membership_id], kinds=["phone"], interpreter=True)
    )  # fmt: skip
    wanted = wanted_from(slot)
    return book(
        actor=actor, wanted=wanted, contact=contact, topic="", language="ar", interpreter=True,
        idempotency_key="t" * 32, now=now(),
    ).booking  # fmt: skip


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_from_an_open_talk_to_an_interpreter_who_comes(network, actors, talk):
    desk, lead = client_for(actors["intake"]), client_for(actors["lead"])
    page = reverse("workspace:booking", args=[talk.pk])
    assert "Dolmetschen fehlt noch" in text(desk, "/de/arbeit/")
    assert "Dolmetschen fehlt noch" in text(client_for(actors["counsellor"]), "/de/arbeit/")
    assert "Noch ist niemand angefragt." in text(desk, page)
    assert "niemand mit gültiger Erklärung" in text(desk, page)

    lead.post(LIST, TYPED)
    row = Interpreter.objects.get()
    assert "Erklärung fehlt" in text(lead, LIST)
    assert "niemand mit gültiger Erklärung" in text(desk, page)
    day = today(network.zone)
    declaration = {"declare": "1", "declared_on": day, "valid_until": day + timedelta(days=365), "form": "paper"}
    assert lead.post(f"{LIST}{row.pk}/", declaration).status_code == 302
    assert "eingetragen von Leo Test" in text(lead, f"{LIST}{row.pk}/")

    assert "Samira Lang" in text(desk, page)
    desk.post(f"{page}dolmetschen/", {"ask": str(row.pk)})
    assert Message.objects.get(template="interpreter_asked").address == "samira@dolmetschen.example"
    assert "Dolmetschen fehlt noch" not in text(desk, "/de/arbeit/")
    desk.post(f"{page}dolmetschen/", {"state": "confirmed"})
    assert InterpreterAssignment.objects.get().state == "confirmed"
    assert "zugesagt" in text(desk, page)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(actors):
    lead = client_for(actors["lead"])

    answer = lead.post(LIST, TYPED | {"email": "samira", "languages": ["ar", "tr"]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Diese E-Mail-Adresse stimmt nicht." in page
    assert 'value="Samira Lang"' in page
    assert page.count(" checked") == 2
    assert not Interpreter.objects.exists()


def test_the_desk_reads_the_list_and_changes_nothing(actors):
    client_for(actors["lead"]).post(LIST, TYPED)
    desk = client_for(actors["intake"])

    assert "Samira Lang" in text(desk, LIST)
    assert "Jemanden eintragen" not in text(desk, LIST)
    assert desk.post(LIST, TYPED).status_code == 422
    assert Interpreter.objects.count() == 1


def test_a_talk_in_the_past_tells_who_was_there_and_asks_nobody(network, actors, talk):
    past = datetime(2026, 1, 5, 9, tzinfo=network.zone)
    Booking.objects.filter(pk=talk.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))

    page = text(client_for(actors["intake"]), reverse("workspace:booking", args=[talk.pk]))

    assert "Es war niemand bestellt." in page
    assert "Wen anfragen?" not in page
