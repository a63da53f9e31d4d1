"""Rosa has left a project that asks people, and may be written an SMS; `day` is the day on which she is asked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.reporting.conftest import make_case, make_programme, take_in
from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact
from tragnetz.core.months import months_later
from tragnetz.messaging.models import Message
from tragnetz.reporting.asking.commands import ask_due, chase
from tragnetz.reporting.enums import Leaving
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import inform, leave

LEFT = date(2026, 3, 31)
DAY = months_later(LEFT, 6)


@pytest.fixture(autouse=True)
def _public(settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"


@pytest.fixture
def asking(network):
    return make_programme(network, "gut", terms={"asks_people": True})


@pytest.fixture
def case(owner):
    case = make_case(owner, ("Rosa Linde", "self", 1985), ("Emil Linde", "partner", 1983))
    allow(case, may_text=True)
    return case


@pytest.fixture
def row(owner, case, asking):
    return left(owner, case, asking)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def allow(case: Case, **ways: object) -> None:
    Contact.objects.filter(pk=case.contact_id).update(**ways)


def left(owner, case, programme, *, left_on=LEFT, informed=True, **given) -> Participation:
    row = take_in(owner, case, programme, **given)
    if informed:
        inform(actor=owner, participation=row, today=row.entered_on)
    leave(actor=owner, participation=row, left_on=left_on, leaving=Leaving.REGULAR)
    return Participation.objects.get(pk=row.pk)


def ask(network, day: date = DAY) -> int:
    return ask_due(network=network, now=at(day))


def later(network, days: int) -> int:
    return chase(network=network, now=at(DAY + timedelta(days=days)))


def secret() -> str:
    return (
        Message.objects.filter(template="after_ask").latest("created_at").params["link"].rstrip("/").rpartition("/")[2]
    )
