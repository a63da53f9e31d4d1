"""Planning groups: the leader's time is kept, moved and given back with each date."""

from datetime import timedelta

import pytest

from tests.appointments.groups.conftest import BERLIN, NOW, come, details, made, span
from tests.factories import make_actor, make_roster
from tragnetz.appointments.commands import book
from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.groups.errors import LeaderTakenError
from tragnetz.appointments.groups.planning import (
    Meeting,
    add_dates,
    call_off,
    cancel_date,
    change_group,
    copy_group,
    make_group,
    move_date,
    open_group,
)
from tragnetz.appointments.groups.queries import closed_days, public_group, public_views
from tragnetz.appointments.models import Absence, Booking, Closure, Group, Session
from tragnetz.appointments.rules import Wanted
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident


def meeting(actor):
    return Meeting(actor.membership_id, room="Raum 2")


def sessions(group):
    return list(Session.objects.select_related("booking", "group").filter(group=group))


def talk(network, actor, at):
    return book(
        actor=resident(network), wanted=Wanted(actor.membership_id, int(at.timestamp()), 3600, "phone"), contact=None,
        topic="", language="de", interpreter=False, idempotency_key=str(at), now=NOW,
    )  # fmt: skip


def test_a_group_begins_as_a_draft_that_nobody_else_sees(network, leader):
    group = make_group(actor=leader, details=details(), now=NOW)

    assert (group.state, group.key) == ("draft", "bewerbung-leicht-gemacht")
    assert public_group(group.key) is None
    with pytest.raises(NotPossibleError, match="zuerst einen Termin"):
        open_group(actor=leader, group=group, now=NOW)


def test_dates_keep_the_leaders_time_so_that_nobody_books_it(network, leader):
    make_roster(leader.membership_id)
    group = made(leader)

    rows = Booking.objects.filter(session__group=group)
    assert [(row.via, row.contact_id, row.starts_at) for row in rows] == [
        ("group", None, span(1).starts_at),
        ("group", None, span(8).starts_at),
    ]
    with pytest.raises(SlotTakenError):
        talk(network, leader, span(1).starts_at)


def test_a_taken_time_is_refused_with_three_others_in_words(network, leader):
    make_roster(leader.membership_id)
    talk(network, leader, span(1, 11).starts_at)
    group = make_group(actor=leader, details=details(), now=NOW)

    with pytest.raises(LeaderTakenError) as caught:
        add_dates(actor=leader, group=group, spans=[span(8), span(1)], meeting=meeting(leader), now=NOW)

    assert str(caught.value) == (
        "Die Leitung hat am Dienstag, 1. Dezember, 10:00–12:00 keine Zeit. Möglich wäre: "
        "Dienstag, 1. Dezember, 09:00–11:00; Mittwoch, 2. Dezember, 10:00–12:00; "
        "Donnerstag, 3. Dezember, 10:00–12:00."
    )
    assert Session.objects.count() == 0
    assert Booking.objects.count() == 1


def test_a_time_away_counts_as_taken(network, leader):
    Absence(
        network=network, membership_id=leader.membership_id, starts_at=span(1).starts_at, ends_at=span(4).ends_at
    ).save()
    group = make_group(actor=leader, details=details(), now=NOW)

    with pytest.raises(LeaderTakenError):
        add_dates(actor=leader, group=group, spans=[span(1)], meeting=meeting(leader), now=NOW)


def test_dates_that_overlap_each_other_are_refused(network, leader):
    group = make_group(actor=leader, details=details(), now=NOW)

    with pytest.raises(LeaderTakenError):
        add_dates(actor=leader, group=group, spans=[span(1, 10, 12), span(1, 11, 13)], meeting=meeting(leader), now=NOW)

    assert Session.objects.count() == 0


def test_moving_by_half_an_hour_is_not_hindered_by_itself_and_people_are_told(network, leader):
    group = made(leader)
    found = come(network, group)
    first = sessions(group)[0]

    moved = move_date(actor=leader, session=first, span=span(1, 11, 13), meeting=meeting(leader), now=NOW)

    assert moved.room == "Raum 2"
    live = Booking.objects.exclude(state=BookingState.CANCELLED).filter(session=first).get()
    assert (live.starts_at, live.sequence) == (span(1, 11).starts_at, 1)
    keys = Message.objects.filter(state="queued", key__startswith=f"registration:{found.registration.pk}:")
    assert sorted(keys.values_list("template", "due_at")) == sorted([
        ("group_registered", NOW),
        ("moved", NOW),
        ("group_reminder", span(1, 11).starts_at - timedelta(days=1)),
        ("group_reminder", span(8).starts_at - timedelta(days=1)),
    ])  # fmt: skip


def test_moving_there_and_back_still_reminds(network, leader):
    group = made(leader, span(1))
    come(network, group)
    first = sessions(group)[0]
    for times in (span(2), span(1)):
        first = move_date(actor=leader, session=first, span=times, meeting=meeting(leader), now=NOW)

    reminders = Message.objects.filter(state="queued", template="group_reminder")
    assert [row.due_at for row in reminders] == [span(1).starts_at - timedelta(days=1)]


