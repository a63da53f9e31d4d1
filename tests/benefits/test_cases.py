"""gettsim's own policy cases from 2023 on, each through our compiled route."""

import pytest

NOTHING_EXPECTED = {
    "full_taxes_and_transfers/2023-07-01/ohne_unterschied_entgeltpunkte_ost_west.yaml",
    "full_taxes_and_transfers/2025-01-01/wohnort_ost_irrelevant.yaml",
}


@pytest.mark.long
@pytest.mark.parametrize(("part", "least"), [("0/2", 111), ("1/2", 125)])
def test_policy_cases_pass(engine, part, least):
    found = engine("cases", "--part", part)

    assert found["failed"] == {}
    assert set(found["left_out"]) <= NOTHING_EXPECTED
    assert found["passed"] >= least
