"""DS26: a team talks about a case without knowing who it is."""

from dataclasses import astuple

import pytest

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.notes import write_note
from tragnetz.audit.models import Event
from tragnetz.casework.caseload.discussion import discussion_view, pseudonym
from tragnetz.casework.coaching.commands import Profile, start_coaching, write_profile
from tragnetz.casework.coaching.enums import Stage
from tragnetz.casework.commands import change_household
from tragnetz.casework.goals.commands import add_step
from tragnetz.clients.commands import PersonDetails
from tragnetz.core.clock import today


@pytest.fixture
def case(ada):
    case = case_of(ada, "Rosa Zitronenfalter")
    people = [PersonDetails("Rosa Zitronenfalter", "self", 1989), PersonDetails("Tim Zitronenfalter", "child", 2019)]
    facts = {"age": 37, "children": 1, "rent": 700}
    change_household(actor=ada, case=case, people=people, facts=facts)
    write_note(actor=ada, case=case, kind="facts", text="Frau Zitronenfalter wohnt in der Mittestraße")
    add_step(actor=ada, case=case, text="Zitronenfalter ruft an", owner="person", due_on=None)
    coaching = start_coaching(actor=ada, case=case, person=None, today=today(ada.network.zone))
    write_profile(actor=ada, coaching=coaching, profile=Profile(goal="Zitronenfalterin"))
    return case


def test_the_team_hears_bands_codes_and_counts(ada, case):
    found = discussion_view(ada, case.pk, today(ada.network.zone))

    assert [str(band) for _relation, band in found.people] == ["30 bis 54", "6 bis 14"]
    assert (found.steps_open, found.steps_late, list(found.notes.values())) == (1, 0, [1])
    assert (found.facts, found.stages) == ({"children": 1, "rent": 700}, [Stage.GOAL])
    assert Event.objects.filter(verb="case:discuss", object_id=case.pk).count() == 1


def test_the_team_hears_no_name_no_text_and_no_age(ada, case):
    told = str(astuple(discussion_view(ada, case.pk, today(ada.network.zone))))

    assert not [word for word in ("Zitron", "Rosa", "Tim", "Mittestr", "1989", "2019", "37", "0170") if word in told]


def test_the_code_of_a_case_stays_and_tells_nothing(case, ada):
    assert pseudonym(case) == pseudonym(case)
    assert pseudonym(case) != pseudonym(case_of(ada, "Eva Roth"))
    assert len(pseudonym(case)) == 4


@pytest.mark.parametrize(("organisation", "role"), [("alpha", "counsellor"), ("alpha", "dpo"), ("beta", "lead")])
def test_who_does_not_see_the_case_does_not_see_it_nameless(ada, case, network, organisation, role):
    other = make_actor(network, organisation, role, name="Otto")

    assert discussion_view(ada, case.pk, today(network.zone)) is not None
    assert discussion_view(other, case.pk, today(network.zone)) is None
