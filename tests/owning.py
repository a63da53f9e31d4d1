"""People with a page of their own, for tests on every floor."""

from tests.allowed import KIND, OTTO, ROSA, make_case, person_of
from tragnetz.casework.models import Case
from tragnetz.casework.ownpage.commands import Made, make_access, open_own_page
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.clients.models import Person
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.actors import Actor


def couple(network, actor: Actor) -> Case:
    """A case of two adults and a child."""
    return make_case(network, actor, ROSA, OTTO, KIND)


def rosa_of(case: Case) -> Person:
    return person_of(case)


def otto_of(case: Case) -> Person:
    return person_of(case, OTTO.name)


def code_for(actor: Actor, case: Case, person: Person) -> Made:
    return make_access(actor=actor, case=case, person=person, request_key=new_id().hex, now=now())


def opened_with(made: Made) -> Opened:
    found = open_own_page(network=made.access.network, typed=made.code, now=now())
    assert found is not None, "the code opens nothing"
    return found[0]
