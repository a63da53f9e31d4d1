"""Promised calls in the database: when, by whom, how often."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor
from tragnetz.appointments.calls.commands import (
    note_try,
    promise_callback,
    release_callback,
    settle_callback,
    take_callback,
)
from tragnetz.appointments.calls.queries import late_callbacks, promised_until, to_call
from tragnetz.appointments.enums import CallbackState, CallResult
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.lines.commands import plan_duty
from tragnetz.appointments.models import CallAttempt, Callback, Closure
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.models import Hotline, Membership

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
    with pytest.raises(NotPossibleError):
        note_try(actor=colleague, callback=callback, result=CallResult.REACHED, now=at(9.2))
    assert take_callback(actor=colleague, callback=callback, now=at(9.25)).taken_by_id == colleague.membership_id
    take_callback(actor=colleague, callback=callback, now=at(9.3))  # clicked twice: still hers
    assert note_try(actor=colleague, callback=callback, result=CallResult.REACHED, now=at(9.4)).state == "done"


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
    assert rows[2].later
    assert rows[2].due_at == at(14.5)
    assert late_callbacks(Callback.objects.all(), at(13)) == 1


def test_another_organisation_touches_nothing(network, actor):
    foreign = make_actor(network, "beta", "lead", name="Bea")
    callback = promise(actor)

    for act in (
        lambda: take_callback(actor=foreign, callback=callback, now=at(9)),
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
