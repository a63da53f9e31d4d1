"""Figures of 100,000 cases with a participation each and 600,000 contacts: dashboard, gaps and council paper."""

import random
import uuid
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tests.personas import client_of
from tragnetz.casework.models import Case, CaseContact, Compartment, Enquiry
from tragnetz.clients.models import Household, Person
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.models import District, Membership, Network, Programme
from tragnetz.reporting.models import Participation
from tragnetz.reporting.reach.sheets import write_sheets

MANY, TALKS = 100_000, 6
GOAL = "p95 < 150 ms"
PAGES = {
    "the whole time": "/de/arbeit/zahlen/",
    "one project, a district": "/de/arbeit/zahlen/?projekt=gut&bezirk=wanne",
    "a topic, a year": "/de/arbeit/zahlen/?thema=debt&zeit=12",
    "gaps": "/de/arbeit/zahlen/luecken/",
    "paper for the council": "/de/arbeit/zahlen/vorlage.pdf",
}  # fmt: skip


def figures(network: Network) -> None:
    with transaction.atomic():
        many(network)
        at = now()
        show(
            "sheets of the night (worker)", milliseconds(lambda _number: write_sheets(network, at), 3), "p95 < 60000 ms"
        )
        staff = client_of("programme")
        for name, path in PAGES.items():
            assert staff.get(path).status_code == 200
            show(f"figures of {MANY} participations: {name}", milliseconds(lambda _, p=path: staff.get(p), 40), GOAL)
        transaction.set_rollback(True)


def many(network: Network) -> None:
    """Make households with an enquiry, a case, talks and a participation; the caller takes them out again."""
    chance, day = random.Random(20261129), today(network.zone)  # noqa: S311 -- rows for a measure
    members = list(Membership.objects.filter(roles__contains=["counsellor"]))
    districts = list(District.objects.prefetch_related("localities"))
    programmes = list(Programme.objects.exclude(line=""))
    topics = ["debt", "work", "family", "housing", "money", "care"]
    with as_owner() as cursor:
        # The rows are made for their number only.
        cursor.execute("ALTER TABLE clients_person DISABLE TRIGGER ALL")
    for first in range(0, MANY, 10_000):
        rows: dict[type, list] = {
            model: [] for model in (Household, Person, Enquiry, Case, Compartment, CaseContact, Participation)
        }
        for number in range(first, min(first + 10_000, MANY)):
            member, district = members[number % len(members)], chance.choice(districts)
            own = {"network": network, "organisation_id": member.organisation_id}
            programme = programmes[number % len(programmes)]
            span = (min(programme.ends, day) - programme.starts).days
            entered = programme.starts + timedelta(days=chance.randrange(span))
            topic = chance.choice(topics)
            household = Household(**own)
            person = Person(network=network, household=household, name="x", relation="self", birth_year=1985)
            enquiry = Enquiry(
                **own, channel=chance.choice(["phone", "web", "visit"]), outcome="information", topic=topic,
                district=district, locality=chance.choice(list(district.localities.all())),
                language=chance.choice(["de", "de", "tr", "ar"]), idempotency_key=new_id().hex,
                created_at=datetime.combine(entered, time(10), UTC),
            )  # fmt: skip
            case = Case(
                **own, counsellor=member, household=household, topic=topic, opened_on=entered, state="closed",
                closed_on=entered + timedelta(days=90), enquiry=enquiry,
            )  # fmt: skip
            part = Compartment(network=network, case=case)
            rows[Household].append(household)
            rows[Person].append(person)
            rows[Enquiry].append(enquiry)
            rows[Case].append(case)
            rows[Compartment].append(part)
            rows[CaseContact] += [
                CaseContact(
                    network=network, case=case, compartment=part, author=member, kind="phone", minutes=30,
                    held_on=entered + timedelta(days=10 * talk), idempotency_key=new_id().hex,
                )
                for talk in range(TALKS)
            ]  # fmt: skip
            if number % 10:
                rows[Participation].append(
                    Participation(
                        **own,
                        programme=programme,
                        case=case,
                        household=household,
                        person=person,
                        author=member,
                        pseudonym=uuid.uuid4().hex[:14],
                        family=new_id() if number % 3 else uuid.UUID(int=number // 9),
                        entered_on=entered,
                        district=district,
                        topic=topic,
                        children=number % 4,
                        is_countable=bool(number % 13),
                        request_key=new_id().hex,
                    )
                )
        for model, made in rows.items():
            model.objects.bulk_create(made, batch_size=2000)
    with as_owner() as cursor:
        cursor.execute("ANALYZE")
