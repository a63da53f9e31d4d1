"""A project of Alpha and Beta, a case of Ada's, and answers to enter it with."""

from datetime import date

import pytest

from tests.casework.conftest import make_case
from tragnetz.core.ids import new_id
from tragnetz.network.models import Organisation, Programme
from tragnetz.reporting.participation.commands import Entry, enter

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
TOLD = {
    "gender": "w", "age": 38, "employment": "unemployed", "unemployed_months": 20, "in_training": "no",
    "school": "haupt", "vocational": "none",
}  # fmt: skip


@pytest.fixture
def programme(network):
    return make_programme(network)


@pytest.fixture
def case(owner):
    return make_case(owner)


def make_programme(network, key="filou", **given):
    """Return a project under ESF Plus, with questions of part 3."""
    row = Programme(
        network=network, key=key, name="Familien lotsen", short_name=key.title(), funder={"de": "ESF Plus"},
        **{"starts": FIRST, "ends": LAST, "line": "esf-plus", "terms": {"questions": ["children"]}} | given,
    )  # fmt: skip
    row.save()
    row.organisations.set(Organisation.objects.all())
    return row


def take_in(actor, case, programme, *, person=None, entered_on=date(2026, 2, 1), born=None, **told):
    """Take the person of a case into a project; an answer of None is left out."""
    answers = {key: value for key, value in (TOLD | told).items() if value is not None}
    entry = Entry(programme, person or case.household.people.get(relation="self"), entered_on, born)
    return enter(actor=actor, case=case, entry=entry, told=answers, request_key=new_id().hex)