def test_another_room_is_no_news_by_message(network, leader):
    group = made(leader, span(1))
    come(network, group)

    move_date(actor=leader, session=sessions(group)[0], span=span(1), meeting=meeting(leader), now=NOW)

    assert not Message.objects.filter(template="moved").exists()


def test_a_cancelled_date_frees_the_leader_and_tells_who_would_have_come(network, leader):
    make_roster(leader.membership_id)
    group = made(leader)
    come(network, group)

    cancel_date(actor=leader, session=sessions(group)[0], now=NOW)

    assert talk(network, leader, span(1).starts_at)
    assert sorted(Message.objects.filter(state="queued").values_list("template", flat=True)) == [
        "group_cancelled",
        "group_registered",
        "group_reminder",
    ]
    with pytest.raises(NotPossibleError):
        cancel_date(actor=leader, session=sessions(group)[0], now=NOW)


def test_calling_off_frees_all_dates_to_come(network, leader):
    group = made(leader)

    call_off(actor=leader, group=group, now=span(1).ends_at)

    assert [row.booking.state for row in sessions(group)] == ["booked", "cancelled"]
    with pytest.raises(NotPossibleError):
        open_group(actor=leader, group=group, now=NOW)


def test_new_dates_remind_those_who_are_in(network, leader):
    group = made(leader, span(1))
    come(network, group)

    add_dates(actor=leader, group=group, spans=[span(8)], meeting=meeting(leader), now=NOW)

    assert Message.objects.filter(template="group_reminder").count() == 2


@pytest.mark.parametrize("times", [span(20, month=11), span(1, 12, 10), span(1, 10, 10), span(1, 8, 19)])
def test_odd_times_are_refused(network, leader, times):
    group = make_group(actor=leader, details=details(), now=NOW)

    with pytest.raises(NotPossibleError):
        add_dates(actor=leader, group=group, spans=[times], meeting=meeting(leader), now=NOW)


def test_only_the_own_organisation_plans(network, leader):
    group = made(leader)
    session = sessions(group)[0]
    stranger = make_actor(network, "beta", "lead", name="Bo")
    desk = make_actor(network, "alpha", "intake", name="Ina")
    for actor in (stranger, desk, resident(network)):
        for command in (
            lambda actor=actor: change_group(actor=actor, group=group, details=details(), now=NOW),
            lambda actor=actor: open_group(actor=actor, group=group, now=NOW),
            lambda actor=actor: call_off(actor=actor, group=group, now=NOW),
            lambda actor=actor: copy_group(actor=actor, group=group, now=NOW),
            lambda actor=actor: cancel_date(actor=actor, session=session, now=NOW),
            lambda actor=actor: move_date(actor=actor, session=session, span=span(2), meeting=meeting(leader), now=NOW),
            lambda actor=actor: add_dates(actor=actor, group=group, spans=[span(3)], meeting=meeting(leader), now=NOW),
        ):
            with pytest.raises(NotPossibleError):
                command()


def test_a_copy_is_a_draft_without_dates_and_people(network, leader):
    group = made(leader, certificate_percent=80)
    come(network, group)

    copy = copy_group(actor=leader, group=group, now=NOW)

    assert (copy.key, copy.state, copy.certificate_percent) == ("bewerbung-leicht-gemacht-2", "draft", 80)
    assert not copy.sessions.exists()
    assert not copy.registrations.exists()


def test_a_name_that_is_an_address_of_the_portal_gets_a_number(network, leader):
    assert make_group(actor=leader, details=details(title={"de": "Kalender"}), now=NOW).key == "kalender-2"


def test_closed_days_are_holidays_and_closures_of_house_and_network(network, leader):
    group = made(leader)
    start = span(3, 0, 1).starts_at
    Closure(network=network, starts_at=start, ends_at=start + timedelta(days=1)).save()
    is_closed = closed_days(network, group, None)
    days = [span(day).starts_at.astimezone(BERLIN).date() for day in (2, 3, 4, 25)]

    assert [is_closed(day) for day in days] == [False, True, False, True]


def test_the_public_calendar_holds_open_public_groups_with_dates_to_come(network, leader):
    shown = made(leader)
    made(leader, span(2), is_public=False)
    made(leader, span(3), opened=False)
    off = made(leader, span(4))
    call_off(actor=leader, group=off, now=NOW)

    assert [view.group for view in public_views(NOW)] == [shown]
    assert {view.group for view in public_views(NOW, with_cancelled=True)} == {shown, off}
    assert public_views(span(8).ends_at) == []


def test_a_changed_title_counts_for_calendars(network, leader):
    group = made(leader)
    change_group(actor=leader, group=group, details=details(title={"de": "Anders"}), now=NOW)

    assert {row.booking.sequence for row in sessions(group)} == {1}
    assert Group.objects.get().key == "bewerbung-leicht-gemacht"
