"""Who was there: by staff, by the address on the sheet, at the door; and who has earned a certificate."""

from datetime import timedelta

import pytest

from tests.appointments.groups.conftest import NOW, come, made, person, span
from tests.factories import make_actor
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.groups.attending import (
    add_at_the_door,
    check_in,
    mark_attendance,
    read_signed,
    sign_session,
)
from tragnetz.appointments.groups.planning import cancel_date
from tragnetz.appointments.groups.queries import participants, view_of
from tragnetz.appointments.models import Attendance, Session
from tragnetz.audit.models import Event
from tragnetz.network.actors import resident

DURING = span(1).starts_at - timedelta(minutes=20)


def first(group):
    return Session.objects.select_related("booking", "group").filter(group=group).order_by("starts_at").first()


def test_marks_are_kept_changed_and_taken_back(network, leader):
    group = made(leader)
    one, two = (come(network, group, key).registration for key in "12")

    mark_attendance(actor=leader, session=first(group), marks={one.pk: "came", two.pk: "excused"}, now=DURING)
    changed = mark_attendance(actor=leader, session=first(group), marks={one.pk: "came", two.pk: ""}, now=DURING)

    assert changed == 1
    row = Attendance.objects.get()
    assert (row.registration_id, row.presence, row.marked_by_id) == (one.pk, "came", leader.membership_id)
    assert Event.objects.filter(verb="attendance:mark").count() == 2


def test_people_sign_in_with_their_code(network, leader):
    group = made(leader)
    found = come(network, group)

    check_in(actor=resident(network), session=first(group), code=found.code.lower(), now=DURING)
    check_in(actor=resident(network), session=first(group), code=found.code, now=DURING)

    row = Attendance.objects.get()
    assert (row.presence, row.marked_by_id) == ("came", None)


@pytest.mark.parametrize(
    ("now", "code", "message"),
    [
        (span(1).starts_at - timedelta(minutes=31), None, "kurz vor Beginn"),
        (span(1).ends_at, None, "kurz vor Beginn"),
        (DURING, "0000-0000-0000", "kennen wir hier nicht"),
        (DURING, "", "kennen wir hier nicht"),
    ],
)
def test_signing_in_is_refused_at_other_times_and_with_other_codes(network, leader, now, code, message):
    group = made(leader)
    found = come(network, group)

    with pytest.raises(NotPossibleError, match=message):
        check_in(actor=resident(network), session=first(group), code=found.code if code is None else code, now=now)

    assert not Attendance.objects.exists()


def test_a_code_of_another_group_or_of_the_waiting_list_signs_nobody_in(network, leader):
    group, other = made(leader, places=1), made(leader, span(3))
    come(network, group, "1")
    waits, stranger = come(network, group, "2"), come(network, other, "3")

    for found in (waits, stranger):
        with pytest.raises(NotPossibleError):
            check_in(actor=resident(network), session=first(group), code=found.code, now=DURING)


def test_the_address_of_a_date_is_signed(network, leader):
    session = first(made(leader))
    signed = sign_session(session)

    assert read_signed(signed) == session
    assert read_signed(signed[:-1] + "A" if signed[-1] != "A" else signed[:-1] + "B") is None
    assert read_signed(session.pk.hex) is None


def test_who_comes_without_registration_gets_a_free_seat_and_no_more(network, leader):
    group = made(leader, places=1, registration_until=NOW)
    during = span(1).starts_at

    found = add_at_the_door(
        actor=leader, session=first(group), details=person("Herr Neu"), idempotency_key="door", now=during
    )
    with pytest.raises(NotPossibleError, match="Alle Plätze"):
        add_at_the_door(actor=leader, session=first(group), details=person(), idempotency_key="door2", now=during)

    assert found.registration.seat == 1
    assert Attendance.objects.get().registration == found.registration


def test_a_cancelled_date_has_no_attendance(network, leader):
    group = made(leader)
    found = come(network, group)
    cancel_date(actor=leader, session=first(group), now=NOW)

    with pytest.raises(NotPossibleError):
        mark_attendance(actor=leader, session=first(group), marks={found.registration.pk: "came"}, now=DURING)
    with pytest.raises(NotPossibleError):
        check_in(actor=resident(network), session=first(group), code=found.code, now=DURING)


def test_others_mark_nothing(network, leader):
    group = made(leader)
    found = come(network, group)

    with pytest.raises(NotPossibleError):
        mark_attendance(
            actor=make_actor(network, "beta", "lead", name="Bo"), session=first(group),
            marks={found.registration.pk: "came"}, now=DURING,
        )  # fmt: skip


def test_certificate_counts_the_dates_that_took_place(network, leader):
    group = made(leader, span(1), span(8), span(15), certificate_percent=60)
    one, two = (come(network, group, key).registration for key in "12")
    dates = list(Session.objects.select_related("booking", "group").filter(group=group))
    mark_attendance(actor=leader, session=dates[0], marks={one.pk: "came", two.pk: "came"}, now=DURING)
    mark_attendance(actor=leader, session=dates[1], marks={one.pk: "came", two.pk: "excused"}, now=DURING)

    found = {row.registration.pk: row for row in participants(leader, view_of(group, NOW))}

    assert (found[one.pk].percent, found[one.pk].earned, found[one.pk].minutes) == (66, True, 240)
    assert (found[two.pk].percent, found[two.pk].earned) == (33, False)
    cancel_date(actor=leader, session=dates[2], now=NOW)
    assert {row.percent for row in participants(leader, view_of(group, NOW))} == {100, 50}
