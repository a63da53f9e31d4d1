"""Whose data may only be kept (Art. 18 DSGVO) stands in no list of a group and of messages; the lead sees them."""

import pytest
from django.urls import reverse

from tests.factories import make_actor
from tests.personas import client_for, group_with_people
from tragnetz.appointments.groups.registering import register
from tragnetz.appointments.models import Attendance, Registration
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.messaging.models import Message

GROUP = {"title": {"de": "Bewerbung mit Plan"}, "topic": "work"}


@pytest.fixture
def actors(network):
    return {role: make_actor(network, "alpha", role, name=name) for role, name in
            (("counsellor", "Hanna"), ("lead", "Leo"))}  # fmt: skip


@pytest.fixture
def session(network, actors):
    """Rosa 0 and Rosa 1 have the two places, Rosa 2 and Vera wait."""
    session = group_with_people(network, actors["counsellor"], places=2, people=3)
    details = ContactDetails(name="Vera Wartet", phone="0170 1234568")
    register(actor=actors["counsellor"], group=session.group, details=details, idempotency_key="v" * 32, now=now())
    return session


def restrict(network, name: str) -> Contact:
    """Restrict somebody; names are sealed, so look at each."""
    contact = next(row for row in Contact.objects.all() if row.name == name)
    Contact.objects.filter(pk=contact.pk).update(restricted_on=today(network.zone))
    return contact


def page(actor, name: str, *args: object) -> str:
    response = client_for(actor).get(reverse(f"workspace:{name}", args=args))
    return response.content.decode() if response.status_code == 200 else ""


def test_the_page_of_a_group_leaves_restricted_people_out(network, actors, session):
    before = page(actors["counsellor"], "group", session.group_id)
    assert "Rosa 0" in before
    assert "1. Rosa 2" in before

    restrict(network, "Rosa 0")
    restrict(network, "Rosa 2")

    after = page(actors["counsellor"], "group", session.group_id)
    assert ("Rosa 0" in after, "Rosa 1" in after, "Rosa 2" in after) == (False, True, False)
    assert "2. Vera Wartet" in after  # her place in the line is what it was
    assert "2 von 2 Plätzen vergeben" in after
    lead = page(actors["lead"], "group", session.group_id)
    assert ("Rosa 0" in lead, "1. Rosa 2" in lead) == (True, True)


def test_the_list_of_a_date_neither_shows_nor_marks_restricted_people(network, actors, session):
    assert "Rosa 1" in page(actors["counsellor"], "attendance", session.pk)

    restrict(network, "Rosa 1")

    assert "Rosa 1" not in page(actors["counsellor"], "attendance", session.pk)
    client_for(actors["counsellor"]).post(reverse("workspace:attendance", args=[session.pk]), {"all": "1"})
    marked = {row.registration.contact.name for row in Attendance.objects.filter(session=session)}
    assert marked == {"Rosa 0"}


def test_the_certificates_and_deregistering_leave_restricted_people_out(network, actors, session):
    certificates = reverse("workspace:certificates", args=[session.group_id])
    client = client_for(actors["counsellor"])
    assert client.get(certificates).status_code == 200

    contact = restrict(network, "Rosa 0")  # the only one who was there

    leave = reverse("workspace:group_leave", args=[Registration.objects.get(contact=contact).pk])
    assert client.get(certificates).status_code == 404
    assert client.post(leave).status_code == 404
    assert client_for(actors["lead"]).get(certificates).status_code == 200


def test_sent_messages_to_restricted_people_are_left_out(network, actors, session):
    Message.objects.update(state="sent", sent_at=now())
    assert "Rosa 0" in page(actors["counsellor"], "messages_sent")

    contact = restrict(network, "Rosa 0")

    sent = page(actors["counsellor"], "messages_sent")
    assert ("Rosa 0" in sent, "Rosa 1" in sent) == (False, True)
    assert "Rosa 0" in page(actors["lead"], "messages_sent")
    message = Message.objects.filter(params__person=str(contact.pk)).first()
    answer = client_for(actors["counsellor"]).post(reverse("workspace:message", args=[message.pk]), {"do": "again"})
    assert answer.status_code == 404
