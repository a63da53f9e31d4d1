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


def test_cases_with_a_birthday_that_counts_are_looked_through(network, counsellor):
    made = load_outlooks(network, [Membership.objects.get(pk=counsellor.membership_id)])

    assert made == Outlook.objects.count() == Consent.objects.filter(purpose="outlook").count() == 2
    kinds = set(Foreseen.objects.values_list("kind", "benefit"))
    assert {("lost", "unterhaltsvorschuss"), ("renew", "wohngeld")} <= kinds
    assert load_outlooks(network, list(Membership.objects.all())) == 0
