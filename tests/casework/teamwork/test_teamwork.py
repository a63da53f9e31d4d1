"""Tasks, deputies, handing over."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.casework.conftest import TODAY
from tests.casework.contacts.test_contacts import keep
from tests.factories import make_actor
from tragnetz.appointments.models import Absence
from tragnetz.audit.models import Event
from tragnetz.casework.access import visible_cases, visible_tasks
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import GoalDetails, agree_goal
from tragnetz.casework.models import Case, Task
from tragnetz.casework.teamwork.commands import give_task, hand_over, set_deputy, settle_task
from tragnetz.casework.teamwork.queries import counsellors_for, helpers_for, team_day
from tragnetz.casework.teamwork.rules import missing_points, task_day_fits


def give(owner, case, to, due=TODAY, **given):
    return give_task(
        actor=owner, case=case, assignee_id=to.membership_id, text="Zitronenfalter", due_on=due, today=TODAY, **given
    )


def test_a_task_goes_to_a_colleague_who_sees_it_and_not_the_case(case, owner, colleague):
    task = give(owner, case, colleague)

    day = team_day(colleague, TODAY, own=True)
    assert (day.tasks, day.seen) == ([task], frozenset())
    assert not visible_cases(colleague).exists()
    assert team_day(owner, TODAY, own=True).tasks == []
    assert visible_tasks(owner).get() == task


def test_the_desk_may_have_a_task_but_no_case(network, case, owner):
    desk = make_actor(network, "alpha", "intake", name="Ina")
    give(owner, case, desk)

    assert desk.membership_id in [row.pk for row in helpers_for(case)]
    assert desk.membership_id not in [row.pk for row in counsellors_for(case)]
    assert len(team_day(desk, TODAY, own=True).tasks) == 1


def test_a_task_is_done_and_open_again(case, owner, colleague):
    task = give(owner, case, colleague)

    done = settle_task(actor=colleague, task=task, today=TODAY)
    assert (done.done_on, done.done_by_id) == (TODAY, colleague.membership_id)
    assert team_day(colleague, TODAY, own=True).tasks == []
    assert settle_task(actor=owner, task=task, today=TODAY, done=False).done_by is None
    assert Event.objects.filter(verb="task:settle").count() == 2


def test_who_asks_after_the_end_ticks_the_answer(network, case, owner):
    asking = Task.objects.create(
        network=network, case=case, compartment=compartment_of(case), kind="after_3", assignee_id=owner.membership_id,
        due_on=TODAY,
    )  # fmt: skip
    done = settle_task(actor=owner, task=asking, today=TODAY, answer="worse")
    assert (done.answer, done.done_on) == ("worse", TODAY)
    assert settle_task(actor=owner, task=asking, today=TODAY, done=False).answer == ""

    with pytest.raises(CaseworkError, match="passt nicht"):
        settle_task(actor=owner, task=asking, today=TODAY, answer="wunderbar")
    with pytest.raises(CaseworkError, match="passt nicht"):
        settle_task(actor=owner, task=give(owner, case, owner), today=TODAY, answer="worse")


def test_nobody_of_another_organisation_has_or_does_a_task(case, owner, foreign, colleague):
    with pytest.raises(CaseworkError, match="aus der Liste"):
        give(owner, case, foreign)
    task = give(owner, case, colleague)
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        settle_task(actor=foreign, task=task, today=TODAY)


def test_a_third_counsellor_does_not_see_a_task(network, case, owner, colleague):
    third = make_actor(network, "alpha", "counsellor", name="Cleo")
    give(owner, case, colleague)

    assert visible_tasks(colleague).exists()
    assert not visible_tasks(third).exists()


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (732, True), (733, False)])
def test_a_task_is_due_within_two_years(days, fits):
    assert task_day_fits(TODAY + timedelta(days=days), TODAY) == fits


def test_the_deputy_sees_the_case_and_no_longer_when_another_is_named(case, owner, colleague, lead):
    set_deputy(actor=owner, case=case, deputy_id=colleague.membership_id)
    assert visible_cases(colleague).get() == case

    set_deputy(actor=lead, case=case, deputy_id=None)
    assert not visible_cases(colleague).exists()
    told = Event.objects.filter(verb="case:deputy").order_by("at").values_list("details", flat=True)
    assert [one["named"] for one in told] == [True, False]


def test_the_counsellor_is_no_deputy_of_their_own(case, owner):
    with pytest.raises(CaseworkError, match="jemand anderes"):
        set_deputy(actor=owner, case=case, deputy_id=owner.membership_id)


def test_the_day_page_says_for_whom_one_stands_in(network, case, owner, colleague):
    set_deputy(actor=owner, case=case, deputy_id=colleague.membership_id)
    assert team_day(colleague, TODAY, own=True).standing_in == []
    starts = datetime(2026, 11, 24, 7, tzinfo=UTC)
    Absence(
        network=network, membership_id=owner.membership_id, starts_at=starts, ends_at=starts + timedelta(hours=9)
    ).save()

    assert team_day(colleague, TODAY, own=True).standing_in == [case]
    assert team_day(colleague, TODAY + timedelta(days=1), own=True).standing_in == []


def test_a_case_goes_to_another_with_its_tasks(case, owner, colleague):
    own = give(owner, case, owner)
    keep(owner, case)

    handed = hand_over(
        actor=owner, case=case, taker_id=colleague.membership_id, points=["safe", "told", "quatsch"],
        text="Geduld haben", today=TODAY,
    )  # fmt: skip
    assert (handed.giver_id, handed.taker_id) == (owner.membership_id, colleague.membership_id)

    assert Task.objects.get(pk=own.pk).assignee_id == colleague.membership_id
    assert (visible_cases(owner).exists(), visible_cases(colleague).exists()) == (False, True)
    taken = team_day(colleague, TODAY, own=True).taken[0]
    assert (taken.points, taken.text) == (["told", "safe"], "Geduld haben")
    assert team_day(colleague, TODAY + timedelta(days=15), own=True).taken == []
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        keep(owner, case, key="z" * 32)


def test_the_deputy_who_takes_over_is_deputy_no_longer(case, owner, colleague):
    set_deputy(actor=owner, case=case, deputy_id=colleague.membership_id)
    hand_over(actor=owner, case=case, taker_id=colleague.membership_id, points=["safe"], text="", today=TODAY)

    assert Case.objects.get().deputy is None


def test_nobody_takes_over_without_knowing_how_to_reach_the_person(case, owner, colleague):
    assert missing_points(["told"]) == ["safe"]
    with pytest.raises(CaseworkError, match="sicher zu erreichen"):
        hand_over(actor=owner, case=case, taker_id=colleague.membership_id, points=["told"], text="", today=TODAY)


def test_a_case_stays_in_its_organisation_and_goes_to_another_hand(case, owner, foreign):
    for taker in (foreign, owner):
        with pytest.raises(CaseworkError):
            hand_over(actor=owner, case=case, taker_id=taker.membership_id, points=["safe"], text="", today=TODAY)
    assert Case.objects.get().counsellor_id == owner.membership_id


def test_goals_to_look_at_stand_on_the_day_page_of_the_counsellor(case, owner, colleague):
    soon = TODAY + timedelta(days=6)
    details = GoalDetails("a", "b", TODAY + timedelta(days=200), review_on=soon)
    goal = agree_goal(actor=owner, case=case, details=details, today=TODAY)

    assert team_day(owner, TODAY, own=True).reviews == [goal]
    assert team_day(colleague, TODAY, own=True).reviews == []
    assert team_day(owner, TODAY - timedelta(days=2), own=True).reviews == []
