"""What a lead sees of the team: what is overdue, and loads; and who sees nothing."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.casework.coaching.test_commands import begin
from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.notes import write_note
from tragnetz.appointments.models import Booking
from tragnetz.audit.models import Event
from tragnetz.casework.caseload.commands import set_capacities
from tragnetz.casework.caseload.enums import Overdue
from tragnetz.casework.caseload.errors import CaseloadError
from tragnetz.casework.caseload.models import Capacity
from tragnetz.casework.caseload.queries import Row, Wanted, overdue_rows, team_caseload, team_loads
from tragnetz.casework.caseload.rules import Load
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case, Note, Step
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.models import District, Membership

ALL = Wanted(days=30)


@pytest.fixture
def day(network):
    return today(network.zone)


def old_case(actor, days=100, name="Anna Müller", **changes):
    case = case_of(actor, name)
    Case.objects.filter(pk=case.pk).update(opened_on=today(actor.network.zone) - timedelta(days=days), **changes)
    case.refresh_from_db()
    return case


def note_of(actor, case, days):
    note = write_note(actor=actor, case=case, kind="facts", text="Gesprochen")
    Note.objects.filter(pk=note.pk).update(written_at=days_ago(actor, days))


def days_ago(actor, days):
    """Return this time of day so many days ago, by the clock of the city: an hour of summer time moves no day."""
    return now().astimezone(actor.network.zone) - timedelta(days=days)


def talk_of(actor, case, days, state="attended"):
    starts = days_ago(actor, days)
    Booking(
        network=actor.network, membership_id=actor.membership_id, contact=case.contact, starts_at=starts,
        ends_at=starts + timedelta(hours=1), kind="phone", state=state, code_hash=new_id().hex,
        idempotency_key=new_id().hex,
    ).save()  # fmt: skip


def step_of(case, due_on, done_on=None):
    Step(
        network=case.network, case=case, compartment=compartment_of(case), text="x", owner="person", due_on=due_on,
        done_on=done_on,
    ).save()  # fmt: skip


def silent(lead, wanted=ALL):
    return [row.case for row in overdue_rows(lead, wanted, Overdue.SILENT, now())]


def test_a_case_without_contact_is_on_the_list_with_its_last_day(ada, lead, day):
    case = old_case(ada)
    note_of(ada, case, 40)

    assert overdue_rows(lead, ALL, Overdue.SILENT, now()) == [Row(case, day - timedelta(days=40))]


def test_without_any_contact_the_opening_counts(ada, lead, day):
    case = old_case(ada, days=31)

    assert overdue_rows(lead, ALL, Overdue.SILENT, now()) == [Row(case, day - timedelta(days=31))]


@pytest.mark.parametrize("days", [0, 29, 30])
def test_a_note_within_the_days_takes_a_case_off_the_list(ada, lead, days):
    note_of(ada, old_case(ada), days)

    assert silent(lead) == []


@pytest.mark.parametrize(("state", "is_silent"), [("attended", False), ("missed", True), ("cancelled", True)])
def test_only_a_talk_that_took_place_is_contact(ada, lead, state, is_silent):
    talk_of(ada, old_case(ada), 3, state)

    assert bool(silent(lead)) is is_silent


def test_closed_and_new_cases_are_on_no_list(ada, lead, day):
    close_case(actor=ada, case=old_case(ada), reason="done", result="better", after_care=False, today=day)
    old_case(ada, days=30)

    assert silent(lead) == []


def test_the_longest_wait_stands_first(ada, lead):
    cases = [old_case(ada) for _number in range(3)]
    for case, days in zip(cases, (40, 90, 60), strict=True):
        note_of(ada, case, days)

    assert silent(lead) == [cases[1], cases[2], cases[0]]


def test_late_steps_are_counted_by_case(ada, lead, day):
    case, other = old_case(ada), old_case(ada)
    for days in (5, 9):
        step_of(case, day - timedelta(days=days))
    step_of(other, day)
    step_of(other, day - timedelta(days=5), done_on=day)

    assert overdue_rows(lead, ALL, Overdue.STEPS, now()) == [Row(case, day - timedelta(days=9), 2)]
    assert team_caseload(lead, ALL, now()).counts[Overdue.STEPS] == 1


def test_due_questions_about_work_are_listed(ada, lead, day):
    case = old_case(ada, days=300)
    coaching = start_coaching(actor=ada, case=case, person=None, today=day)
    for days in (200, 10):
        begin(ada, coaching, day - timedelta(days=days))

    assert overdue_rows(lead, ALL, Overdue.CHECKS, now()) == [Row(case, day - timedelta(days=200))]
    close_case(actor=ada, case=case, reason="done", result="better", after_care=False, today=day)  # aftercare goes on
    assert len(overdue_rows(lead, ALL, Overdue.CHECKS, now())) == 1
    assert team_caseload(lead, ALL, now()).counts[Overdue.CHECKS] == 1


def test_topics_and_districts_are_told_apart(ada, lead):
    case, other = old_case(ada, topic="debt"), old_case(ada, topic="work")
    for one, key in ((case, "nord"), (other, "mitte")):
        type(one.enquiry).objects.filter(pk=one.enquiry_id).update(district=District.objects.get(key=key))
    note_of(ada, other, 1)

    found = team_caseload(lead, ALL, now())

    assert [(part.name, part.open, part.silent) for part in found.districts] == [("Mitte", 1, 0), ("Nord", 1, 1)]
    assert [(part.open, part.silent) for part in found.topics] == [(1, 1), (1, 0)] or len(found.topics) == 2
    assert silent(lead, replace(ALL, topic="debt", district="nord")) == [case]
    assert silent(lead, replace(ALL, topic="work")) == []


def test_loads_stand_by_name_with_what_was_agreed(ada, lead, network):
    zoe = make_actor(network, "alpha", "counsellor", name="Zoe")
    for _number in range(3):
        old_case(zoe)
    old_case(ada)
    set_capacities(actor=lead, cases={zoe.membership_id: 2})

    assert team_loads(lead) == [Load("Test", "Ada", 1, None), Load("Test", "Zoe", 3, 2)]


def test_of_counsellors_nothing_is_known_but_their_load():
    """DS27: no figure by which people could be ranked."""
    assert [one.name for one in fields(Load)] == ["last_name", "first_name", "cases", "capacity"]


def test_who_has_left_with_open_cases_still_stands_there(ada, lead, day):
    old_case(ada)
    Membership.objects.filter(pk=ada.membership_id).update(ended_on=day)

    assert team_loads(lead) == [Load("Test", "Ada", 1, None)]


@pytest.mark.parametrize(("organisation", "role"), [("alpha", "counsellor"), ("alpha", "dpo"), ("beta", "lead")])
def test_who_does_not_lead_the_team_sees_nothing(ada, lead, network, organisation, role):
    old_case(ada)
    other = make_actor(network, organisation, role, name="Otto")

    assert len(silent(lead)) == 1
    assert Load("Test", "Ada", 1, None) in team_loads(lead)
    found = team_caseload(other, ALL, now())
    assert (found.open, found.loads, found.topics, silent(other)) == (0, [], [], [])


def test_capacities_are_changed_and_taken_away(ada, lead):
    set_capacities(actor=lead, cases={ada.membership_id: 20})
    set_capacities(actor=lead, cases={ada.membership_id: 25})
    assert Capacity.objects.get().cases == 25

    set_capacities(actor=lead, cases={ada.membership_id: None})

    assert Capacity.objects.count() == 0
    assert Event.objects.filter(verb="caseload:plan").count() == 3


@pytest.mark.parametrize("number", [0, 201])
def test_a_capacity_that_cannot_be_is_refused(ada, lead, number):
    with pytest.raises(CaseloadError, match="1 bis 200"):
        set_capacities(actor=lead, cases={ada.membership_id: number})
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity(network=ada.network, membership_id=ada.membership_id, cases=number).save()


@pytest.mark.parametrize(("organisation", "role"), [("alpha", "counsellor"), ("beta", "lead")])
def test_only_the_teams_lead_says_what_it_carries(ada, network, organisation, role):
    other = make_actor(network, organisation, role, name="Otto")

    with pytest.raises(CaseloadError):
        set_capacities(actor=other, cases={ada.membership_id: 20})


def test_a_page_takes_as_many_queries_for_many_as_for_one(ada, lead, day, network):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            team_caseload(lead, ALL, now())
            for kind in Overdue:
                overdue_rows(lead, ALL, kind, now())
        return len(captured)

    step_of(old_case(ada), day - timedelta(days=1))
    few = queries()
    for number in range(6):
        case = old_case(make_actor(network, "alpha", "counsellor", name=f"Eva{number}"), name=f"Eva {number}")
        step_of(case, day - timedelta(days=number + 1))

    assert queries() == few
