"""Older cases of the demo have claims and referrals with their ends, once."""

import pytest

from tests.reporting.outcomes.conftest import told_city  # noqa: F401 -- the same city
from tragnetz.casework.models import Claim, ClaimMove
from tragnetz.core.clock import today
from tragnetz.demo.results import load_results
from tragnetz.referrals.models import Referral

pytestmark = pytest.mark.django_db


def test_claims_and_referrals_have_come_to_an_end_and_a_second_start_adds_none(told_city):  # noqa: F811
    day = today(told_city.zone)
    before = (Claim.objects.count(), Referral.objects.count())
    load_results(told_city, day, 1)

    assert (Claim.objects.count(), Referral.objects.count()) == before
    assert {"granted", "refused", "lapsed"} <= set(Claim.objects.values_list("state", flat=True))
    assert {"completed", "rejected", "failed"} <= set(Referral.objects.values_list("state", flat=True))
    assert not ClaimMove.objects.filter(happened_on__gt=day).exists()
    assert not Claim.objects.filter(benefit="wohngeld", case__claims__benefit="grundsicherungsgeld").exists()
