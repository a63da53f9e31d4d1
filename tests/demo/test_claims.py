"""The demo's claims: in each state, by the real commands, with the papers that they wait for."""

import pytest

from tests.casework.conftest import make_case
from tests.personas import actor_of
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.queries import won_by
from tragnetz.casework.models import Case, Claim
from tragnetz.casework.papers.queries import sheet_of
from tragnetz.core.clock import today
from tragnetz.demo.claims import load_claims
from tragnetz.network.models import Membership


@pytest.fixture
def counsellor(herne):
    actor = actor_of(herne, "counsellor")
    for _number in range(6):
        make_case(actor)
    return actor


def test_cases_get_claims_in_each_state_once(herne, counsellor):
    day = today(herne.zone)

    made = load_claims(herne, [Membership.objects.get(pk=counsellor.membership_id)])

    assert made == Claim.objects.count()
    assert set(ClaimState) - set(Claim.objects.values_list("state", flat=True)) <= {ClaimState.RENEWED}
    assert any(won_by(Case.objects.all(), day).values())
    assert any(sheet_of(case, day).ladder for case in Case.objects.all())
    assert load_claims(herne, list(Membership.objects.all())) == 0
