"""Every noun, every combination of up to two roles, every relation: expected from the one table of the policy."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.models import Booking, Callback
from tragnetz.appointments.waiting.commands import put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.casework.access import (
    can_counsel,
    can_do_tasks,
    can_keep_texts,
    can_look_up,
    can_see_feedback,
    can_see_waits,
    can_take_calls,
    covers_of_foreign,
    member_of,
    must,
    organisation_of,
    released_cases,
    released_groups,
    sees_team,
    visible_bookings,
    visible_callbacks,
    visible_cases,
    visible_enquiries,
    visible_feedback,
    visible_promises,
    visible_tasks,
    visible_templates,
    visible_waiting,
)
from tragnetz.casework.coaching.access import visible_coachings
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.commands import Asked, take_enquiry
from tragnetz.casework.contacts.commands import keep_template
from tragnetz.casework.emergency.access import visible_emergencies
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.files.queries import visible_files
from tragnetz.casework.models import EmergencyAccess, Feedback
from tragnetz.casework.networkmap.access import visible_ties
from tragnetz.casework.networkmap.commands import TieDetails, add_tie
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.commands import PersonDetails, add_contact, set_household
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails
from tragnetz.consent.enums import DataGroup
from tragnetz.core.clock import now, today
from tragnetz.messaging.access import visible_messages
from tragnetz.messaging.commands import notify
from tragnetz.network.actors import resident
from tragnetz.network.enums import Role
from tragnetz.network.policy import Deed, Reach, widest

ROLES = [(), *((role,) for role in Role), *combinations(Role, 2)]
RELATIONS = ("own", "deputy", "emergency", "colleague", "foreign")
ON_CASE = frozenset({"own", "deputy", "emergency"})
# Noun -> (deed, what is visible, in which relations it is one's own).
NOUNS = {
    "case": (Deed.CASE_READ, visible_cases, ON_CASE),
    "coaching": (Deed.CASE_READ, visible_coachings, ON_CASE),
    "tie": (Deed.CASE_READ, visible_ties, ON_CASE),
    "file": (Deed.CASE_READ, visible_files, ON_CASE),
    "task": (Deed.TASK_DO, visible_tasks, frozenset({"own"})),
    "template": (Deed.TEXT_KEEP, visible_templates, frozenset({"own"})),
    "enquiry": (Deed.ENQUIRY_READ, visible_enquiries, frozenset({"own"})),
    "callback": (Deed.CALLBACK_READ, visible_promises, frozenset({"own"})),
    "waiting": (Deed.WAITING_READ, visible_waiting, frozenset({"own"})),
    "contact": (Deed.CONTACT_CHANGE, visible_contacts, frozenset({"own"})),
    "message": (Deed.MESSAGE_HANDLE, visible_messages, frozenset({"own"})),
    "access": (Deed.EMERGENCY_SEE, visible_emergencies, frozenset()),
}


@pytest.fixture
def actors(network):
    """Who stands in which relation to the rows of the first."""
    return {
        "own": make_actor(network, "alpha", "counsellor", name="Ada"),
        "deputy": make_actor(network, "alpha", "counsellor", name="Dora"),
        "emergency": make_actor(network, "alpha", "counsellor", name="Emil"),
        "colleague": make_actor(network, "alpha", "counsellor", name="Cem"),
        "foreign": make_actor(network, "beta", "counsellor", name="Fee"),
    }


@pytest.fixture
def rows(network, actors):
    """One of each noun, all of Ada's."""
    owner, day, at = actors["own"], today(network.zone), now()
    case = make_case(owner)
    set_household(actor=owner, household=case.household, people=[PersonDetails("Rosa", "self", 1980)])
    case.deputy_id = actors["deputy"].membership_id
    case.save()
    access = EmergencyAccess(
        network=network, case=case, membership_id=actors["emergency"].membership_id, reason="Stromsperre", begun_at=at,
        ends_at=at + timedelta(hours=1),
    )  # fmt: skip
    access.save()
    contact = add_contact(
        actor=owner, organisation_id=owner.organisation_id, details=ContactDetails("Rosa", phone="0170 1234567")
    )
    person = case.household.people.get()
    asked = Asked(channel="phone")
    return {
        "case": case,
        "coaching": start_coaching(actor=owner, case=case, person=person, today=day),
        "tie": add_tie(
            actor=owner, case=case, details=TieDetails("Oma", Sphere.FAMILY, Strength.SUPPORT), request_key="1" * 32
        ),
        "file": keep_file(
            actor=owner, case=case, name="Brief.txt", content=b"Brief", details=FileDetails(), request_key="4" * 32,
            now=at,
        ),
        "task": give_task(
            actor=owner, case=case, assignee_id=owner.membership_id, text="Anrufen", due_on=day, today=day
        ),
        "template": keep_template(actor=owner, kind="facts", title="Erstes Gespräch", text="Anlass"),
        "enquiry": take_enquiry(
            actor=owner, asked=asked, details=None, wanted=None, callback=False, idempotency_key="2" * 32, now=at
        ).enquiry,
        "callback": promise_callback(
            actor=owner, organisation_id=owner.organisation_id, contact=contact, district=None, topic="",
            urgency="today", now=at,
        ),
        "waiting": put_on_list(
            actor=owner, organisation_id=owner.organisation_id, contact=contact, wishes=Wishes(), urgency="normal",
            idempotency_key="3" * 32, now=at,
        ).entry,
        "contact": contact,
        "message": notify(
            actor=owner, recipient=recipient_of(contact), key="booking:0:moved", template="moved", code="C", due_at=at,
            params={"starts_at": (at + timedelta(days=7)).isoformat(), "phone": "02323 16-9167", "link": ""},
        ),
        "access": access,
    }  # fmt: skip


