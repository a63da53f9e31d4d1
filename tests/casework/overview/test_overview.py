"""A case at a glance."""

from datetime import UTC, datetime, timedelta

from tests.casework.conftest import TODAY
from tests.casework.contacts.test_contacts import MET, NOW, keep
from tragnetz.casework.contacts.commands import Met
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.overview.queries import case_view, merged_into, overview
from tragnetz.casework.overview.rules import urgent_points
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.rules import Line


def test_what_cannot_wait_stands_first():
    late, soon, far = (TODAY + timedelta(days=days) for days in (-1, 7, 8))
    found = urgent_points(
        today=TODAY, steps=[late, None, far], tasks=[late, far], reviews=[soon, far, None],
        needs=[("home", "now"), ("money", "soon")], deadlines=[late, soon, far], talks_over=1,
    )  # fmt: skip

    assert [(one.page, one.is_late) for one in found] == [
        ("deadlines", True), ("deadlines", True), ("ratings", True), ("steps", True), ("team", True), ("goals", False), ("level", False),
    ]  # fmt: skip


def test_nothing_urgent_says_nothing():
    assert urgent_points(today=TODAY, steps=[None], tasks=[], reviews=[], needs=[("home", "")]) == []


def test_the_glance_gathers_needs_strengths_steps_and_the_last_talk(case, owner):
    keep(owner, case, met=Met("phone", TODAY - timedelta(days=3), 10))
    keep(owner, case, key="b" * 32, met=Met("alone", TODAY, 10))
    add_step(actor=owner, case=case, text="Antrag", owner="person", due_on=TODAY - timedelta(days=1))
    lines = [Line("money", 1, None, "now"), Line("people", 4, 5, "", "Schwester hilft"), Line("work", 3, 2)]
    rate(
        actor=owner, case=case, rated_on=TODAY, occasion="start", lines=lines, idempotency_key="r" * 32, today=TODAY
    )  # fmt: skip

    found = overview(case, NOW)

    assert (found.last_contact, found.contacts) == (TODAY - timedelta(days=3), 1)
    assert [word.domain for word in found.needs] == ["money", "work"]
    assert [word.strength for word in found.strengths] == ["Schwester hilft"]
    assert [step.text for step in found.open_steps] == ["Antrag"]
    assert [one.page for one in found.urgent] == ["ratings", "steps"]


def test_the_page_costs_the_same_queries_with_5_and_with_200_notes(case, owner, django_assert_max_num_queries):
    def fill(number):
        for count in range(number):
            texts = {"facts": "a", "assessment": "b", "agreement": "c"}
            keep(owner, case, key=f"{number:03}{count:029}", met=MET, texts=texts)

    fill(2)
    with django_assert_max_num_queries(19) as few:
        overview(case_view(owner, case.pk).case, NOW)
    fill(66)
    with django_assert_max_num_queries(len(few.captured_queries)):
        found = overview(case_view(owner, case.pk).case, NOW)
    assert (found.contacts, len(found.talks)) == (68, 6)


def test_a_case_of_others_does_not_exist(case, owner, foreign, colleague):
    assert case_view(owner, case.pk).case == case
    assert case_view(foreign, case.pk) is None
    assert case_view(colleague, case.pk) is None
    assert merged_into(owner, case.pk) is None


def test_today_is_the_day_of_the_city(case, owner):
    add_step(actor=owner, case=case, text="Antrag", owner="person", due_on=TODAY)
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # in the city it is the 25th

    assert [one.page for one in overview(case_view(owner, case.pk).case, late).urgent] == ["steps"]
