"""What `make quick` leaves out: named one by one, nothing by mistake."""

import pytest

from tests.slow import SLOW, is_slow
from tests.templates import ROOT


class Item:
    """As pytest knows a test."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid


@pytest.mark.parametrize("slow", SLOW)
def test_what_is_left_out_is_there(slow):
    path, _colons, name = slow.partition("::")

    assert (ROOT / path).exists()
    assert f"def {name}" in (ROOT / path).read_text() if name else True


@pytest.mark.parametrize(
    ("nodeid", "slow"),
    [
        ("tests/journeys/test_own.py::test_a[de]", True),
        ("tests/benefits/test_cases.py::test_policy_cases_pass[0/2-111]", True),
        ("tests/config/metrics/test_metrics.py::test_all_workers_of_a_server_count_together", True),
        ("tests/config/metrics/test_metrics.py::test_nobody_stands_in_a_label", False),
        ("tests/directory/test_hsds.py::test_a[tests/journeys]", True),
        ("tests/directory/test_search.py::test_a[tests/journeys/]", False),
        ("tests/directory/test_hsds_more.py::test_a", False),
    ],
)
def test_a_test_is_slow_by_its_folder_its_file_or_its_name(nodeid, slow):
    assert is_slow(Item(nodeid)) == slow
