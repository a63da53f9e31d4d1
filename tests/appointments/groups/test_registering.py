"""Registering, waiting, moving up, leaving: what the database keeps, and what goes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.appointments.groups.conftest import NOW, come, details, made, span
from tests.factories import make_actor
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.groups.planning import call_off, change_group
from tragnetz.appointments.groups.queries import place_in_line, registration_by_code, view_of
from tragnetz.appointments.groups.registering import deregister
from tragnetz.appointments.models import Registration
from tragnetz.audit.models import Event
from tragnetz.clients.errors import PhoneError
from tragnetz.clients.models import Contact
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident


def queued(registration=None):
    rows = Message.objects.filter(state=State.QUEUED).order_by("created_at")
    if registration is not None:
        rows = rows.filter(key__startswith=f"registration:{registration.pk}:")
    return list(rows.values_list("template", flat=True))


def test_places_are_given_in_order_and_then_people_wait(network, leader):
    group = made(leader)
    first, second, third, fourth = (come(network, group, str(number)) for number in range(4))

    assert [one.registration.seat for one in (first, second, third, fourth)] == [1, 2, None, None]
    assert [place_in_line(one.registration) for one in (first, third, fourth)] == [0, 1, 2]
    view = view_of(group, NOW)
    assert (view.registered, view.waiting, view.free) == (2, 2, 0)


def test_registration_is_found_by_its_code_alone(network, leader):
    found = come(network, made(leader))

    assert registration_by_code(found.code.lower().replace("-", " ")) == found.registration
    assert registration_by_code("0000-0000-0000") is None
    assert found.code not in str(Registration.objects.values().get())


def test_the_same_request_registers_once(network, leader):
    group = made(leader)

    assert come(network, group) == come(network, group)
    assert Registration.objects.count() == Contact.objects.count() == 1


def test_whoever_leaves_lets_the_first_of_the_line_move_up(network, leader):
    group = made(leader)
    first, _second, third, fourth = (
        come(network, group, str(number), now=NOW + timedelta(minutes=number)) for number in range(4)
    )

    deregister(actor=resident(network), registration=first.registration, now=NOW + timedelta(hours=1))
    deregister(actor=resident(network), registration=first.registration, now=NOW + timedelta(hours=1))

    states = {row.pk: (row.state, row.seat) for row in Registration.objects.all()}
    assert states[first.registration.pk] == ("cancelled", None)
    assert states[third.registration.pk] == ("registered", 1)
    assert states[fourth.registration.pk] == ("waiting", None)
    assert queued(first.registration) == []
    assert queued(third.registration) == ["group_waiting", "group_moved_up", "group_reminder", "group_reminder"]


def test_messages_name_a_time_and_nothing_else(network, leader):
    group = made(leader)
    found = come(network, group)

    rows = list(Message.objects.order_by("due_at"))
    assert [row.template for row in rows] == ["group_registered", "group_reminder", "group_reminder"]
    assert [row.due_at for row in rows[1:]] == [
        span(1).starts_at - timedelta(days=1),
        span(8).starts_at - timedelta(days=1),
    ]
    assert [row.expires_at for row in rows] == [span(1).starts_at, span(1).starts_at, span(8).starts_at]
    assert {row.code for row in rows} == {found.code}
    assert "Bewerbung" not in str([row.params for row in rows])


def test_who_allows_no_message_gets_none(network, leader):
    come(network, made(leader), may_text=False, may_call=False)

    assert queued() == []


def test_more_places_let_people_move_up(network, leader):
    group = made(leader)
    for number in range(4):
        come(network, group, str(number))

    change_group(actor=leader, group=group, details=details(places=3), now=NOW)

    assert sorted(Registration.objects.exclude(seat=None).values_list("seat", flat=True)) == [1, 2, 3]
    assert queued().count("group_moved_up") == 1


def test_fewer_places_than_people_are_refused_and_high_seats_are_given_anew(network, leader):
    group = made(leader, places=3)
    first, _second, _third = (come(network, group, str(number)) for number in range(3))
    with pytest.raises(NotPossibleError, match="3 Plätze"):
        change_group(actor=leader, group=group, details=details(places=2), now=NOW)
    deregister(actor=resident(network), registration=first.registration, now=NOW)

    change_group(actor=leader, group=group, details=details(places=2), now=NOW)

    assert sorted(Registration.objects.exclude(seat=None).values_list("seat", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("given", "now"),
    [
        ({"is_public": False}, NOW),
        ({"registration_until": NOW}, NOW),
        ({}, span(8).starts_at),
        ({"opened": False}, NOW),
    ],
    ids=["not public", "too late", "over", "draft"],
)
def test_a_closed_door_is_told(network, leader, given, now):
    group = made(leader, **given)

    with pytest.raises(NotPossibleError):
        come(network, group, now=now)

    assert Registration.objects.count() == Contact.objects.count() == 0


def test_staff_registers_for_groups_that_are_not_public_and_after_the_last_day(network, leader):
    group = made(leader, is_public=False, registration_until=NOW)
    desk = make_actor(network, "beta", "intake", name="Ben")

    assert come(network, group, actor=desk).registration.contact.organisation_id == group.organisation_id


def test_what_was_called_off_takes_nobody_and_tells_each_once(network, leader):
    group = made(leader)
    for number in range(3):
        come(network, group, str(number))

    call_off(actor=leader, group=group, now=NOW)
    call_off(actor=leader, group=group, now=NOW)

    assert queued() == ["group_cancelled"] * 3
    with pytest.raises(NotPossibleError, match="abgesagt"):
        come(network, group, "9")


def test_a_wrong_number_keeps_nothing(network, leader):
    with pytest.raises(PhoneError):
        come(network, made(leader), phone="12")

    assert Registration.objects.count() == 0


def test_nobody_leaves_what_is_over(network, leader):
    found = come(network, made(leader))

    with pytest.raises(NotPossibleError):
        deregister(actor=resident(network), registration=found.registration, now=span(8).ends_at)


def test_the_database_itself_refuses_a_second_person_on_a_seat(network, leader):
    first = come(network, made(leader)).registration
    copy = Registration(
        network=network, group=first.group, state="registered", seat=1, code_hash="x", idempotency_key="y"
    )
    with pytest.raises(IntegrityError, match="seat_is_given_once"), transaction.atomic():
        copy.save()


def test_each_change_leaves_an_event(network, leader):
    found = come(network, made(leader))
    deregister(actor=resident(network), registration=found.registration, now=NOW)

    verbs = list(Event.objects.filter(verb__startswith="registration:").order_by("id").values_list("verb", flat=True))
    assert verbs == ["registration:make", "registration:end"]
