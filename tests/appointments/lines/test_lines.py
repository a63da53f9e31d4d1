"""Who picks up: plan, absences, signing on and off, and what the public is told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.lines.commands import (
    end_duty,
    end_presences,
    forget_presences,
    plan_duty,
    sign_off,
    sign_on,
)
from tragnetz.appointments.lines.queries import lines, present, week_of
from tragnetz.appointments.models import Absence, LineDuty, LinePresence
from tragnetz.audit.models import Event
from tragnetz.network.models import Hotline, Membership

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)


def at(hour: float, day: int = 23) -> datetime:
    return datetime(2026, 11, day, tzinfo=BERLIN).astimezone(UTC) + timedelta(hours=hour)


@pytest.fixture
def lead(network):
    return make_actor(network, "alpha", "counsellor", "lead")


@pytest.fixture
def line(network):
    return Hotline.objects.get(key="line-mitte")


def plan(actor, line, *, weekdays=(0, 1, 2, 3, 4), starts=time(8), ends=time(15), **term):
    return plan_duty(
        actor=actor, hotline=line, membership=Membership.objects.get(pk=actor.membership_id), weekdays=weekdays,
        starts=starts, ends=ends, valid_from=term.get("valid_from", MONDAY), valid_until=term.get("valid_until"),
    )  # fmt: skip


def nobody(network, line, when) -> bool:
    return next(one.nobody for one in lines(network, when) if one.hotline == line)


def test_a_line_without_plan_and_presence_keeps_its_hours(network, line):
    assert not nobody(network, line, at(10))


def test_a_planned_line_is_picked_up_only_by_who_is_planned(network, line, lead):
    plan(lead, line, ends=time(12))

    assert not nobody(network, line, at(10))
    assert nobody(network, line, at(13))
    assert not nobody(network, line, at(20))  # closed, so nobody is missed


def test_nobody_picks_up_after_their_last_day(network, line, lead):
    plan(lead, line)
    Membership.objects.filter(pk=lead.membership_id).update(last_day=MONDAY)

    assert not nobody(network, line, at(10))
    assert nobody(network, line, at(10, day=24))


def test_who_is_away_does_not_pick_up(network, line, lead):
    plan(lead, line)
    Absence(network=network, membership_id=lead.membership_id, starts_at=at(9), ends_at=at(11)).save()

    assert nobody(network, line, at(10))
    week = next(one for one in week_of(network, MONDAY) if one.hotline == line)
    assert [(begins.hour, ends.hour) for begins, ends in week.gaps] == [(9, 11)]
    assert any(cell.away == ("Ada Test",) for band in week.bands for cell in band.cells)


def test_whoever_signs_on_is_there_and_signing_off_on_duty_counts(network, line, lead):
    plan(lead, line, ends=time(12))
    sign_on(actor=lead, hotline=line, now=at(13))
    sign_on(actor=lead, hotline=line, now=at(13))

    assert not nobody(network, line, at(13.5))
    assert LinePresence.objects.count() == 1
    assert sign_off(actor=lead, hotline=line, now=at(14))
    assert nobody(network, line, at(14))
    sign_on(actor=lead, hotline=line, now=at(9, 24))
    sign_off(actor=lead, hotline=line, now=at(10, 24))
    assert nobody(network, line, at(10.5, 24))


def test_presence_ends_by_itself_at_closing_time(network, line, lead):
    sign_on(actor=lead, hotline=line, now=at(7.5))

    assert list(present(network, at(14))) == [line.pk]
    assert present(network, at(15.5)) == {}
    assert end_presences(network=network, now=at(14)) == 0
    assert end_presences(network=network, now=at(17)) == 1
    assert LinePresence.objects.get().until == at(15)


def test_who_picked_up_when_is_forgotten_after_four_weeks_and_who_is_there_stays(network, line, lead):
    sign_on(actor=lead, hotline=line, now=at(9))
    sign_off(actor=lead, hotline=line, now=at(10))
    other = make_actor(network, "alpha", "intake", name="Ina")
    sign_on(actor=other, hotline=line, now=at(9))

    assert forget_presences(at(10) + timedelta(days=28)) == 0
    assert forget_presences(at(11) + timedelta(days=28)) == 1
    assert LinePresence.objects.get().membership_id == other.membership_id


def test_nobody_signs_on_out_of_hours_or_without_the_role(network, line, lead):
    with pytest.raises(NotPossibleError, match="geschlossen"):
        sign_on(actor=lead, hotline=line, now=at(16))
    with pytest.raises(NotPossibleError):
        sign_on(actor=make_actor(network, "alpha", "dpo", name="Dora"), hotline=line, now=at(10))


def test_a_lead_plans_the_own_people_alone_and_nobody_twice(network, line, lead):
    other = make_actor(network, "beta", "lead", name="Bea")
    plan(lead, line)

    with pytest.raises(NotPossibleError, match="schon eingeteilt"):
        plan(lead, line, starts=time(10), ends=time(11))
    with pytest.raises(NotPossibleError, match="eigenen Organisation"):
        plan_duty(
            actor=other, hotline=line, membership=Membership.objects.get(pk=lead.membership_id), weekdays=[0],
            starts=time(8), ends=time(9), valid_from=MONDAY, valid_until=None,
        )  # fmt: skip
    with pytest.raises(NotPossibleError, match="eigenen Organisation"):
        end_duty(actor=other, duty=LineDuty.objects.first(), first_day_off=MONDAY)
    plan(lead, line, valid_until=date(2026, 11, 20), valid_from=date(2026, 11, 16))


def test_ending_keeps_what_was_and_removes_what_had_not_begun(network, line, lead):
    first, *rest = plan(lead, line, weekdays=[0, 1], valid_from=MONDAY - timedelta(days=7))
    end_duty(actor=lead, duty=first, first_day_off=MONDAY)
    later = plan(lead, line, weekdays=[3])[0]
    end_duty(actor=lead, duty=later, first_day_off=MONDAY)

    assert LineDuty.objects.get(pk=first.pk).valid_until == MONDAY - timedelta(days=1)
    assert not LineDuty.objects.filter(pk=later.pk).exists()
    assert LineDuty.objects.get(pk=rest[0].pk).valid_until is None


def test_the_week_names_gaps_and_knows_holidays(network, line, lead):
    plan(lead, line, ends=time(13))
    week = next(one for one in week_of(network, MONDAY) if one.hotline == line)
    christmas = next(one for one in week_of(network, date(2026, 12, 21)) if one.hotline == line)

    assert [(begins.day, begins.hour, ends.hour) for begins, ends in week.gaps] == [
        (day, 13, 15) for day in range(23, 28)
    ]
    assert [(band.starts.hour, band.ends.hour) for band in week.bands] == [(8, 13), (13, 15)]
    assert len(christmas.days) == 5
    assert 25 not in {begins.day for begins, _ends in christmas.gaps}


def test_reading_lines_costs_the_same_however_many_are_planned(network, line, lead, django_assert_max_num_queries):
    plan(lead, line)
    with django_assert_max_num_queries(8) as first:
        lines(network, at(10))
    for number in range(5):
        plan(make_actor(network, "alpha", "lead", name=f"P{number}"), line)
    with django_assert_max_num_queries(len(first.captured_queries)):
        lines(network, at(10))


def test_planning_and_signing_on_leave_events(network, line, lead):
    duty = plan(lead, line, weekdays=[0])[0]
    sign_on(actor=lead, hotline=line, now=at(9))
    sign_off(actor=lead, hotline=line, now=at(10))
    end_duty(actor=lead, duty=duty, first_day_off=MONDAY)

    assert list(Event.objects.values_list("verb", flat=True)) == [
        "duty:plan", "line:sign_on", "line:sign_off", "duty:end",
    ]  # fmt: skip
