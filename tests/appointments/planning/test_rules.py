"""What a change breaks: told right for each quarter of an hour, as a slow model does that looks at nothing else."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tragnetz.appointments.planning.changes import (
    AddAbsence,
    AddClosure,
    AddHours,
    ChangeHours,
    EndAbsence,
    EndClosure,
    EndHours,
    Leave,
    pack,
    unpack,
)
from tragnetz.appointments.planning.conflicts import Clash, Duty, conflicts
from tragnetz.appointments.planning.errors import PlanError
from tragnetz.appointments.planning.rules import (
    Away,
    Closed,
    Hours,
    Plan,
    Reason,
    Talk,
    broken,
    faults,
    offered_minutes,
    without,
)

BERLIN = ZoneInfo("Europe/Berlin")
MEMBERS = [uuid.UUID(int=number) for number in (1, 2)]
SITES = [uuid.UUID(int=number) for number in (11, 12)]
HOUSES = {MEMBERS[0]: uuid.UUID(int=21), MEMBERS[1]: uuid.UUID(int=22)}
MONDAY = date(2026, 10, 19)  # the clocks change on the 25th
QUARTER = timedelta(minutes=15)
# Whole plans take a while to make up, on a busy machine above all.
patient = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)


def hours(
    weekday=0, starts=time(8), ends=time(12), *, member=MEMBERS[0], site=SITES[0], kinds=("phone", "on_site"), **rest
):
    return Hours(
        member, HOUSES[member], site, weekday, starts, ends, kinds, rest.pop("since", MONDAY), rest.pop("until", None),
        **rest,
    )  # fmt: skip


def talk(day=MONDAY, at=time(9), minutes=60, *, kind="phone", member=MEMBERS[0], site=None, rostered=True):
    start = datetime.combine(day, at, BERLIN).astimezone(UTC)
    return Talk(
        uuid.uuid4(), member, HOUSES[member], start, start + timedelta(minutes=minutes), kind, site, rostered=rostered
    )


def at(day, clock=time()):
    return datetime.combine(day, clock, BERLIN)


def reasons(before, change, *talks):
    return [set(row.reasons) for row in broken(before, change.apply(before), talks, BERLIN)]


clocks = st.integers(8, 13).map(time)  # full hours, so that shifts touch
busy = st.integers(32, 44).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))  # 8 to 11 h: much meets there
days = st.integers(0, 9).map(lambda number: MONDAY + timedelta(days=number))
members, sites = st.sampled_from(MEMBERS), st.sampled_from([None, *SITES])


@st.composite
def any_hours(draw):
    starts, ends = sorted(draw(st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1])))
    since = draw(days)
    until = draw(st.none() | st.integers(0, 14).map(lambda number: since + timedelta(days=number)))
    kinds = draw(st.sets(st.sampled_from(["phone", "on_site"]), min_size=1))
    return hours(
        draw(st.integers(0, 2)), starts, ends, member=draw(members), site=draw(sites), kinds=tuple(sorted(kinds)),
        since=since, until=until, every=draw(st.integers(1, 2)),
    )  # fmt: skip


@st.composite
def spans(draw):
    start = at(draw(days), draw(busy)).astimezone(UTC)
    return start, start + QUARTER * draw(st.integers(1, 8) | st.integers(9, 400))


@st.composite
def any_closed(draw):
    organisation, site = draw(
        st.sampled_from([(None, None), *((house, None) for house in HOUSES.values()), *((None, one) for one in SITES)])
    )
    return Closed(*draw(spans()), organisation_id=organisation, site_id=site)


aways = st.builds(lambda member, span: Away(member, *span, "away"), members, spans())
talks = st.builds(
    lambda day, clock, minutes, kind, member, site, rostered: talk(
        day, clock, minutes, kind=kind, member=member, site=site if kind == "on_site" else None, rostered=rostered
    ),
    days, busy, st.sampled_from([30, 60, 90]), st.sampled_from(["phone", "on_site"]), members, sites, st.booleans(),
)  # fmt: skip
plans = st.builds(
    lambda rows, away, closed, last_days: Plan(tuple(rows), tuple(away), tuple(closed), last_days),
    st.lists(any_hours(), max_size=6), st.lists(aways, max_size=2), st.lists(any_closed(), max_size=2),
    st.dictionaries(members, days, max_size=1),
)  # fmt: skip


@st.composite
def changes(draw, plan):
    """Any change that fits a plan."""
    choices = [
        st.builds(AddHours, any_hours()), st.builds(AddAbsence, aways), st.builds(AddClosure, any_closed()),
        st.builds(Leave, members, days),
    ]  # fmt: skip
    for row in plan.hours:
        worked = [day for day in (MONDAY + timedelta(days=number) for number in range(28)) if row.works_on(day)]
        if worked:
            day = st.sampled_from(worked)
            choices.append(st.builds(EndHours, st.just(row.id), st.just(row.membership_id), day, st.booleans()))
            choices.append(st.builds(ChangeHours, st.just(row.id), day, any_hours(), st.booleans()))
    choices += [st.just(EndAbsence(row)) for row in plan.away] + [st.just(EndClosure(row)) for row in plan.closed]
    return draw(st.one_of(choices))


def slow_faults(plan, one):
    """Look at each quarter of an hour of a talk by itself."""
    found = set()
    moment = one.starts_at
    while moment < one.ends_at:
        local = moment.astimezone(BERLIN)
        if local.date() > plan.last_days.get(one.membership_id, date.max):
            return {Reason.GONE}
        of_day = [
            row for row in plan.hours
            if row.membership_id == one.membership_id
            and row.weekday == local.weekday()
            and row.valid_from <= local.date() <= (row.valid_until or date.max)
            and (local.date().toordinal() - 1) // 7 % row.every == (row.valid_from.toordinal() - 1) // 7 % row.every
        ]  # fmt: skip
        offering = [row for row in of_day if row.starts <= local.time() < row.ends and one.kind in row.kinds]
        if one.kind == "on_site":
            offering = [row for row in offering if row.site_id == one.site_id]
        if one.rostered and not offering:
            found.add(Reason.OUTSIDE)
        if any(row.membership_id == one.membership_id and row.starts_at <= moment < row.ends_at for row in plan.away):
            found.add(Reason.AWAY)
        ends = one.ends_at.astimezone(BERLIN).time()
        places = {one.site_id} | {
            row.site_id for row in of_day if row.starts < ends and one.starts_at.astimezone(BERLIN).time() < row.ends
        }
        for row in plan.closed:
            concerns = row.site_id in places if row.site_id else row.organisation_id in {None, one.organisation_id}
            if concerns and row.starts_at <= moment < row.ends_at:
                found.add(Reason.CLOSED)
        moment += QUARTER
    return found


@patient
@given(plans.flatmap(lambda plan: st.tuples(st.just(plan), changes(plan))), st.lists(talks, max_size=12))
def test_no_broken_talk_is_missed_and_none_invented(made, rows):
    plan, change = made
    after = change.apply(plan)

    found = {row.talk.id: set(row.reasons) for row in broken(plan, after, rows, BERLIN)}

    expected = {one.id: slow_faults(after, one) - slow_faults(plan, one) for one in rows}
    assert found == {key: value for key, value in expected.items() if value}


MORNING, AFTERNOON = hours(starts=time(8), ends=time(10)), hours(starts=time(14), ends=time(16))


@pytest.mark.parametrize(
    ("worked", "one", "found"),
    [
        ([MORNING, AFTERNOON], talk(at=time(9)), set()),
        ([MORNING, AFTERNOON], talk(at=time(11)), {Reason.OUTSIDE}),  # between both
        ([MORNING, AFTERNOON], talk(at=time(9, 30), minutes=300), {Reason.OUTSIDE}),  # over the gap
        ([MORNING, hours(starts=time(10), ends=time(12))], talk(at=time(9, 30)), set()),  # over a seam
        ([MORNING], talk(at=time(11), rostered=False), set()),  # a group, or from another calendar
        ([], talk(rostered=False), set()),
        ([MORNING], talk(kind="on_site", site=SITES[0]), set()),
        ([MORNING], talk(kind="on_site", site=SITES[1]), {Reason.OUTSIDE}),
        ([hours(kinds=("on_site",))], talk(kind="phone"), {Reason.OUTSIDE}),
    ],
)
def test_a_talk_fits_into_hours_that_are_worked_for_it(worked, one, found):
    """What the model above meets by chance alone."""
    assert faults(Plan(tuple(worked), (), (), {}), one, BERLIN) == found


@patient
@given(plans.flatmap(changes))
def test_a_change_survives_the_form(change):
    assert unpack(pack(change)) == change


def test_a_change_that_was_tampered_with_is_none():
    assert unpack(pack(Leave(MEMBERS[0], MONDAY)) + "x") is None


@patient
@given(plans, days)
def test_offered_minutes_are_those_in_which_a_talk_would_fit(plan, day):
    told = offered_minutes(plan, day, day, holidays=(), zone=BERLIN)

    for member in MEMBERS:
        quarters = 0
        for number in range(96):
            moment = datetime.combine(day, time(number // 4, number % 4 * 15), BERLIN)
            open_rows = [
                row for row in plan.hours
                if row.membership_id == member and row.works_on(day) and day <= plan.last_days.get(member, date.max)
                and row.starts <= moment.time() < row.ends
                and not any(
                    one.starts_at <= moment < one.ends_at
                    and (one.site_id == row.site_id if one.site_id else one.organisation_id in {None, row.organisation_id})
                    for one in plan.closed
                )
            ]  # fmt: skip
            gone = any(one.membership_id == member and one.starts_at <= moment < one.ends_at for one in plan.away)
            quarters += bool(open_rows) and not gone
        assert told.get(member, 0) == quarters * 15


def test_hours_of_one_day_go_and_come_back_in_their_rhythm():
    row = hours(every=2)
    moved = hours(weekday=1, since=MONDAY + timedelta(days=15), until=MONDAY + timedelta(days=15))
    after = ChangeHours(row.id, MONDAY + timedelta(days=14), moved, once=True).apply(Plan((row,)))

    worked = [
        number for number in range(60) if any(one.works_on(MONDAY + timedelta(days=number)) for one in after.hours)
    ]
    assert worked == [0, 15, 28, 42, 56]


def test_hours_changed_for_good_end_the_day_before():
    row = hours()
    new = hours(starts=time(9), since=MONDAY + timedelta(days=7))
    after = ChangeHours(row.id, MONDAY + timedelta(days=7), new, once=False).apply(Plan((row,)))

    assert [(one.starts, one.valid_until) for one in after.hours] == [
        (time(8), MONDAY + timedelta(days=6)),
        (time(9), None),
    ]


def test_hours_that_end_on_their_first_day_are_gone():
    row = hours()

    assert EndHours(row.id, MEMBERS[0], MONDAY, once=False).apply(Plan((row,))) == Plan()


def test_what_is_gone_already_is_refused():
    row = hours()
    with pytest.raises(PlanError):
        EndHours(row.id, MEMBERS[0], MONDAY + timedelta(days=1), once=False).apply(Plan((row,)))
    with pytest.raises(PlanError):
        EndAbsence(Away(MEMBERS[0], at(MONDAY), at(MONDAY + timedelta(days=1)), "away")).apply(Plan())


def test_two_shifts_in_a_row_carry_a_talk_across():
    plan = Plan((hours(), hours(starts=time(12), ends=time(16))))
    across = talk(at=time(11, 30))

    assert reasons(plan, EndHours(plan.hours[1].id, MEMBERS[0], MONDAY, once=True), across) == [{Reason.OUTSIDE}]
    assert broken(plan, plan, [across], BERLIN) == []


def test_a_group_may_lie_anywhere_but_not_in_an_absence():
    plan, group = Plan((hours(),)), talk(at=time(18), rostered=False)

    assert reasons(plan, Leave(MEMBERS[0], MONDAY - timedelta(days=1)), group) == []
    away = AddAbsence(Away(MEMBERS[0], at(MONDAY), at(MONDAY + timedelta(days=1)), "vacation"))
    assert reasons(plan, away, group) == [{Reason.AWAY}]


def test_an_absence_takes_its_hours_off():
    plan = Plan((hours(),), (Away(MEMBERS[0], at(MONDAY, time(10)), at(MONDAY, time(11)), "meeting"),))

    assert offered_minutes(plan, MONDAY, MONDAY, holidays=(), zone=BERLIN) == {MEMBERS[0]: 180}
    assert offered_minutes(plan, MONDAY, MONDAY, holidays={MONDAY}, zone=BERLIN) == {}


def test_times_are_taken_off_piece_by_piece():
    eight, nine, ten, twelve = (at(MONDAY, time(hour)) for hour in (8, 9, 10, 12))

    assert without([(eight, twelve)], [(nine, ten)]) == [(eight, nine), (ten, twelve)]
    assert without([(eight, nine)], [(eight, twelve)]) == []


def clashes_of(plan, *, ways=None, pressing=(), duties=()):
    last = MONDAY + timedelta(days=13)
    found = conflicts(plan, MONDAY, last, ways=ways or {}, pressing=pressing, duties=duties, zone=BERLIN)
    return [(row.clash, row.day) for row in found]


def test_overlapping_shifts_are_told_once():
    plan = Plan((hours(), hours(starts=time(11), ends=time(15)), hours(weekday=1)))

    assert clashes_of(plan) == [(Clash.OVERLAP, MONDAY)]


def test_two_sites_need_time_for_the_way():
    plan = Plan((hours(), hours(starts=time(12, 15), ends=time(15), site=SITES[1])))
    way = frozenset(SITES)

    assert clashes_of(plan) == [(Clash.NO_WAY, MONDAY)]
    assert clashes_of(plan, ways={way: 16 * 60}) == [(Clash.TOO_FAR, MONDAY)]
    assert clashes_of(plan, ways={way: 15 * 60}) == []


def test_a_pressing_talk_in_an_absence_needs_a_deputy():
    away = Away(MEMBERS[0], at(MONDAY), at(MONDAY + timedelta(days=1)), "vacation")
    covered = Away(MEMBERS[0], away.starts_at, away.ends_at, "vacation", MEMBERS[1])

    assert clashes_of(Plan((), (away,)), pressing=[talk(), talk(member=MEMBERS[1])]) == [(Clash.NO_DEPUTY, MONDAY)]
    assert clashes_of(Plan((), (covered,)), pressing=[talk()]) == []


def test_nobody_picks_up_a_line_in_an_absence():
    away = Away(MEMBERS[0], at(MONDAY, time(9)), at(MONDAY, time(10)), "meeting")
    duty = Duty(MEMBERS[0], 0, time(8), time(12), MONDAY, None, "Herne")

    assert clashes_of(Plan((), (away,)), duties=[duty]) == [(Clash.ON_DUTY, MONDAY)]
