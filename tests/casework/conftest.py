"""A couple with a child, accompanied by Ada of Alpha; Bert is a colleague, Lena leads, Fred is of Beta."""

from datetime import date

import pytest

from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.clients.names.commands import index_contact, index_people

TODAY = date(2026, 11, 24)


def make_case(owner, *people, name="Rosa Linde", opened_on=date(2026, 1, 5), facts="", topic="work"):
    """Return a case with people given as (name, relation, year of birth)."""
    network, organisation = owner.network, owner.organisation_id
    household = Household(network=network, organisation_id=organisation, facts=facts)
    household.save()
    rows = [
        Person(network=network, household=household, name=person, relation=relation, birth_year=year)
        for person, relation, year in people or [(name, "self", 1985)]
    ]
    for row in rows:
        row.save()
    index_people(rows, organisation_id=organisation)
    contact = Contact(network=network, organisation_id=organisation, name=name, phone="+491701234567")
    contact.save()
    index_contact(contact, fresh=True)
    case = Case(
        network=network, organisation_id=organisation, counsellor_id=owner.membership_id, contact=contact,
        household=household, topic=topic, opened_on=opened_on,
    )  # fmt: skip
    case.save()
    return case


@pytest.fixture
def case(owner):
    return make_case(owner, ("Rosa Linde", "self", 1985), ("Emil Linde", "partner", 1983), ("Kim Linde", "child", 2018))


@pytest.fixture
def people(case):
    return {person.name.split()[0]: person for person in case.household.people.all()}
