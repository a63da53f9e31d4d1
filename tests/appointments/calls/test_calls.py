"""Promised calls in the database: when, by whom, how often."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection, transaction

from tests.factories import make_actor
from tests.owner import owner_conninfo
from tragnetz.appointments.calls.commands import (
    note_try,
    promise_callback,
    release_callback,
    settle_callback,
    spare_callbacks,
    take_callback,
)
from tragnetz.appointments.calls.queries import late_callbacks, organisation_on_lines, promised_until, to_call, told
from tragnetz.appointments.enums import CallbackState, CallResult
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.lines.commands import plan_duty
from tragnetz.appointments.models import Absence, Booking, CallAttempt, Callback, Closure
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.actors import of_membership
from tragnetz.network.models import District, Hotline, Membership
from tragnetz.network.scope import scope

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour: float, day: int = 23) -> datetime:
    return datetime(2026, 11, day, tzinfo=BERLIN).astimezone(UTC) + timedelta(hours=hour)


NINE = at(9)


@pytest.fixture
def actor(network):
    return make_actor(network, "alpha", "intake", "lead")


def promise(actor, urgency="normal", now=NINE):
    details = ContactDetails(name="Frau Y.", phone="0170 1234567")
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    return promise_callback(
        actor=actor, organisation_id=actor.organisation_id, contact=contact, district=None, topic="", urgency=urgency,
        now=now,
    )  # fmt: skip


def test_each_promise_makes_the_next_one_later_and_urgent_ones_stay_quick(network, actor):
    first = promise(actor)
    for _ in range(16):
        promise(actor)

    assert first.promised_until == at(11)
    assert promise(actor).promised_until > at(15)
    assert promise(actor, "today").promised_until == at(11)


def picks_up(actor, weekday, *, line="line-mitte", until=None):
    """Plan somebody for the morning of a weekday."""
    plan_duty(
        actor=actor, hotline=Hotline.objects.get(key=line), membership=Membership.objects.get(pk=actor.membership_id),
        weekdays=[weekday], starts=time(8), ends=time(12), valid_from=at(0).date(), valid_until=until,
    )  # fmt: skip


def test_only_calls_that_wait_and_come_first_make_a_promise_later(network, actor):
    """Not those of others, not those that were made, not those that are less urgent."""
    foreign = make_actor(network, "beta", "intake", name="Bea")
    for _ in range(8):
        promise(foreign)
        settle_callback(actor=actor, callback=promise(actor), state=CallbackState.DONE, now=NINE)
    assert promise(actor).promised_until == at(11)
    for _ in range(8):
        promise(actor)
    assert promised_until(network, actor.organisation_id, "normal", NINE).window.begins > at(12)

    assert promise(actor, "week").promised_until == at(11)


def test_a_promise_says_which_times_are_full(network, actor):
    for _ in range(13):
        promise(actor)

    found = promised_until(network, actor.organisation_id, "normal", NINE)

    assert found.window.begins.astimezone(BERLIN).date() == at(9, 24).date()
    assert found.full == (NINE,)


def test_a_person_is_told_the_two_hours_that_were_promised(network, actor):
    assert told(network, promise(actor)) == (at(9), at(11))
    assert told(network, promise(actor, "today", now=at(14.75))) == (at(8, 24), at(9.75, 24))


def test_the_plan_of_another_organisation_promises_nothing(network, actor):
    """Theirs on a Tuesday is no time of ours, and ours begins on Wednesday though they pick up too."""
    foreign = make_actor(network, "beta", "intake", "lead", name="Bea")
    picks_up(foreign, 1)
    assert promise(actor).promised_until == at(11)  # nobody of ours is planned: while the lines are open

    picks_up(actor, 2)

    assert promise(actor, "today").promised_until == at(10, 25)


def test_who_is_away_or_whose_plan_is_over_calls_nobody_back(network, actor):
    picks_up(actor, 1, until=at(0, 27).date())
    Absence(network=network, membership_id=actor.membership_id, starts_at=at(8, 24), ends_at=at(10, 24)).save()
    assert promise(actor, "today").promised_until == at(12, 24)

    assert promise(actor, "today", now=at(9, 30)).promised_until == at(11, 30)  # planned no more: the lines' own hours


def test_a_district_belongs_to_whoever_picks_up_its_line_most(network, actor):
    foreign = make_actor(network, "beta", "intake", "lead", name="Bea")
    mitte, nord = District.objects.get(key="mitte"), District.objects.get(key="nord")
    assert organisation_on_lines(mitte) is None
    for weekday in (0, 1):
        picks_up(foreign, weekday)
    picks_up(actor, 2)
    for weekday in (0, 1, 2, 3):
        picks_up(actor, weekday, line="line-nord")

    found = [organisation_on_lines(one) for one in (mitte, nord, None)]

    assert found == [foreign.organisation_id, actor.organisation_id, actor.organisation_id]
    Membership.objects.filter(pk=foreign.membership_id).update(ended_on=at(0).date())
    assert organisation_on_lines(mitte) == actor.organisation_id


def test_nothing_is_promised_while_nobody_is_planned_or_the_house_is_closed(network, actor):
    member = Membership.objects.get(pk=actor.membership_id)
    plan_duty(
        actor=actor, hotline=Hotline.objects.first(), membership=member, weekdays=[3], starts=time(8), ends=time(12),
        valid_from=at(0).date(), valid_until=None,
    )  # fmt: skip
    assert promise(actor).promised_until == at(10, 26)

    Closure(network=network, starts_at=at(0, 24), ends_at=at(0, 28)).save()
    assert promise(actor).promised_until == at(11, 30) + timedelta(days=3)  # the Thursday after; one call is ahead


def test_nobody_there_for_weeks_is_said(network, actor):
    Hotline.objects.update(hours=[])

    with pytest.raises(NotPossibleError, match="niemand da"):
        promise(actor)
    assert promised_until(network, actor.organisation_id, "today", at(9)) is None


def test_two_people_never_call_the_same_person(network, actor):
    colleague = make_actor(network, "alpha", "intake", name="Bea")
    callback = promise(actor)
    take_callback(actor=actor, callback=callback, now=at(9))

    with pytest.raises(NotPossibleError, match="Ada Test ruft gerade an"):
        take_callback(actor=colleague, callback=callback, now=at(9.2))
    with pytest.raises(NotPossibleError, match="Ada Test ruft gerade an"):
        note_try(actor=colleague, callback=callback, result=CallResult.REACHED, now=at(9.2))
    assert take_callback(actor=colleague, callback=callback, now=at(9.25)).taken_by_id == colleague.membership_id
    take_callback(actor=colleague, callback=callback, now=at(9.3))  # clicked twice: still hers
    assert note_try(actor=colleague, callback=callback, result=CallResult.REACHED, now=at(9.4)).state == "done"


def test_whoever_calls_under_a_name_that_is_gone_is_somebody_still(network, actor):
    """A member of staff was taken off the list during the call: nobody rings the person a second time."""
    callback = promise(actor)
    Callback.objects.filter(pk=callback.pk).update(taken_by=None, taken_at=NINE)

    for act in (
        lambda: take_callback(actor=actor, callback=callback, now=NINE),
        lambda: note_try(actor=actor, callback=callback, result=CallResult.REACHED, now=NINE),
    ):
        with pytest.raises(NotPossibleError, match="Jemand ruft gerade an"):
            act()


def test_what_is_settled_is_neither_called_nor_settled_otherwise(network, actor):
    callback = settle_callback(actor=actor, callback=promise(actor), state=CallbackState.DONE, now=NINE)

    for act in (
        lambda: take_callback(actor=actor, callback=callback, now=NINE),
        lambda: release_callback(actor=actor, callback=callback),
        lambda: note_try(actor=actor, callback=callback, result=CallResult.NO_ANSWER, now=NINE),
        lambda: settle_callback(actor=actor, callback=callback, state=CallbackState.NOT_REACHED, now=NINE),
        lambda: settle_callback(actor=actor, callback=callback, state=CallbackState.SPARED, now=NINE),
    ):
        with pytest.raises(NotPossibleError, match="schon erledigt"):
            act()
    assert not CallAttempt.objects.exists()
    assert Callback.objects.get().state == CallbackState.DONE


def test_nobody_sets_a_promise_aside_by_hand(network, actor):
    """Only an agreed time spares a call."""
    callback = promise(actor)

    with pytest.raises(NotPossibleError):
        settle_callback(actor=actor, callback=callback, state=CallbackState.SPARED, now=NINE)


@pytest.mark.parametrize("end", ["note", "settle"])
def test_what_ended_is_nobodys_call_any_more(network, actor, end):
    callback = take_callback(actor=actor, callback=promise(actor), now=NINE)
    if end == "note":
        row = note_try(actor=actor, callback=callback, result=CallResult.NO_ANSWER, now=NINE)
    else:
        row = settle_callback(actor=actor, callback=callback, state=CallbackState.DONE, now=NINE)

    assert (row.taken_by_id, row.taken_at) == (None, None)
    row.refresh_from_db()
    assert (row.taken_by_id, row.taken_at) == (None, None)


def test_giving_back_frees_only_what_one_took(network, actor):
    colleague = make_actor(network, "alpha", "intake", name="Bea")
    callback = take_callback(actor=actor, callback=promise(actor), now=at(9))

    assert release_callback(actor=colleague, callback=callback).taken_by_id == actor.membership_id
    assert release_callback(actor=actor, callback=callback).taken_by_id is None


def test_three_failed_tries_end_it_and_it_can_be_taken_up_again(network, actor):
    callback = promise(actor)
    for hour in (9, 11, 13):
        callback = note_try(actor=actor, callback=callback, result=CallResult.NO_ANSWER, now=at(hour))
        assert callback.settled_at == (at(13) if hour == 13 else None)

    assert (callback.state, callback.settled_at) == ("not_reached", at(13))
    assert CallAttempt.objects.count() == 3
    again = settle_callback(actor=actor, callback=callback, state=CallbackState.OPEN, now=at(14))
    assert (again.state, again.settled_at) == ("open", None)


def test_the_list_shows_broken_promises_first_and_waiting_tries_last(network, actor):
    tried, fresh, late = promise(actor, now=at(8)), promise(actor, now=at(12)), promise(actor, now=at(8))
    note_try(actor=actor, callback=tried, result=CallResult.VOICEMAIL, now=at(12.5))

    rows = to_call(network, Callback.objects.filter(state="open"), actor.membership_id, at(13))

    assert [one.callback for one in rows] == [late, fresh, tried]
    assert [one.is_late for one in rows] == [True, False, False]
    assert [one.later for one in rows] == [False, False, True]
    assert [one.due_at for one in rows] == [late.promised_until, fresh.promised_until, at(14.5)]
    assert [one.tries_left for one in rows] == [3, 3, 2]
    assert late_callbacks(Callback.objects.all(), at(13)) == 1


def shown(network, actor, callback, now):
    rows = to_call(network, Callback.objects.filter(pk=callback.pk), actor.membership_id, now)
    return rows[0]


def test_a_promise_is_late_when_its_time_is_over_and_a_try_due_when_its_time_has_come(network, actor):
    callback = promise(actor)
    assert [shown(network, actor, callback, now).is_late for now in (at(11), at(11.1))] == [False, True]

    note_try(actor=actor, callback=callback, result=CallResult.VOICEMAIL, now=at(11.5))

    rows = [shown(network, actor, callback, now) for now in (at(13.4), at(13.5))]
    assert [(row.later, row.is_late, row.due_at) for row in rows] == [(True, False, at(13.5)), (False, False, at(13.5))]


def test_what_is_settled_is_neither_late_nor_to_be_tried_again(network, actor):
    tried, other = promise(actor), promise(actor)
    for result in (CallResult.NO_ANSWER, CallResult.WRONG):
        note_try(actor=actor, callback=tried, result=result, now=at(9.5))
    settle_callback(actor=actor, callback=other, state=CallbackState.DONE, now=at(9.5))

    rows = [shown(network, actor, one, now) for one in (tried, other) for now in (at(9.6), at(16))]

    assert {(row.is_late, row.later, row.held_by) for row in rows} == {(False, False, "")}
    assert late_callbacks(Callback.objects.all(), at(16)) == 0


def test_the_list_names_who_calls_while_they_do(network, actor):
    colleague = make_actor(network, "alpha", "intake", name="Bea")
    callback = take_callback(actor=colleague, callback=promise(actor), now=NINE)

    assert [
        (row.held_by, row.held_by_me)
        for who in (actor, colleague) for now in (at(9.2), at(9.25))
        for row in [shown(network, who, callback, now)]
    ] == [("Bea Test", False), ("", False), ("Bea Test", True), ("", False)]  # fmt: skip
    Callback.objects.update(taken_by=None)  # taken off the list meanwhile
    gone = to_call(network, Callback.objects.all(), None, at(9.2))[0]
    assert (gone.held_by, gone.held_by_me) == ("", False)


def test_no_try_is_left_after_the_third_and_none_below_it(network, actor):
    callback = promise(actor)
    for _ in range(4):
        callback = note_try(actor=actor, callback=callback, result=CallResult.NO_ANSWER, now=NINE)
        if callback.state == CallbackState.NOT_REACHED:
            settle_callback(actor=actor, callback=callback, state=CallbackState.OPEN, now=NINE)

    assert shown(network, actor, callback, NINE).tries_left == 0


def test_agreeing_on_a_time_waits_for_nobody_who_notes_a_call(committed_herne):
    """The colleague's row is locked while they write down what came of it: the person's page answers all the same."""
    with scope(committed_herne):
        member = Membership.objects.filter(roles__contains=["counsellor"]).first()
        counsellor = of_membership(member, committed_herne)
        booking = Booking(
            network=committed_herne, membership=member, kind="phone", starts_at=at(9, 30), ends_at=at(10, 30),
            idempotency_key="t", code_hash="t",
        )  # fmt: skip
        booking.save()
        noted, free = (
            Callback(
                network=committed_herne, organisation_id=member.organisation_id, about=booking, promised_until=NINE
            )
            for _ in range(2)
        )
        noted.save()
        free.save()
        with psycopg.connect(owner_conninfo()) as colleague:
            colleague.execute("SELECT 1 FROM appointments_callback WHERE id = %s FOR UPDATE", [noted.pk])
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
                spare_callbacks(actor=counsellor, booking=booking, now=NINE)

        assert dict(Callback.objects.values_list("pk", "state")) == {noted.pk: "open", free.pk: "spared"}


def test_another_organisation_touches_nothing(network, actor):
    foreign = make_actor(network, "beta", "lead", name="Bea")
    callback = promise(actor)

    for act in (
        lambda: take_callback(actor=foreign, callback=callback, now=at(9)),
        lambda: release_callback(actor=foreign, callback=callback),
        lambda: note_try(actor=foreign, callback=callback, result=CallResult.REACHED, now=at(9)),
        lambda: settle_callback(actor=foreign, callback=callback, state=CallbackState.DONE, now=at(9)),
    ):
        with pytest.raises(NotPossibleError):
            act()


def test_every_deed_leaves_one_event(network, actor):
    callback = promise(actor)
    take_callback(actor=actor, callback=callback, now=at(9))
    release_callback(actor=actor, callback=callback)
    note_try(actor=actor, callback=callback, result=CallResult.REACHED, now=at(9))
    settle_callback(actor=actor, callback=callback, state=CallbackState.OPEN, now=at(9))

    assert list(Event.objects.filter(object_id=callback.pk).values_list("verb", flat=True)) == [
        "callback:promise", "callback:take", "callback:release", "callback:try", "callback:settle",
    ]  # fmt: skip


def test_what_is_settled_twice_leaves_one_event_and_its_first_moment(network, actor):
    callback = promise(actor)
    for now in (at(9.5), at(10)):
        row = settle_callback(actor=actor, callback=callback, state=CallbackState.DONE, now=now)

    assert (row.state, row.settled_at) == (CallbackState.DONE, at(9.5))
    assert Event.objects.filter(object_id=callback.pk, verb="callback:settle").count() == 1


def test_nobody_without_a_place_in_an_organisation_says_that_they_called(network, actor):
    callback = promise(actor)
    nobody = replace(actor, membership_id=None)
    with pytest.raises(NotPossibleError, match="melden Sie sich an"):
        note_try(actor=nobody, callback=callback, result=CallResult.NO_ANSWER, now=NINE)

    assert not CallAttempt.objects.exists()


def test_the_list_costs_the_same_however_long(network, actor, django_assert_max_num_queries):
    promise(actor)
    rows = Callback.objects.filter(state="open")
    with django_assert_max_num_queries(12) as first:
        to_call(network, rows, actor.membership_id, at(9))
    for _ in range(5):
        promise(actor)
    with django_assert_max_num_queries(len(first.captured_queries)):
        to_call(network, rows.all(), actor.membership_id, at(9))
