"""A project ends: what is open, what is decided, who asks later. Ada works on the case, Lena leads, Fred is of Beta."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor
from tests.reporting.conftest import make_case, make_programme, take_in
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.models import Task
from tragnetz.casework.timeline.queries import Span
from tragnetz.core.ids import new_id
from tragnetz.network.models import Organisation
from tragnetz.reporting.ending.commands import Choice, carry_out, decide, name_asker, take_back
from tragnetz.reporting.ending.models import EndDecision, PlannedQuestion
from tragnetz.reporting.ending.queries import asking_cases, own_cases, pressing, rows_of, sums_of
from tragnetz.reporting.ending.tables import WAYS, sheets_of
from tragnetz.reporting.ending.timeline import project_entries
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import leave
from tragnetz.reporting.participation.joining import merge_with_records
from tragnetz.reporting.statistics import EXACT, FIVES

pytestmark = pytest.mark.django_db
ENDS, EARLY, LAST = date(2026, 12, 31), date(2026, 10, 15), date(2026, 12, 31)


@pytest.fixture
def ending(network):
    return make_programme(network, "gut", ends=ENDS)


@pytest.fixture
def row(owner, case, ending):
    return take_in(owner, case, ending)


def choose(actor, case, ending, way="stays", today=EARLY, key="", **given):
    choice = Choice(way, actor.membership_id, **given)
    return decide(
        actor=actor, case=case, programme=ending, choice=choice, request_key=key or new_id().hex, today=today
    )  # fmt: skip


def test_what_stays_is_carried_out_on_the_last_day_and_somebody_asks_later(owner, case, ending, row):
    decision = choose(owner, case, ending)
    with pytest.raises(ReportingError, match="läuft noch"):
        carry_out(actor=owner, decision=decision, today=EARLY)

    carry_out(actor=owner, decision=decision, today=LAST)
    row.refresh_from_db()
    task, question = Task.objects.get(), PlannedQuestion.objects.get()
    assert (row.left_on, row.leaving) == (ENDS, "project_end")
    assert (question.ask_on, task.due_on) == (date(2027, 6, 30), date(2027, 6, 30))
    assert (task.assignee_id, question.participation) == (owner.membership_id, row)
    assert EndDecision.objects.get().state == "done"
    assert Event.objects.filter(verb="ending:carry_out").count() == 1


def test_nothing_is_decided_before_the_ninety_days(owner, case, ending, row):
    with pytest.raises(ReportingError, match=r"ab dem 02\.10\.2026"):
        choose(owner, case, ending, today=date(2026, 10, 1))


def test_another_decision_replaces_the_first_and_the_same_form_is_one(owner, case, ending, row):
    first = choose(owner, case, ending, key="once")
    assert choose(owner, case, ending, key="once") == first
    choose(owner, case, ending, "closes")
    assert Counter(EndDecision.objects.values_list("way", "state")) == {
        ("stays", "replaced"): 1, ("closes", "decided"): 1,
    }  # fmt: skip
    take_back(actor=owner, decision=EndDecision.objects.get(way="closes"))
    assert sums_of(owner, ending, EARLY).undecided == 1


def test_a_case_that_ends_is_carried_out_when_it_has_ended(owner, case, ending, row):
    decision = choose(owner, case, ending, "closes")
    with pytest.raises(ReportingError, match="zuerst den Fall"):
        carry_out(actor=owner, decision=decision, today=LAST)
    close_case(actor=owner, case=case, reason="ended", result="better", after_care=False, today=LAST)
    carry_out(actor=owner, decision=decision, today=LAST)
    assert PlannedQuestion.objects.count() == 1


def test_another_project_takes_over_when_somebody_has_entered_it(network, owner, case, ending, row):
    other = make_programme(network, "filou", ends=date(2028, 12, 31))
    with pytest.raises(ReportingError, match="Projekt, das übernimmt"):
        choose(owner, case, ending, "moves", to_programme=ending)
    decision = choose(owner, case, ending, "moves", to_programme=other)
    with pytest.raises(ReportingError, match="zuerst jemanden"):
        carry_out(actor=owner, decision=decision, today=LAST)
    take_in(owner, case, other, entered_on=EARLY)
    carry_out(actor=owner, decision=decision, today=LAST)
    assert Participation.objects.filter(left_on=None).get().programme == other


def test_a_project_that_is_not_for_the_household_does_not_take_over(network, owner, case, ending, row):
    case.household.facts = '{"children": 0}'
    case.household.save()
    rule = {"all": [{"fact": "children", "at_least": 1}]}
    other = make_programme(network, "filou", ends=date(2028, 12, 31), target_group=rule)
    with pytest.raises(ReportingError, match="nicht zur Zielgruppe"):
        choose(owner, case, ending, "moves", to_programme=other)


def test_others_see_and_decide_nothing(network, owner, case, ending, row):
    fred = make_actor(network, "beta", "counsellor", "lead", name="Fred")
    manager = make_actor(network, "alpha", "programme", name="Paula")
    assert list(own_cases(owner, ending)) == [case]
    assert not own_cases(fred, ending).exists()
    assert not own_cases(manager, ending).exists()
    for actor in (fred, manager):
        with pytest.raises((CaseworkError, ReportingError)):
            choose(actor, case, ending)


def test_who_left_before_gets_somebody_who_asks(owner, case, ending, row):
    leave(actor=owner, participation=row, left_on=date(2026, 9, 1), leaving="regular")
    assert not own_cases(owner, ending).exists()
    assert list(asking_cases(owner, ending, EARLY)) == [case]

    name_asker(actor=owner, case=case, programme=ending, asker_id=owner.membership_id, today=EARLY)
    assert Task.objects.get().due_on == date(2027, 3, 1)
    assert not asking_cases(owner, ending, EARLY).exists()
    with pytest.raises(ReportingError, match="niemand mehr"):
        name_asker(actor=owner, case=case, programme=ending, asker_id=owner.membership_id, today=EARLY)


def test_the_day_page_presses_until_all_is_carried_out(owner, case, ending, row):
    assert pressing(owner, date(2026, 10, 1), own=True) == []
    (found,) = pressing(owner, LAST, own=True)
    assert (found.stage, found.days, found.undecided) == ("over", 0, 1)
    carry_out(actor=owner, decision=choose(owner, case, ending), today=LAST)
    assert pressing(owner, LAST, own=True) == []


def test_open_promises_are_counted_in_a_fixed_number_of_queries(owner, case, ending, row):
    def look():
        with CaptureQueriesContext(connection) as seen:
            found = rows_of(ending, list(own_cases(owner, ending)), EARLY)
        return found, len(seen)

    add_step(actor=owner, case=case, text="Brief lesen", owner="person", due_on=None)
    details = DeadlineDetails(date(2026, 12, 1), matter="Widerspruch")
    set_deadline(actor=owner, case=case, details=details, now=datetime(2026, 10, 15, tzinfo=UTC))
    (found,), few = look()
    assert [(str(kind), number) for kind, number in found.promises] == [("step", 1), ("deadline", 1)]
    assert (found.running, found.uncountable) == (1, 0)

    for _ in range(3):
        take_in(owner, make_case(owner), ending)
    rows, many = look()
    assert (len(rows), many) == (4, few)


def test_a_lead_sees_what_a_slow_count_finds(network, owner, ending):
    fred = make_actor(network, "beta", "counsellor", name="Fred")
    ways = ["stays", "stays", "stays", "closes", "closes", "closes", None, None, None, None]
    for way in ways:
        case = make_case(owner)
        take_in(owner, case, ending, school="haupt" if way else None)
        if way:
            choose(owner, case, ending, way)
    take_in(fred, make_case(fred), ending)
    organisations = list(Organisation.objects.filter(key__in=["alpha", "beta"]).order_by("key"))

    exact = [dict(sheet.turned) for sheet in sheets_of(ending, organisations, EARLY, EXACT)]
    slow = Counter(way or "open" for way in ways)
    decided = {str(words): [str(slow[way]), "0", str(slow[way])] for way, words in WAYS.items() if way != "open"}
    assert exact[0] == {"noch offen": ["4", "1", "5"], **decided, "zusammen": ["10", "1", "11"]}
    assert exact[1]["nimmt teil, Angaben unvollständig"] == ["4", "0", "4"]
    assert exact[1]["nimmt teil"] == ["6", "1", "7"]
    assert exact[1]["zusammen"] == ["10", "1", "11"]


def test_the_management_sees_every_row_in_fives(owner, ending):
    for way, number in {"open": 9, "stays": 2, "handed": 1, "closes": 6}.items():
        for _at in range(number):
            case = make_case(owner)
            take_in(owner, case, ending)
            if way != "open":
                choose(owner, case, ending, way)
    (sheet, *_others) = sheets_of(ending, list(Organisation.objects.filter(key="alpha")), EARLY, FIVES)

    assert {name: cell for name, (cell,) in sheet.turned} == {
        "noch offen": "5", "bleibt ohne Projekt": "5", "anderes Projekt": "–", "andere Organisation": "–",
        "Fall endet": "5", "zusammen": "15",
    }  # fmt: skip


def test_a_merged_case_keeps_its_own_decision_and_learns_the_others(owner, case, ending, row):
    other = make_case(owner, name="Otto Berg")
    take_in(owner, other, ending)
    choose(owner, other, ending, "closes")
    merge_with_records(actor=owner, case=case, other=other, same={}, today=EARLY)
    kept = EndDecision.objects.get()
    assert (kept.case, kept.state) == (case, "decided")


def test_the_line_of_the_case_tells_of_it(owner, case, ending, row):
    choose(owner, case, ending)
    titles = [entry.title for entry in project_entries(case, Span(date(2026, 1, 1), date(2026, 12, 31)))]
    assert any(title.startswith("Ende von Gut: Die Hilfe geht bei uns weiter") for title in titles)
