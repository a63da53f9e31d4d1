"""A case of Herne as the desk handed it over to Hanna, and what is typed at an entry, for tests of the pages of a case."""

from datetime import timedelta

import pytest

from tests.personas import actor_of, booked_enquiry
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today
from tragnetz.network.models import Programme

# A whole entry into Filou, as the form sends it; `entered_on` is that of the test.
ENTRY = {
    "q_gender": "w", "q_employment": "unemployed", "q_unemployed_months": "20", "q_in_training": "no", "q_school": "haupt",
    "q_vocational": "none", "q_disability": "no_answer", "q_third_country": "no", "born": "1988-05-04", "key": "x",
}  # fmt: skip


@pytest.fixture
def day(herne):
    return today(herne.zone)


@pytest.fixture
def filou(herne, day):
    """Filou, still running for a while, whatever the day: really it ends on 31 August 2027."""
    Programme.objects.filter(key="filou").update(ends=day + timedelta(days=200))
    return Programme.objects.get(key="filou")


@pytest.fixture
def case(herne, day):
    return open_case(actor=actor_of(herne, "counsellor"), enquiry=booked_enquiry(herne).enquiry, today=day)
