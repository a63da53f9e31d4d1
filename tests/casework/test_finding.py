"""Who is found by name, and by whom."""

from datetime import UTC, datetime

import pytest

from tests.factories import make_actor, make_roster
from tests.personas import first_free
from tragnetz.appointments.commands import book, cancel
from tragnetz.audit.models import Event
from tragnetz.casework.commands import Asked, change_household, open_case, take_enquiry
from tragnetz.casework.finding import cases_named, find_people, namesakes, probably
from tragnetz.clients.commands import PersonDetails
from tragnetz.clients.names.rules import Match
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id


def enquiry_of(actor, name="Anna Müller"):
    return take_enquiry(
        actor=actor, asked=Asked(channel="phone"), details=ContactDetails(name=name, phone="0170 1234567"), wanted=None,
        callback=True, idempotency_key=new_id().hex, now=now(),
    ).enquiry  # fmt: skip


def case_of(actor, name="Anna Müller", *others):
    case = open_case(actor=actor, enquiry=enquiry_of(actor, name), today=today(actor.network.zone))
    people = [PersonDetails(name, "self", 1980), *(PersonDetails(other, "child", 2015) for other in others)]
    return change_household(actor=actor, case=case, people=people, facts={})


def hits(actor, typed):
    return [(hit.name, hit.match, hit.case is not None) for hit in find_people(actor, typed).hits]


def test_the_counsellor_finds_contact_and_child_of_a_case(ada):
    case = case_of(ada, "Anna Müller", "Tim Kowalski")

    found = find_people(ada, "Kowalsky").hits

    assert hits(ada, "Müler") == [("Anna Müller", Match.SOUND, True)]
    assert [(hit.name, hit.case, hit.contact) for hit in found] == [("Tim Kowalski", case, case.contact)]


def test_a_colleague_finds_the_contact_but_neither_case_nor_child(ada):
    case_of(ada, "Anna Müller", "Tim Kowalski")
    colleague = make_actor(ada.network, "alpha", "counsellor", name="Bea")

    assert hits(ada, "Kowalski") == [("Tim Kowalski", Match.EXACT, True)]
    assert (hits(colleague, "Müller"), hits(colleague, "Kowalski")) == ([("Anna Müller", Match.EXACT, False)], [])


def test_the_desk_finds_contacts_without_their_cases(ada):
    case_of(ada, "Anna Müller", "Tim Kowalski")
    desk = make_actor(ada.network, "alpha", "intake", name="Ida")

    assert (hits(desk, "Müller"), hits(desk, "Kowalski")) == ([("Anna Müller", Match.EXACT, False)], [])


@pytest.mark.parametrize("role", ["counsellor", "lead", "intake"])
def test_another_organisation_finds_nobody(ada, role):
    case_of(ada, "Anna Müller", "Tim Kowalski")
    foreign = make_actor(ada.network, "beta", role, name="Fee")

    assert hits(ada, "Müller") == [("Anna Müller", Match.EXACT, True)]
    assert (hits(foreign, "Müller"), hits(foreign, "Kowalski")) == ([], [])


@pytest.mark.parametrize("role", ["programme", "dpo", "admin", "catalogue"])
def test_other_roles_find_nobody(ada, role):
    case_of(ada)

    assert hits(make_actor(ada.network, "alpha", role, name="Otto"), "Müller") == []


def test_a_search_leaves_its_number_of_hits_and_no_name(ada):
    case_of(ada)

    find_people(ada, "Müller")

    event = Event.objects.get(verb="name:search")
    assert (event.details, event.object_id) == ({"hits": 1, "way": "asked"}, None)


def test_many_hits_are_cut_and_said_so(ada):
    for _number in range(33):
        enquiry_of(ada)

    found = find_people(ada, "Müller")

    assert (len(found.hits), found.more) == (30, True)


def test_a_search_takes_as_many_queries_for_many_as_for_one(ada, django_assert_num_queries):
    case_of(ada, "Anna Müller")
    with django_assert_num_queries(9):
        find_people(ada, "Müller")
    for number in range(8):
        case_of(ada, f"Anna Müller {'abcdefgh'[number]}", "Tim Müller")

    with django_assert_num_queries(9):
        assert len(find_people(ada, "Müller").hits) == 17


def test_a_namesake_is_hinted_at_before_a_case_is_opened(ada):
    case = case_of(ada, "Anna Mayer")
    enquiry = enquiry_of(ada, "Anna Meier")

    assert namesakes(ada, enquiry).cases == [case]


def test_of_a_colleagues_case_only_the_number_is_told(ada):
    case_of(ada, "Anna Mayer")
    colleague = make_actor(ada.network, "alpha", "counsellor", name="Bea")

    found = namesakes(colleague, enquiry_of(colleague, "Anna Meier"))

    assert (found.cases, found.hidden) == ([], 1)


def test_a_namesake_of_another_organisation_is_not_told(ada):
    case_of(ada, "Anna Mayer")
    foreign = make_actor(ada.network, "beta", "counsellor", name="Fee")

    found = namesakes(foreign, enquiry_of(foreign, "Anna Mayer"))

    assert (found.cases, found.hidden) == ([], 0)


def test_a_single_name_that_only_sounds_alike_is_no_hint(ada):
    case_of(ada, "Mayer")

    assert namesakes(ada, enquiry_of(ada, "Meier")).cases == []
    assert len(namesakes(ada, enquiry_of(ada, "Mayer")).cases) == 1


def test_the_other_case_of_a_household_is_found_by_anybody_in_it_closest_first(ada):
    own = case_of(ada, "Anna Müller")
    sounds, same = case_of(ada, "Anna Miller", "Tim Kowalski"), case_of(ada, "Berta Müller")
    case_of(make_actor(ada.network, "alpha", "counsellor", name="Bea"), "Carla Müller")
    case_of(make_actor(ada.network, "beta", "counsellor", name="Eva"), "Dora Müller")

    assert cases_named(ada, "Müller", but=own, most=20) == [same, sounds]
    assert cases_named(ada, "Müller", but=own, most=1) == [same]
    assert cases_named(ada, "Kowalsky", but=own, most=20) == [sounds]
    assert cases_named(ada, "M", but=own, most=20) == []


def test_a_hit_tells_the_next_talk_that_is_agreed(ada):
    enquiry = enquiry_of(ada)
    make_roster(ada.membership_id)
    first = first_free(ada.network, ada)
    later = first_free(ada.network, ada, datetime.fromtimestamp(first.start + 86_400, UTC))
    gone, near, _far = (
        book(
            actor=ada, wanted=wanted, contact=enquiry.contact, topic="", language="de", interpreter=False,
            idempotency_key=key, now=now(),
        ).booking
        for key, wanted in (("g", first), ("n", later), ("f", later._replace(start=later.start + 7_200)))
    )  # fmt: skip
    cancel(actor=ada, booking=gone, now=now())

    assert [hit.coming for hit in find_people(ada, "Müller").hits] == [near]


def test_a_single_word_is_probably_only_who_is_called_so_and_few_are_shown(ada):
    for name in ("Mayer", "Meier", *["Anna Müller"] * 7):
        enquiry_of(ada, name)

    assert [hit.name for hit in probably(ada, "Mayer").hits] == ["Mayer"]
    assert {hit.name for hit in find_people(ada, "Mayer").hits} == {"Mayer", "Meier"}
    found = probably(ada, "Anna Muller")
    assert (len(found.hits), found.more) == (5, True)
