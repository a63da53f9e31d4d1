"""How a case ends, and begins again."""

from datetime import date, timedelta

import pytest

from tests.casework.conftest import TODAY
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case, reopen_case
from tragnetz.casework.closing.rules import CHOSEN_REASONS, after_care_days
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Closing, Task
from tragnetz.core.months import months_later

JUNE = date(2026, 6, 1)


def close(owner, case, *, reason="done", result="better", after_care=True, today=TODAY):
    return close_case(actor=owner, case=case, reason=reason, result=result, after_care=after_care, today=today)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_later_ends_with_a_shorter_month(day, months, later):
    assert months_later(day, months) == later


def test_an_end_says_why_and_asks_again_after_three_and_six_months(case, owner):
    close(owner, case)

    assert [(task.kind, task.due_on, task.assignee_id) for task in Task.objects.order_by("due_on")] == [
        ("after_3", date(2027, 2, 24), owner.membership_id), ("after_6", date(2027, 5, 24), owner.membership_id),
    ]  # fmt: skip
    assert (Case.objects.get().state, Closing.objects.get().result) == ("closed", "better")
    assert Event.objects.get(verb="case:close").details == {"reason": "done", "result": "better", "after_care": True}


def test_nobody_is_asked_whom_one_cannot_or_need_not_ask(case, owner):
    assert after_care_days(TODAY, "died") == {}
    closing = close(owner, case, after_care=False)

    assert (closing.after_care, Task.objects.count()) == (False, 0)


@pytest.mark.parametrize(("reason", "result"), [("", "better"), ("done", ""), ("merged", "better"), ("x", "y")])
def test_reason_and_result_are_from_the_list(case, owner, reason, result):
    with pytest.raises(CaseworkError, match="Grund und Ergebnis"):
        close(owner, case, reason=reason, result=result)
    assert "merged" not in CHOSEN_REASONS


def test_a_case_taken_up_again_keeps_how_it_ended(case, owner):
    close(owner, case, today=JUNE)
    reopen_case(actor=owner, case=case, today=TODAY)
    close(owner, case, reason="moved", result="same")

    assert [(row.reason, row.reopened_on) for row in Closing.objects.all()] == [("done", TODAY), ("moved", None)]
    assert sorted(Task.objects.values_list("due_on", flat=True)) == [date(2027, 2, 24), date(2027, 5, 24)]


def test_a_closed_case_is_not_closed_again_nor_an_open_one_opened(case, owner):
    with pytest.raises(CaseworkError, match="schon offen"):
        reopen_case(actor=owner, case=case, today=TODAY)
    close(owner, case)
    with pytest.raises(CaseworkError, match="schon beendet"):
        close(owner, case)


def test_only_those_who_work_on_a_case_end_it(case, owner, colleague, foreign, lead):
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            close(actor, case)
    close(lead, case, today=TODAY - timedelta(days=1))
    assert Case.objects.get().state == "closed"
