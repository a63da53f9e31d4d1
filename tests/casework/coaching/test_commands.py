"""The way to work is written within a case, by those who see it, once."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.casework.coaching import commands
from tragnetz.casework.coaching.access import visible_applications, visible_coachings, visible_placements
from tragnetz.casework.coaching.enums import ApplicationState, EndReason, Kept, WorkKind
from tragnetz.casework.coaching.errors import CoachingError
from tragnetz.casework.coaching.models import Application, Placement
from tragnetz.casework.coaching.queries import checks_to_ask, coaching_view, people_without, placement_view
from tragnetz.clients.commands import set_household
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id


@pytest.fixture
def day(network):
    return today(network.zone)


@pytest.fixture
def coaching(ada, day):
    case = case_of(ada, "Anna Müller", "Tim Müller")
    return commands.start_coaching(actor=ada, case=case, person=case.household.people.first(), today=day)


def apply(actor, coaching, sent_on, **given):
    return commands.add_application(
        actor=actor, coaching=coaching, employer="Bäckerei Korn", sent_on=sent_on,
        **{"today": today(actor.network.zone), "request_key": new_id().hex, **given},
    )  # fmt: skip


def begin(actor, coaching, starts_on, **given):
    job = commands.Job("Bäckerei Korn", WorkKind.REGULAR, starts_on, field=6, hours=Decimal("19.5"))
    return commands.begin_work(
        actor=actor, coaching=coaching, job=job, **{"request_key": new_id().hex, **given},
    )  # fmt: skip


def test_a_coaching_begins_once_for_a_person(ada, day, coaching):
    again = commands.start_coaching(actor=ada, case=coaching.case, person=coaching.person, today=day)

    assert again == coaching
    assert Event.objects.filter(verb="coaching:start").count() == 1


def test_children_are_not_coached(ada, day, coaching):
    assert [one.name for one in coaching.case.household.people.all()] == ["Anna Müller", "Tim Müller"]
    assert people_without(coaching.case, [coaching], day) == []


def test_a_person_of_another_household_is_refused(ada, day, coaching):
    other = case_of(ada, "Eva Roth")

    with pytest.raises(CoachingError):
        commands.start_coaching(actor=ada, case=coaching.case, person=other.household.people.first(), today=day)


def test_a_coaching_outlives_its_person(ada, coaching):
    set_household(actor=ada, household=coaching.case.household, people=[])

    coaching.refresh_from_db()
    assert coaching.person is None


def test_what_was_told_is_sealed_and_codes_are_plain(ada, coaching):
    profile = commands.Profile(goal="Zitronenfalterin", limits="nicht heben", goal_field=6, hours_wanted=Decimal(20))
    commands.write_profile(actor=ada, coaching=coaching, profile=profile)

    coaching.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT goal, goal_field FROM casework_coaching")
        sealed, field = cursor.fetchone()
    assert (coaching.goal, coaching.limits, field) == ("Zitronenfalterin", "nicht heben", 6)
    assert b"Zitron" not in bytes(sealed)
    assert Event.objects.get(verb="coaching:write").details == {"goal": True}


def test_an_application_goes_its_way(ada, day, coaching):
    row = apply(ada, coaching, day - timedelta(days=20))
    talk = datetime.combine(day + timedelta(days=2), time(10), ada.network.zone)

    commands.agree_interview(actor=ada, application=row, starts_at=talk, today=day)
    row.refresh_from_db()
    assert (row.state, row.state_on) == ("interview", day)
    commands.change_state(actor=ada, application=row, state=ApplicationState.OFFER, on=day, today=day)
    placement = begin(ada, coaching, day, application=row)

    row.refresh_from_db()
    assert (row.state, row.placement) == ("placed", placement)


def test_an_application_is_noted_once(ada, day, coaching):
    first = apply(ada, coaching, day, request_key="k" * 32)

    assert apply(ada, coaching, day, request_key="k" * 32) == first
    assert Application.objects.count() == 1


def test_work_begins_once(ada, day, coaching):
    first = begin(ada, coaching, day, request_key="k" * 32)

    assert begin(ada, coaching, day, request_key="k" * 32) == first
    assert Placement.objects.count() == 1


def test_an_application_cannot_be_sent_tomorrow(ada, day, coaching):
    with pytest.raises(CoachingError, match="kommt erst noch"):
        apply(ada, coaching, day + timedelta(days=1))


@pytest.mark.parametrize("state", [ApplicationState.PLACED, ApplicationState.SENT])
def test_an_offer_becomes_neither_placed_by_hand_nor_unsent(ada, day, coaching, state):
    row = apply(ada, coaching, day)
    row = commands.change_state(actor=ada, application=row, state=ApplicationState.OFFER, on=day, today=day)

    with pytest.raises(CoachingError, match="passt nicht"):
        commands.change_state(actor=ada, application=row, state=state, on=day, today=day)


@pytest.mark.parametrize("offset", [-1, 1])
def test_an_answer_comes_after_the_application_and_not_tomorrow(ada, day, coaching, offset):
    row = apply(ada, coaching, day)

    with pytest.raises(CoachingError, match="zwischen"):
        commands.change_state(
            actor=ada, application=row, state=ApplicationState.REFUSED, on=day + timedelta(days=offset), today=day
        )


def test_the_same_talk_is_agreed_once(ada, day, coaching):
    row = apply(ada, coaching, day)
    talk = datetime.combine(day, time(10), ada.network.zone)
    commands.agree_interview(actor=ada, application=row, starts_at=talk, today=day)

    with pytest.raises(CoachingError, match="steht schon da"):
        commands.agree_interview(actor=ada, application=row, starts_at=talk, today=day)


def test_a_refused_application_gives_no_work(ada, day, coaching):
    row = apply(ada, coaching, day)
    commands.change_state(actor=ada, application=row, state=ApplicationState.REFUSED, on=day, today=day)

    with pytest.raises(CoachingError):
        begin(ada, coaching, day, application=row)
    assert Placement.objects.count() == 0


def test_an_application_of_another_coaching_gives_no_work(ada, day, coaching):
    other = commands.start_coaching(actor=ada, case=case_of(ada, "Eva Roth"), person=None, today=day)

    with pytest.raises(CoachingError):
        begin(ada, coaching, day, application=apply(ada, other, day))


def test_an_end_before_three_months_answers_both_questions(ada, day, coaching):
    row = begin(ada, coaching, day - timedelta(days=40))

    row = commands.end_work(actor=ada, placement=row, on=day, reason=EndReason.TERM, today=day)

    assert (row.kept_3, row.kept_6, row.kept_3_on) == ("no", "no", day)


def test_an_end_taken_back_leaves_what_was_asked_before(ada, day, coaching):
    row = begin(ada, coaching, day - timedelta(days=120))
    commands.note_kept(actor=ada, placement=row, months=3, kept=Kept.YES, today=day - timedelta(days=20))
    commands.end_work(actor=ada, placement=row, on=day, reason=EndReason.OWN, today=day)

    row = commands.resume_work(actor=ada, placement=row)

    assert (row.kept_3, row.kept_6, row.ended_on, row.end_reason) == ("yes", "", None, "")


@pytest.mark.parametrize("months", [3, 6, 4])
def test_nobody_is_asked_too_early(ada, day, coaching, months):
    row = begin(ada, coaching, day - timedelta(days=30))

    with pytest.raises(CoachingError, match="zu früh"):
        commands.note_kept(actor=ada, placement=row, months=months, kept=Kept.YES, today=day)


def test_the_list_of_questions_follows_the_rule(ada, day, coaching):
    rows = [begin(ada, coaching, day - timedelta(days=days)) for days in range(60, 220, 7)]
    commands.end_work(actor=ada, placement=rows[-1], on=day, reason=EndReason.OWN, today=day)
    commands.note_kept(actor=ada, placement=rows[-2], months=6, kept=Kept.NO, today=day)
    commands.note_kept(actor=ada, placement=rows[8], months=3, kept=Kept.YES, today=day)

    asked = {row.pk for row in Placement.objects.all() if placement_view(row, day).ask}

    assert {row.pk for row in checks_to_ask(visible_placements(ada), day)} == asked
    assert 5 < len(asked) < len(rows)


@pytest.mark.parametrize(("organisation", "role"), [("alpha", "counsellor"), ("alpha", "intake"), ("beta", "lead")])
def test_who_does_not_see_the_case_neither_sees_nor_writes(ada, day, coaching, organisation, role):
    row, placement = apply(ada, coaching, day), begin(ada, coaching, day)
    other = make_actor(ada.network, organisation, role, name="Otto")
    doors = (visible_coachings, visible_applications, visible_placements)

    assert [door(ada).count() for door in doors] == [1, 1, 1]
    assert [door(other).count() for door in doors] == [0, 0, 0]
    for run in (
        lambda: commands.write_profile(actor=other, coaching=coaching, profile=commands.Profile()),
        lambda: apply(other, coaching, day),
        lambda: begin(other, coaching, day),
        lambda: commands.change_state(actor=other, application=row, state=ApplicationState.REFUSED, on=day, today=day),
        lambda: commands.end_work(actor=other, placement=placement, on=day, reason=EndReason.OWN, today=day),
    ):
        with pytest.raises(CoachingError):
            run()


def test_a_view_takes_as_many_queries_for_many_as_for_one(ada, day, coaching, django_assert_num_queries):
    apply(ada, coaching, day)
    with django_assert_num_queries(4):
        coaching_view(ada, coaching, now())
    for number in range(9):
        row = apply(ada, coaching, day - timedelta(days=number))
        talk = datetime.combine(day, time(10), ada.network.zone)
        commands.agree_interview(actor=ada, application=row, starts_at=talk, today=day)
        begin(ada, coaching, day - timedelta(days=number))

    with django_assert_num_queries(4):
        assert len(coaching_view(ada, coaching, now()).applications) == 10


@pytest.mark.parametrize(
    "wrong", [{"hours": 0}, {"hours": 61}, {"ended_on": "2026-01-01"}, {"kept_3": "yes"}, {"end_reason": "own"}]
)
def test_the_database_refuses_what_cannot_be(ada, day, coaching, wrong):
    row = begin(ada, coaching, day)

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=row.pk).update(**wrong)
