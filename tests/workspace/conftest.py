"""A case of Herne as the desk handed it over to Hanna, for tests of the pages of a case."""

import pytest

from tests.personas import actor_of, booked_enquiry
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today


@pytest.fixture
def day(herne):
    return today(herne.zone)


@pytest.fixture
def case(herne, day):
    return open_case(actor=actor_of(herne, "counsellor"), enquiry=booked_enquiry(herne).enquiry, today=day)