def expected(noun: str, relation: str, roles: tuple[Role, ...]) -> bool:
    deed, _visible, own = NOUNS[noun]
    far = widest(deed, roles)
    if relation == "foreign":
        return False
    if noun == "task" and far and expected("case", relation, roles):
        return True  # whoever works on a case sees what others are to do for it
    return far >= Reach.ORGANISATION or (far == Reach.OWN and relation in own)


@pytest.mark.parametrize("noun", NOUNS)
def test_each_cell_is_what_the_policy_says(rows, actors, noun):
    _deed, visible, _own = NOUNS[noun]
    found, wanted = {}, {}
    for relation in RELATIONS:
        for roles in ROLES:
            actor = replace(actors[relation], roles=frozenset(roles))
            found[relation, roles] = visible(actor).filter(pk=rows[noun].pk).exists()
            wanted[relation, roles] = expected(noun, relation, roles)

    assert found == wanted
    assert any(found.values())  # somebody sees it: there is something to hide


def test_there_are_cells_enough():
    assert len(NOUNS) * len(ROLES) * len(RELATIONS) >= 1500


def test_an_emergency_that_ended_opens_nothing(rows, actors):
    assert visible_cases(actors["emergency"]).filter(pk=rows["case"].pk).exists()
    EmergencyAccess.objects.update(ends_at=now())

    assert not visible_cases(actors["emergency"]).filter(pk=rows["case"].pk).exists()


QUESTIONS = {
    can_take_calls: Deed.DESK_USE, can_counsel: Deed.CASE_WRITE, can_see_waits: Deed.WAITS_SEE,
    can_look_up: Deed.OFFICE_LOOK_UP, can_do_tasks: Deed.TASK_DO, can_keep_texts: Deed.TEXT_KEEP,
    can_see_feedback: Deed.FEEDBACK_SEE,
}  # fmt: skip


def test_each_question_is_answered_by_the_policy(actors):
    for ask, deed in QUESTIONS.items():
        found = {roles: ask(replace(actors["own"], roles=frozenset(roles))) for roles in ROLES}
        assert found == {roles: widest(deed, roles) > Reach.NONE for roles in ROLES}
        assert set(found.values()) == {True, False}
    assert {roles for roles in ROLES if sees_team(replace(actors["own"], roles=frozenset(roles)))} == {
        roles for roles in ROLES if Role.LEAD in roles
    }


def refused(actor, deed, case) -> str:
    try:
        must(actor, deed, case)
    except CaseworkError as error:
        return str(error)
    return ""


GONE, RESTRICTED = "Diesen Fall gibt es nicht.", "Dieser Fall ist eingeschränkt."


