"""Two cases become one, one becomes two: nothing is lost, nothing is shown to whom it does not belong."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from tests.casework.conftest import TODAY, make_case
from tests.casework.contacts.test_contacts import keep
from tragnetz.audit.models import Event
from tragnetz.casework.access import visible_cases
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.closing.joining import merge_cases, split_case
from tragnetz.casework.closing.rules import Shared, can_split
from tragnetz.casework.contacts.commands import NextStep
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal, review_goal
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Closing,
    Compartment,
    Goal,
    Handover,
    LifeEvent,
    Note,
    Rating,
    RatingLine,
    Step,
    Task,
)
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.rules import Line
from tragnetz.casework.teamwork.commands import give_task, hand_over, set_deputy
from tragnetz.casework.timeline.commands import add_event
from tragnetz.clients.models import Person
from tragnetz.core.models import pointing
from tragnetz.screening.commands import keep_check
from tragnetz.screening.models import Record
from tragnetz.vault.fields import SealedTextField

LATER = TODAY + timedelta(days=60)


def fill(owner, case, words, person=None):
    """Write one of each kind into a part of a case."""
    keep(owner, case, key=f"{words:x<32}"[:32], texts={"facts": words}, person=person, step=NextStep(words, "person"))
    goal = agree_goal(actor=owner, case=case, details=GoalDetails(words, words, LATER), today=TODAY, person=person)
    review_goal(actor=owner, goal=goal, attainment=1, text=words, next_on=LATER, today=TODAY)
    add_step(actor=owner, case=case, text=words, owner="person", due_on=None, goal=goal)
    rate(
        actor=owner, case=case, rated_on=TODAY, occasion="start", lines=[Line("money", 2, 3, "soon", words, words)],
        idempotency_key=f"{words:y<32}"[:32], today=TODAY, person=person,
    )  # fmt: skip
    add_event(actor=owner, case=case, kind="moved", happened_on=TODAY, text=words, today=TODAY, person=person)
    give_task(
        actor=owner, case=case, assignee_id=owner.membership_id, text=words, due_on=TODAY, today=TODAY, person=person
    )


def written(case, **part):
    """Return all texts of a case, by the parts they are in."""
    found = {}
    for model, name in pointing(Compartment):
        fields = [field.name for field in model._meta.fields if isinstance(field, SealedTextField)]
        for row in model._default_manager.filter(**{f"{name}__case": case, **part}):
            found.setdefault(model.__name__, []).extend(getattr(row, field) for field in fields)
            assert getattr(row, "case", case) == case
    return found


def every(words, times=1):
    return {
        "Note": [words] * times, "Step": [words] * 2 * times, "Goal": [words, words] * times,
        "GoalReview": [words] * times, "RatingLine": [words, words] * times, "LifeEvent": [words] * times,
        "Task": [words] * times, "CaseContact": [], "Rating": [],
    }  # fmt: skip


@pytest.fixture
def other(owner):
    return make_case(
        owner, ("Rosa Linde", "self", None), ("Opa Linde", "parent", 1950), facts='{"rent": 700, "age": 9}'
    )


@pytest.fixture
def there(other):
    return {person.name.split()[0]: person for person in other.household.people.all()}


def merge(owner, case, other, same):
    return merge_cases(actor=owner, case=case, other=other, same=same, today=TODAY)


def test_merging_loses_nothing(case, other, people, there, owner):
    case.household.facts = json.dumps({"age": 41})
    case.household.save()
    fill(owner, case, "hier")
    fill(owner, other, "dort")
    fill(owner, other, "Rosas", person=there["Rosa"])
    fill(owner, other, "Opas", person=there["Opa"])

    kept = merge(owner, case, other, {there["Rosa"].pk: people["Rosa"].pk})

    assert {name: sorted(texts) for name, texts in written(kept, compartment__person=None).items()} == {
        name: sorted(texts + every("hier")[name]) for name, texts in every("dort").items()
    }
    assert written(kept, compartment__person=people["Rosa"]) == every("Rosas")
    assert written(kept, compartment__person=there["Opa"]) == every("Opas")
    assert written(other) == {}
    assert not Compartment.objects.filter(case=other).exists()
    kept.household.refresh_from_db()
    assert json.loads(kept.household.facts) == {"rent": 700, "age": 41}
    names = sorted(person.name for person in kept.household.people.all())
    assert names == ["Emil Linde", "Kim Linde", "Opa Linde", "Rosa Linde"]


def test_whoever_is_the_same_person_gives_what_was_not_known(case, owner, other, there, people):
    people["Rosa"].birth_year = None
    people["Rosa"].save()
    Person.objects.filter(pk=there["Rosa"].pk).update(birth_year=1986)

    merge(owner, case, other, {there["Rosa"].pk: people["Rosa"].pk})

    people["Rosa"].refresh_from_db()
    assert people["Rosa"].birth_year == 1986
    assert Person.objects.get(pk=there["Rosa"].pk).household == other.household  # kept, in the household as it was


def test_the_merged_case_is_closed_and_leads_to_the_other(case, other, owner, colleague):
    set_deputy(actor=owner, case=case, deputy_id=colleague.membership_id)
    merge(owner, case, other, {})

    other.refresh_from_db()
    assert (other.state, other.merged_into, other.deputy_id) == ("closed", case, colleague.membership_id)
    assert Closing.objects.get(case=other).reason == "merged"
    assert Event.objects.get(verb="case:merge").details == {"people": 2, "same": 0}
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        keep(owner, other)


def test_kept_checks_go_along_and_a_chain_of_merges_leads_to_the_last(case, other, owner):
    keep_check(actor=owner, household=other.household, content={"x": 1}, on=TODAY, law_of=TODAY)
    third = make_case(owner, name="Rosa")
    merge(owner, other, third, {})
    merge(owner, case, other, {})

    third.refresh_from_db()
    assert third.merged_into == case
    assert Record.objects.get().household == case.household


def test_handing_over_takes_merged_cases_along(case, other, owner, colleague):
    merge(owner, case, other, {})
    hand_over(actor=owner, case=case, taker_id=colleague.membership_id, points=["safe"], text="", today=TODAY)

    assert {row.pk for row in visible_cases(colleague)} == {case.pk, other.pk}
    assert Handover.objects.count() == 1


def test_merging_with_oneself_a_closed_or_a_foreign_case_is_refused(case, other, owner, foreign):
    with pytest.raises(CaseworkError, match="derselbe Fall"):
        merge(owner, case, case, {})
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        merge(owner, case, make_case(foreign), {})
    close_case(actor=owner, case=case, reason="done", result="better", after_care=False, today=TODAY)
    with pytest.raises(CaseworkError, match="zuerst wieder"):
        merge(owner, case, other, {})


def test_two_people_do_not_become_one(case, other, people, there, owner):
    with pytest.raises(CaseworkError, match="höchstens einer"):
        merge(owner, case, other, dict.fromkeys((there["Rosa"].pk, there["Opa"].pk), people["Rosa"].pk))
    with pytest.raises(CaseworkError, match="höchstens einer"):
        merge(owner, case, other, {people["Rosa"].pk: people["Rosa"].pk})


def test_a_merge_that_fails_changes_nothing(case, other, owner, monkeypatch, there):
    fill(owner, other, "dort")
    before = written(other)

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr("tragnetz.casework.closing.joining.take_household", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        merge(owner, case, other, {})

    assert written(other) == before
    assert set(other.household.people.all()) == set(there.values())


@pytest.mark.parametrize(
    ("people", "leaving", "adults", "can"), [(3, 1, 1, True), (3, 0, 0, False), (3, 3, 2, False), (3, 1, 0, False)]
)
def test_a_household_becomes_two_when_an_adult_goes_and_somebody_stays(people, leaving, adults, can):
    assert can_split(people, range(leaving), range(adults)) == can


def split(owner, case, *leaving, shared=()):
    return split_case(
        actor=owner, case=case, leaving=[person.pk for person in leaving], shared=shared, today=TODAY
    )  # fmt: skip


def test_whoever_leaves_takes_what_was_theirs_and_nothing_of_the_household(case, people, owner):
    fill(owner, case, "alle")
    fill(owner, case, "Rosas", person=people["Rosa"])
    fill(owner, case, "Emils", person=people["Emil"])

    new = split(owner, case, people["Emil"], people["Kim"])

    assert written(new) == every("Emils")
    assert written(case, compartment__person=None) == every("alle")
    assert written(case, compartment__person=people["Rosa"]) == every("Rosas")
    assert [(person.name, person.relation) for person in new.household.people.all()] == [
        ("Emil Linde", "self"), ("Kim Linde", "child"),
    ]  # fmt: skip
    assert [person.name for person in case.household.people.all()] == ["Rosa Linde"]


def test_the_new_case_knows_no_way_to_the_person(case, people, owner):
    new = split(owner, case, people["Emil"])

    contact = new.contact
    assert (contact.name, contact.phone, contact.may_call, contact.may_text) == ("Emil Linde", "", False, False)
    assert case.contact.phone == "+491701234567"
    assert Event.objects.get(verb="case:split").details == {"people": 1, "copied": 0}


def test_what_is_shared_is_copied_on_purpose_and_stays_here_too(case, people, owner):
    fill(owner, case, "alle")

    new = split(owner, case, people["Emil"], shared=list(Shared))

    copied = written(new)
    assert copied == {name: texts for name, texts in every("alle").items() if name not in {"GoalReview", "Task"}}
    assert written(case) == every("alle")
    note, step = Note.objects.get(case=new), Step.objects.exclude(goal=None).get(case=new)
    assert (note.contact.case, step.goal.case, RatingLine.objects.get(rating__case=new).rating.case) == (new, new, new)


@pytest.mark.parametrize(
    ("what", "models"),
    [
        (Shared.EVENTS, {LifeEvent}),
        (Shared.CONTACTS, {CaseContact, Note}),
        (Shared.GOALS, {Goal, Step}),
        (Shared.RATINGS, {Rating, RatingLine}),
    ],
)
def test_each_kind_is_copied_alone(case, people, owner, what, models):
    fill(owner, case, "alle")
    split(owner, case, people["Emil"], shared=[what])

    kinds = {CaseContact, Note, Goal, Step, Rating, RatingLine, LifeEvent, Task}
    new = Case.objects.exclude(pk=case.pk).get()
    assert {model for model in kinds if model.objects.filter(compartment__case=new).exists()} == models


def test_whoever_asked_first_keeps_the_case_and_a_child_does_not_go_alone(case, people, owner):
    with pytest.raises(CaseworkError, match="behält diesen Fall"):
        split(owner, case, people["Rosa"])
    with pytest.raises(CaseworkError, match="erwachsene Person"):
        split(owner, case, people["Kim"])
    with pytest.raises(CaseworkError, match="erwachsene Person"):
        split(owner, case, make_case(owner, ("Otto", "partner", 1980)).household.people.get())
    assert Case.objects.filter(household=case.household).count() == 1


def test_nobody_else_splits_a_case(case, people, colleague, foreign):
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            split(actor, case, people["Emil"])
