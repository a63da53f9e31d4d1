"""A form of a case that is sent twice, by a second tap or after a broken line, is done once."""

import re
from datetime import timedelta

import pytest

from tests.casework.conftest import make_case
from tests.personas import client_for
from tragnetz.casework.goals.commands import GoalDetails, agree_goal
from tragnetz.casework.models import Goal, GoalReview, LifeEvent, Step, Task
from tragnetz.core.clock import today

GOAL = {"what": "Miete selbst zahlen", "sign": "drei Monate pünktlich", "wish": "person"}


@pytest.fixture
def day(network):
    return today(network.zone)


@pytest.fixture
def case(owner, day):
    return make_case(owner, opened_on=day - timedelta(days=200))


@pytest.fixture
def client(owner):
    return client_for(owner)


def at(case, path="") -> str:
    return f"/de/arbeit/faelle/{case.pk}/{path}"


def key_of(client, page, action) -> str:
    """Return the key that the form of a page carries which leads to an address, or to the page itself."""
    forms = re.findall(r"<form.*?</form>", client.get(page).content.decode(), re.DOTALL)
    return next(
        found[1]
        for form in forms
        if f'action="{action}"' in form and (found := re.search(r'name="key" value="([0-9a-f]{32})"', form))
    )


def twice(client, address, typed) -> None:
    for _time in range(2):
        assert client.post(address, typed).status_code == 302


def test_a_step_and_another_one_of_the_same_page(client, case, day):
    typed = {"text": "Antrag", "owner": "person", "key": key_of(client, at(case), at(case, "schritt/"))}
    address = at(case, "schritt/")

    twice(client, address, typed)
    twice(client, address, typed | {"text": "Kontoauszüge"})

    assert sorted(step.text for step in Step.objects.filter(case=case)) == ["Antrag", "Kontoauszüge"]


def test_a_goal_a_look_at_it_and_a_task(client, owner, case, day):
    page = at(case, "ziele/neu/")
    key = re.search(r'name="key" value="([0-9a-f]{32})"', client.get(page).content.decode())[1]
    twice(client, page, GOAL | {"due_on": (day + timedelta(days=90)).isoformat(), "key": key})
    goal = Goal.objects.get(case=case)

    page = at(case, f"ziele/{goal.pk}/")
    assert 'name="review" value="1"><input type="hidden" name="key"' in client.get(page).content.decode()
    twice(client, page, {"review": "1", "attainment": "1", "key": key})
    assert GoalReview.objects.filter(goal=goal).count() == 1

    address = at(case, "team/aufgabe/")
    task = {
        "text": "Brief lesen", "assignee": str(owner.membership_id), "due_on": day.isoformat(),
        "key": key_of(client, at(case, "team/"), address),
    }  # fmt: skip
    twice(client, address, task)
    assert Task.objects.filter(case=case).count() == 1


def test_an_event(client, case, day):
    address = at(case, "verlauf/ereignis/")
    typed = {"kind": "moved", "happened_on": day.isoformat(), "key": key_of(client, at(case, "verlauf/"), address)}

    twice(client, address, typed)

    assert LifeEvent.objects.filter(case=case).count() == 1


def test_what_no_form_sent_is_done_as_often_as_it_is_asked_for(owner, case, day):
    details = GoalDetails("Ziel", "Zeichen", day + timedelta(days=90))

    for key in ("", "", "a" * 32):
        agree_goal(actor=owner, case=case, details=details, today=day, request_key=key)

    assert Goal.objects.filter(case=case).count() == 3
