"""The demo's plans: one a counsellor, by the topic of the case."""

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.casework.models import Goal
from tragnetz.demo.plans import load_plans
from tragnetz.network.models import Membership


def test_each_counsellor_has_a_case_with_a_plan(network):
    actor = make_actor(network, "alpha", "counsellor")
    make_case(actor, topic="housing")

    made = load_plans(network, list(Membership.objects.all()))

    assert made == 1
    assert "Die Wohnung bleibt" in {goal.what for goal in Goal.objects.all()}
    assert load_plans(network, list(Membership.objects.all())) == 0
