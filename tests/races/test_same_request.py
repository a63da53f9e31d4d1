"""The same form sent twice at once: both get the one row. Real threads and database, and a negative control."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections

from tests.casework.conftest import make_case
from tests.factories import make_network
from tests.owner import as_owner
from tests.processes import PATIENCE
from tragnetz.benefits.rules.book import read_book
from tragnetz.casework import resent
from tragnetz.casework.career import commands as career
from tragnetz.casework.career import letters
from tragnetz.casework.career.enums import EntryKind, Situation, SkillKind, Source
from tragnetz.casework.coaching import commands as coaching
from tragnetz.casework.coaching.enums import WorkKind
from tragnetz.casework.goals import commands as goals
from tragnetz.casework.networkmap import commands as net
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.plans import commands as planning
from tragnetz.casework.plans.book import plans
from tragnetz.casework.plans.proposal import proposal
from tragnetz.casework.teamwork import commands as teamwork
from tragnetz.core.clock import now, today
from tragnetz.network.scope import scope

SLOW = """
    CREATE OR REPLACE FUNCTION wait_a_moment() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$;
    CREATE TRIGGER wait_a_moment BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION wait_a_moment()
"""
KEY = "k" * 32


@pytest.fixture
def network(transactional_db):
    made = make_network()
    with scope(made):
        yield made


@pytest.fixture
def case(owner):
    return make_case(owner)


@pytest.fixture
def way(owner, case):
    return coaching.start_coaching(
        actor=owner, case=case, person=case.household.people.first(), today=today(case.network.zone)
    )


def entry(owner, way, day):
    stretch = career.Stretch(kind=EntryKind.JOB, title="Lager", starts_on=day.replace(day=1))
    return career.add_entry(actor=owner, coaching=way, stretch=stretch, request_key=KEY)


def skill(owner, way, _day):
    ability = career.Ability(kind=SkillKind.INTEREST, name="Fußball")
    return career.add_skill(actor=owner, coaching=way, ability=ability, request_key=KEY)


def cover(owner, way, _day):
    details = letters.LetterDetails(
        employer="Bäckerei", job="Verkauf", source=Source.WEBSITE, situation=Situation.WORKING
    )
    return letters.begin_letter(actor=owner, coaching=way, details=details, request_key=KEY)


def application(owner, way, day):
    return coaching.add_application(
        actor=owner, coaching=way, employer="Bäckerei", sent_on=day, today=day, request_key=KEY
    )


def placement(owner, way, day):
    job = coaching.Job(kind=WorkKind.REGULAR, employer="Bäckerei", starts_on=day + timedelta(days=9))
    return coaching.begin_work(actor=owner, coaching=way, job=job, request_key=KEY)


def tie(owner, way, _day):
    details = net.TieDetails("Schwester", Sphere.FAMILY, Strength.SUPPORT)
    return net.add_tie(actor=owner, case=way.case, details=details, request_key=KEY)


def goal(owner, way, day):
    details = goals.GoalDetails("Arbeit", "ein Vertrag", day + timedelta(days=90))
    return goals.agree_goal(actor=owner, case=way.case, details=details, today=day, request_key=KEY)


def step(owner, way, _day):
    return goals.add_step(actor=owner, case=way.case, text="Anrufen", owner="person", due_on=None, request_key=KEY)


def task(owner, way, day):
    return teamwork.give_task(
        actor=owner, case=way.case, assignee_id=owner.membership_id, text="Anrufen", due_on=day, today=day,
        request_key=KEY,
    )  # fmt: skip


def plan(owner, way, day):
    from tests.conftest import CITIES

    found = plans()["job_loss"]
    book = read_book(CITIES / "catalogue" / "nrw" / "rules")
    proposed = proposal(found, network=owner.network, book=book, start_on=day, answers=frozenset(), today=day)
    return planning.take_over(
        actor=owner, case=way.case, plan=found, proposed=proposed, chosen={"goal-work"}, facts={}, request_key=KEY,
        now=now(),
    )  # fmt: skip


DEEDS = (entry, skill, cover, application, placement, tie, goal, step, task, plan)
MODULES = (net, planning, resent)
TABLES = {
    entry: "careerentry", skill: "careerskill", cover: "coverletter", application: "application",
    placement: "placement", tie: "tie", goal: "goal", step: "step", task: "task", plan: "plantaking",
}  # fmt: skip


def at_once(deed, owner, way, *, seconds=0.4):
    day = today(owner.network.zone)
    with as_owner() as cursor:
        cursor.execute(SLOW.format(table=f"casework_{TABLES[deed]}", seconds=seconds))
    start = threading.Barrier(2)

    def run():
        try:
            start.wait(PATIENCE)
            return deed(owner, way, day).pk
        except IntegrityError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(copy_context().run, run) for _ in range(2)]]


@pytest.mark.parametrize("deed", DEEDS)
def test_both_get_the_one_row(owner, way, deed):
    first, second = at_once(deed, owner, way)

    assert first == second
    assert first is not None


@pytest.mark.parametrize("deed", [entry, step])
def test_without_the_queue_one_of_both_fails(owner, way, deed, monkeypatch):
    for module in MODULES:
        monkeypatch.setattr(module, "wait_for", lambda _name: None)

    assert None in at_once(deed, owner, way, seconds=3)  # long enough for a busy machine to let both in
