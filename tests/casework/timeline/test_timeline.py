"""Everything that happened, in one line."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.casework.career.test_career import begin
from tests.casework.conftest import TODAY
from tests.casework.contacts.test_contacts import keep
from tragnetz.appointments.models import Booking
from tragnetz.casework.claims.commands import ClaimDetails, plan_claim
from tragnetz.casework.closing.commands import close_case, reopen_case
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.contacts.commands import Met
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline, settle_deadline
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal, finish_step, move_goal, review_goal
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.commands import Sent, record_sending, start_letter
from tragnetz.casework.letters.queries import first_draft
from tragnetz.casework.models import CoverLetter, LifeEvent
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.rules import Line
from tragnetz.casework.teamwork.commands import give_task, hand_over, settle_task
from tragnetz.casework.timeline.commands import add_event, drop_event
from tragnetz.casework.timeline.queries import SOURCES, Span, timeline, turning_points, years_of
from tragnetz.casework.timeline.rules import FILTERS, kinds_of, years

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def add(owner, case, kind="moved", on=TODAY, text="", **given):
    return add_event(actor=owner, case=case, kind=kind, happened_on=on, text=text, today=TODAY, **given)


# Notes stand with their contacts; the others have a test where they are made.
ELSEWHERE = {"note", "plan", "outlook"}
ABOVE = {"referral", "project"}  # kinds of floors above casework: tests/referrals, tests/reporting


@pytest.fixture
def full(case, owner, colleague, network):
    """A case in which each kind of thing has happened."""
    add(owner, case, text="in die Nordstadt")
    keep(owner, case)
    details = GoalDetails("Miete zahlen", "gezahlt", TODAY + timedelta(days=90))
    goal = agree_goal(actor=owner, case=case, details=details, today=TODAY)
    review_goal(actor=owner, goal=goal, attainment=1, text="läuft", next_on=None, today=TODAY)
    move_goal(actor=owner, goal=goal, state="reached", today=TODAY)
    step = add_step(actor=owner, case=case, text="Antrag", owner="person", due_on=None)
    finish_step(actor=owner, step=step, today=TODAY)
    rate(
        actor=owner, case=case, rated_on=TODAY, occasion="start", lines=[Line("money", 2)], idempotency_key="r" * 32,
        today=TODAY,
    )  # fmt: skip
    task = give_task(
        actor=owner, case=case, assignee_id=colleague.membership_id, text="Brief", due_on=TODAY, today=TODAY
    )
    settle_task(actor=colleague, task=task, today=TODAY)
    starts = datetime(2026, 11, 23, 9, tzinfo=UTC)
    deadline = set_deadline(
        actor=owner, case=case, details=DeadlineDetails(TODAY, matter="Zeugnis"), now=starts + timedelta(days=1)
    )
    settle_deadline(actor=owner, deadline=deadline, state="met", now=starts + timedelta(days=1))
    keep_file(
        actor=owner, case=case, name="Brief.txt", content=b"Brief", details=FileDetails("letter", "vom Amt"),
        request_key="f" * 32, now=starts + timedelta(days=1),
    )  # fmt: skip
    draft = replace(first_draft(case, kinds()["counselling"], "organisation", today=TODAY), values={"am": "2026-11-23"})
    letter = start_letter(
        actor=owner,
        case=case,
        kind="counselling",
        draft=draft,
        idempotency_key="l" * 32,
        now=starts + timedelta(days=1),
    )
    record_sending(
        actor=owner, letter=letter, sent=Sent(TODAY, "handed"), idempotency_key="s" * 32, now=starts + timedelta(days=1)
    )
    plan_claim(
        actor=owner, case=case, details=ClaimDetails(title="Härtefonds"), idempotency_key="c", now=starts
    )  # fmt: skip
    coaching = start_coaching(actor=owner, case=case, person=None, today=TODAY)
    begin(owner, coaching)
    CoverLetter.objects.update(created_at=starts)
    Booking(
        network=network, membership_id=owner.membership_id, contact=case.contact, starts_at=starts,
        ends_at=starts + timedelta(hours=1), kind="phone", state="attended", code_hash="x" * 64,
        idempotency_key="b" * 32,
    ).save()  # fmt: skip
    close_case(actor=owner, case=case, reason="done", result="better", after_care=False, today=TODAY)
    reopen_case(actor=owner, case=case, today=TODAY)
    hand_over(
        actor=owner, case=case, taker_id=colleague.membership_id, points=["safe"], text="Alles gesagt", today=TODAY
    )
    case.refresh_from_db()
    return case


def test_every_source_is_in_the_line_and_shown_by_a_filter(full):
    found = {entry.kind for entry in timeline(full, YEAR)}

    assert found == set(SOURCES) - ELSEWHERE
    assert set().union(*(kinds for _name, kinds in FILTERS.values())) == set(SOURCES) | ABOVE


def test_the_latest_stands_first_and_filters_take_away(full):
    entries = timeline(full, YEAR)

    assert [entry.on for entry in entries] == sorted((entry.on for entry in entries), reverse=True)
    assert {entry.kind for entry in timeline(full, YEAR, "ziele")} == {"goal", "review", "step"}
    assert kinds_of("quatsch") == set(SOURCES) | ABOVE


def test_a_contact_stands_with_its_notes_in_order(full):
    entry = next(entry for entry in timeline(full, YEAR) if entry.kind == "contact")

    assert [text.kind for text in entry.texts] == ["facts", "agreement"]
    assert "45" in entry.title


def test_other_years_have_a_page_of_their_own(case, owner):
    add(owner, case, "job_lost", on=date(2023, 5, 1))

    assert years_of(case, TODAY) == [2026, 2025, 2024, 2023]
    assert timeline(case, YEAR, "ereignisse") == []
    assert [entry.on.year for entry in timeline(case, Span(date(2023, 1, 1), date(2023, 12, 31)))] == [2023]


def test_years_never_run_backwards():
    assert years(date(2027, 1, 1), date(2026, 1, 1)) == [2026]


def test_the_number_of_queries_is_the_same_for_few_and_many(case, owner, django_assert_num_queries):
    def fill(number):
        for count in range(number):
            keep(owner, case, key=f"{number:03}{count:029}", met=Met("phone", TODAY - timedelta(days=count), 5))
            add(owner, case, text="x")

    fill(5)
    with django_assert_num_queries(20) as few:
        assert len(timeline(case, YEAR)) == 11
    fill(60)
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(timeline(case, YEAR)) == 131


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(1899, 12, 31)])
def test_an_event_has_happened(case, owner, on):
    with pytest.raises(CaseworkError, match="schon geschehen"):
        add(owner, case, on=on)


def test_an_event_entered_by_mistake_is_taken_away_by_those_who_write(case, owner, foreign):
    event = add(owner, case)
    with pytest.raises(CaseworkError):
        drop_event(actor=foreign, event=event)
    assert turning_points(case) == [event]
    drop_event(actor=owner, event=event)
    assert LifeEvent.objects.count() == 0
