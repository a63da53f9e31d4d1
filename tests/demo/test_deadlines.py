"""The demo's deadlines: by the law, in the cases of those who work on them."""

from datetime import timedelta

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.casework.models import Case, Deadline
from tragnetz.core.clock import today
from tragnetz.demo.deadlines import load_deadlines
from tragnetz.network.models import Membership


@pytest.fixture
def counsellor(network):
    actor = make_actor(network, "alpha", "counsellor")
    for topic in ("work", "housing", "money", "family", "debt"):
        make_case(actor, topic=topic)
    return actor


def test_open_cases_get_deadlines_that_fit_their_topic(network, counsellor):
    closed = make_case(counsellor, topic="work")
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_on=today(network.zone))

    made = load_deadlines(network, [Membership.objects.get(pk=counsellor.membership_id)])

    assert made == Deadline.objects.count() == 4
    assert not Deadline.objects.filter(case=closed).exists()
    assert all(row.due_on == row.computed_on or not row.rule for row in Deadline.objects.all())
    assert load_deadlines(network, list(Membership.objects.all())) == 0
    assert Deadline.objects.filter(due_on__lte=today(network.zone) + timedelta(days=7)).exists()
