"""The list of cases: whose, in what order, what stands in a row, and that a long list costs no more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.caseload.test_caseload import old_case, talk_of
from tests.factories import make_actor
from tests.notes import write_note
from tests.personas import client_for
from tragnetz.audit.models import Event
from tragnetz.casework.caselist import ON_A_PAGE, case_list
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.emergency.commands import take_emergency_access
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.teamwork.commands import give_task, set_deputy
from tragnetz.core.clock import now, today

PAGE = "/de/arbeit/faelle/"


@pytest.fixture
def day(network):
    return today(network.zone)


@pytest.fixture
def lead(network):
    return make_actor(network, "alpha", "counsellor", "lead", name="Lena")


def listed(actor, state="open", *, team=False, number=1):
    return case_list(actor, state=state, team=team, number=number, now=now())


def names(actor, state="open", **given):
    return [row.case.contact.name for row in listed(actor, state, **given).rows]


def test_what_presses_most_stands_first_and_what_is_late_says_so(ada, day):
    calm = old_case(ada, 9, "Carla Ruhig")
    step = old_case(ada, 8, "Bea Schritt")
    late = old_case(ada, 7, "Anna Spät")
    goal = old_case(ada, 6, "Gerd Ziel")
    add_step(actor=ada, case=step, text="Antrag", owner="person", due_on=day + timedelta(days=3))
    add_step(actor=ada, case=step, text="Später", owner="person", due_on=day + timedelta(days=30))
    give_task(actor=ada, case=late, assignee_id=ada.membership_id, text="Anrufen", due_on=day, today=day)
    late.tasks.update(due_on=day - timedelta(days=2))
    details = GoalDetails("Arbeit", "Vertrag", day + timedelta(days=90))
    made = agree_goal(actor=ada, case=goal, details=details, today=day)
    made.review_on = day + timedelta(days=5)
    made.save(update_fields=["review_on"])

    rows = {row.case: row.due for row in listed(ada).rows}

    assert names(ada) == ["Anna Spät", "Bea Schritt", "Gerd Ziel", "Carla Ruhig"]
    assert (rows[late].what, rows[late].day, rows[late].is_late) == ("task", day - timedelta(days=2), True)
    assert (rows[step].what, rows[step].day, rows[step].is_late) == ("step", day + timedelta(days=3), False)
    assert rows[goal].what == "review"
    assert rows[calm] is None


def test_a_row_tells_when_one_spoke_last_and_speaks_next(ada, day):
    case = old_case(ada)
    write_note(actor=ada, case=case, kind="facts", text="Gesprochen")
    talk_of(ada, case, -4, state="booked")
    talk_of(ada, case, -2, state="cancelled")

    (row,) = listed(ada).rows

    assert row.last_contact == day
    assert row.next_talk.date() == day + timedelta(days=4)


def test_who_leads_and_counsels_sees_own_cases_first_and_all_on_demand(ada, lead):
    mine, stood_in, other = old_case(lead, 3, "Eigen"), old_case(ada, 2, "Vertreten"), old_case(ada, 1, "Fremd")
    set_deputy(actor=ada, case=stood_in, deputy_id=lead.membership_id)

    assert [(row.case, row.stands_in) for row in listed(lead).rows] == [(stood_in, True), (mine, False)]
    assert {row.case for row in listed(lead, team=True).rows} == {mine, stood_in, other}
    assert {row.case for row in listed(ada, team=True).rows} == {stood_in, other}  # asking for more gives no more


def test_a_case_opened_in_an_emergency_is_on_the_list(network, ada):
    case = old_case(ada)
    bert = make_actor(network, "alpha", "counsellor", name="Bert")
    assert listed(bert).rows == []

    take_emergency_access(actor=bert, case_id=case.pk, reason="Ada ist krank, die Räumung ist morgen", now=now())

    assert [row.case for row in listed(bert).rows] == [case]


def test_closed_cases_have_a_list_of_their_own(ada, day):
    case = old_case(ada, name="Zu Ende")
    add_step(actor=ada, case=case, text="Offen", owner="person", due_on=day)
    close_case(actor=ada, case=case, reason="done", result="better", after_care=False, today=day)

    assert names(ada) == []
    assert [(row.case, row.due) for row in listed(ada, "closed").rows] == [(case, None)]


def test_a_long_list_has_pages_and_costs_the_same(ada):
    old_case(ada, name="Erste")
    client = client_for(ada)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(ON_A_PAGE):
        old_case(ada, name=f"Person {number}")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE).content.decode()

    assert len(many) == len(few)
    assert "Seite 1 von 2" in page
    assert f"{ON_A_PAGE + 1} Fälle" in page
    assert len(listed(ada).rows) + len(listed(ada, number=2).rows) == ON_A_PAGE + 1
    assert Event.objects.filter(verb="cases:read").latest("pk").details == {"rows": 1}


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9999999999", ""])
def test_any_page_that_is_asked_for_is_answered(ada, page):
    old_case(ada)

    assert client_for(ada).get(PAGE, {"seite": page}).status_code == 200
