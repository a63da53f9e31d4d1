"""What is published: sums alone, once, and nobody in them."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.db import InternalError, connection, transaction

from tests.factories import make_actor
from tests.reporting.conftest import make_case, make_programme, take_in
from tragnetz.casework.models import Enquiry
from tragnetz.core.ids import new_id
from tragnetz.network.actors import system
from tragnetz.network.models import Organisation
from tragnetz.referrals.commands import Details, draft_referral, move_referral, send_referral
from tragnetz.referrals.rules import Said
from tragnetz.reporting.opendata.commands import publish_due
from tragnetz.reporting.opendata.files import open_csv, open_json
from tragnetz.reporting.opendata.models import Edition

pytestmark = pytest.mark.django_db
OVER, NOT_YET = date(2027, 2, 1), date(2027, 1, 31)


@pytest.fixture
def desk(network):
    return make_actor(network, "alpha", "intake", name="Ina")


def ask(desk, topic, month, times=1, contact=None, **given):
    for _time in range(times):
        Enquiry.objects.create(
            network=desk.network, organisation_id=desk.organisation_id, channel="phone", outcome="information",
            topic=topic, created_at=datetime(2026, month, 5, 10, tzinfo=UTC), idempotency_key=new_id().hex,
            contact=contact, **given,
        )  # fmt: skip


def published(network, day=OVER):
    return {one.dataset: one for one in publish_due(actor=system(network), day=day)}


def number(edition, *key):
    return {tuple(one): value for *one, value in edition.cells}[key]


def test_a_year_is_published_once_when_it_is_over(network, desk):
    ask(desk, "work", 3, 9)
    assert published(network, NOT_YET) == {}
    assert number(published(network)["anfragen"], "*", "*", "*") == 5

    ask(desk, "work", 3)
    assert published(network) == {}
    assert number(Edition.objects.get(dataset="anfragen"), "*", "*", "*") == 5


def test_numbers_are_in_fives_that_add_up_and_months_stand_apart(network, desk):
    ask(desk, "work", 3, 20)
    ask(desk, "debts", 3, 7)
    ask(desk, "housing", 4, 2)
    edition = published(network)["anfragen"]
    told = {tuple(key): value for *key, value in edition.cells}

    assert told["*", "*", "*"] == 25
    assert [told["*", "*", topic] or 0 for topic in ("work", "debts", "housing")] == [20, 5, 0]
    assert [told[month, "*", "*"] for month in ("03", "04", "05")] == [25, None, None]
    # A month by topic would have fewer people than cells.
    assert ("03", "*", "work") not in told
    assert sum(told["*", "unbekannt", topic] or 0 for topic in ("work", "debts", "housing")) == 25


def test_somebody_who_asks_again_counts_once(network, owner, desk):
    contact = make_case(owner).contact
    ask(desk, "work", 3, 1, contact)
    ask(desk, "debts", 4, 8, contact)
    ask(desk, "work", 5, 6)
    edition = published(network)["anfragen"]
    assert number(edition, "*", "*", "*") == 5
    assert [number(edition, month, "*", "*") for month in ("03", "04", "05")] == [None, None, 5]


def test_somebody_in_two_projects_is_one_person(network, owner, programme):
    other = make_programme(network, "gut", line="esf-2014")
    for _at in range(6):
        case = make_case(owner)
        take_in(owner, case, programme)
        take_in(owner, case, other)
    assert number(published(network)["teilnahmen"], "*") == 5


def refuse(owner, case, topic, refusal, day, number):
    """Let a partner say no to a referral on a day."""
    at = datetime(2026, 5, day, 10, tzinfo=UTC)
    other = Organisation.objects.exclude(pk=owner.organisation_id).filter(is_member=True).first()
    details = Details("anonymous", "Sucht einen Platz", organisation=other, topic=topic)
    row = draft_referral(actor=owner, case=case, details=details, request_key=f"{case.pk}{number}", now=at)
    row = send_referral(actor=owner, referral=row, ticked=[], now=at)
    move_referral(actor=owner, referral=row, target="rejected", said=Said(refusal=refusal), now=at)


def test_a_case_without_help_counts_once_with_its_first_refusal(network, owner):
    for number in range(6):
        case = make_case(owner, name=f"Person {number}")
        refuse(owner, case, "debt", "no_capacity", 3, 1)
        refuse(owner, case, "debt", "not_eligible", 9, 2)
        refuse(owner, case, "work", "no_capacity", 12, 3)
    for number in range(7):
        # The person did not want it: no gap of the city.
        refuse(owner, make_case(owner, name=f"Andere {number}"), "debt", "person_declined", 4, 1)
    edition = published(network)["luecken"]

    assert number_of(edition) == dict.fromkeys(
        [("debt", "no_capacity"), ("*", "*"), ("debt", "*"), ("*", "no_capacity")], 5
    )


def number_of(edition):
    return {tuple(key): value for *key, value in edition.cells if value is not None}


def test_what_is_published_cannot_be_altered(network, desk):
    ask(desk, "work", 3, 9)
    published(network)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_edition SET year = 2020")


def test_files_hold_the_same_numbers(network, desk):
    ask(desk, "work", 3, 20)
    ask(desk, "housing", 4, 2)
    edition = published(network)["anfragen"]
    lines = list(csv.DictReader(io.StringIO(open_csv(edition)), delimiter=";"))
    document = json.loads(open_json(edition, publisher="Netz", address="https://x.example", title="t", told="t"))

    told = [{name: "" if value is None else str(value) for name, value in row.items()} for row in document["data"]]
    assert [{name: row[name] for name in row if name != "jahr"} for row in lines] == told
    assert document["license"].endswith("dl-by-de/2.0")
    total = {"monat": "alle", "stadtbezirk": "alle", "thema": "alle", "anzahl": "20"}
    assert total in told


def test_the_page_and_its_files_are_for_everybody(client, network, desk):
    ask(desk, "work", 3, 9)
    published(network)
    page, file = client.get("/de/daten/"), client.get("/de/daten/anfragen/2026.json")

    assert (page.status_code, file.status_code) == (200, 200)
    assert "dl-de/by-2-0" in page.content.decode()
    assert not page.cookies
    assert "public" in page.headers["Cache-Control"]
    assert client.get("/de/daten/anfragen/2026.exe").status_code == 404
    assert client.get("/de/daten/namen/2026.csv").status_code == 404