def test_a_case_is_worked_on_by_its_own_people_alone(rows, actors):
    case = rows["case"]
    lead = replace(actors["colleague"], roles=frozenset({Role.LEAD}))
    writes = {relation: refused(actor, Deed.CASE_WRITE, case) for relation, actor in actors.items()}
    ends = {relation: refused(actor, Deed.CASE_END, case) for relation, actor in actors.items()}

    assert writes == {"own": "", "deputy": "", "emergency": "", "colleague": GONE, "foreign": GONE}
    # Opened in an emergency it is for helping, not for closing.
    assert ends == {**writes, "emergency": GONE}
    assert refused(lead, Deed.CASE_WRITE, case) == ""
    assert refused(replace(lead, organisation_id=actors["foreign"].organisation_id), Deed.CASE_WRITE, case) == GONE


def test_a_restricted_case_is_changed_by_nobody_and_known_to_the_lead_alone(network, rows, actors):
    case = rows["case"]
    case.restricted_on = today(network.zone)
    case.save()
    lead = replace(actors["colleague"], roles=frozenset({Role.LEAD}))

    assert refused(actors["own"], Deed.CASE_WRITE, case) == GONE
    assert refused(lead, Deed.CASE_WRITE, case).startswith(RESTRICTED)
    assert not visible_cases(actors["own"]).exists()
    assert visible_cases(lead).get() == case


def test_a_case_that_was_merged_is_left_alone(rows, actors):
    case, other = rows["case"], make_case(actors["own"])
    assert refused(actors["own"], Deed.CASE_WRITE, case) == ""
    case.merged_into, case.state, case.closed_on = other, "closed", case.opened_on
    case.save()

    assert refused(actors["own"], Deed.CASE_WRITE, case) == GONE


def test_of_ones_own_case_all_is_open_and_of_a_foreign_one_nothing(rows, actors):
    case = rows["case"]
    person = case.household.people.get()
    mine, theirs = released_groups(actors["own"], case), released_groups(actors["foreign"], case)

    assert all(mine.opens(group) and mine.opens(group, person.pk) for group in DataGroup)
    assert not any(theirs.opens(group) or theirs.opens(group, person.pk) for group in DataGroup)
    assert covers_of_foreign(actors["own"], [case])[0] == theirs
    assert covers_of_foreign(replace(actors["foreign"], roles=frozenset()), [case]) == [theirs]
    assert not released_cases(actors["foreign"]).exists()


def test_bookings_are_of_ones_own_hours_and_of_whom_one_accompanies(network, rows, actors):
    at = now() + timedelta(days=3)
    taken = Booking(
        network=network, membership_id=actors["colleague"].membership_id, contact=rows["case"].contact, kind="phone",
        starts_at=at, ends_at=at + timedelta(hours=1), idempotency_key="5" * 32,
    )  # fmt: skip
    taken.save()
    desk = replace(actors["colleague"], roles=frozenset({Role.INTAKE}), membership_id=actors["emergency"].membership_id)
    office = replace(desk, roles=frozenset({Role.CATALOGUE}))
    found = {relation: visible_bookings(actor).exists() for relation, actor in actors.items()}

    assert found == {"own": True, "deputy": True, "emergency": True, "colleague": True, "foreign": False}
    other = make_actor(network, "alpha", "counsellor", name="Olga")
    assert not visible_bookings(other).exists()
    assert (visible_bookings(desk).exists(), visible_bookings(office).exists()) == (True, False)


def test_a_promise_that_was_kept_is_open_no_more(rows, actors):
    assert visible_callbacks(actors["own"]).get() == rows["callback"]
    Callback.objects.update(state="done", settled_at=now())

    assert not visible_callbacks(actors["own"]).exists()
    assert visible_promises(actors["own"]).exists()


def test_answers_without_names_are_of_ones_own_organisation(network, actors):
    Feedback(
        network=network, organisation_id=actors["own"].organisation_id, month=today(network.zone).replace(day=1)
    ).save()
    for roles in ROLES:
        own, foreign = (replace(actors[name], roles=frozenset(roles)) for name in ("own", "foreign"))
        assert visible_feedback(own).exists() == (widest(Deed.FEEDBACK_SEE, roles) > Reach.NONE)
        assert not visible_feedback(foreign).exists()


def test_only_a_member_of_staff_has_a_hand_and_an_organisation(network, actors):
    owner = actors["own"]
    assert (member_of(owner), organisation_of(owner)) == (owner.membership_id, owner.organisation_id)
    for ask in (member_of, organisation_of):
        with pytest.raises(CaseworkError, match="melden Sie sich an"):
            ask(resident(network))
