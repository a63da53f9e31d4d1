"""The demo's outlooks: with consent, and with something to tell."""

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.consent.models import Consent
from tragnetz.core.clock import today
from tragnetz.demo.outlook import load_outlooks
from tragnetz.network.models import Membership
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.rules import first_of


@pytest.fixture
def counsellor(network):
    actor = make_actor(network, "alpha", "counsellor")
    born = first_of(today(network.zone), 2).year - 18
    for number in range(3):
        case = make_case(actor)
        people = [PersonDetails("Mia", "self", 1985), PersonDetails("Kim", "child", born + (number == 2) * 2)]
        set_household(actor=actor, household=case.household, people=people)
    return actor


def test_whoever_is_18_this_year_is_asked_like_a_minor_too(network):
    actor, day = make_actor(network, "alpha", "counsellor"), today(network.zone)
    case = make_case(actor)
    people = [
        PersonDetails("Mia", "self", 1985),
        PersonDetails("Kim", "child", first_of(day, 2).year - 14),
        PersonDetails("Lea", "child", day.year - 18),
    ]
    set_household(actor=actor, household=case.household, people=people)

    assert load_outlooks(network, [Membership.objects.get(pk=actor.membership_id)]) == 1
    noted = {row.person.name: row.capacity_noted for row in Consent.objects.filter(purpose="outlook")}
    assert noted == {"Mia": False, "Lea": True}


def test_cases_with_a_birthday_that_counts_are_looked_through(network, counsellor):
    made = load_outlooks(network, [Membership.objects.get(pk=counsellor.membership_id)])

    assert made == Outlook.objects.count() == 2
    day = today(network.zone)
    deciding = 2 if first_of(day, 2).year == day.year else 1  # in that year the child may be of age, too
    assert Consent.objects.filter(purpose="outlook").count() == 2 * deciding
    kinds = set(Foreseen.objects.values_list("kind", "benefit"))
    assert {("lost", "unterhaltsvorschuss"), ("renew", "wohngeld")} <= kinds
    assert load_outlooks(network, list(Membership.objects.all())) == 0
