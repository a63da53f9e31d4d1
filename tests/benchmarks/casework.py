"""A case of five years among 100,000: its pages, and the day of its counsellor."""

from datetime import timedelta

from django.db import transaction

from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tests.personas import actor_of, client_of
from tragnetz.casework.enums import LifeDomain
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Compartment,
    Goal,
    GoalReview,
    LifeEvent,
    Note,
    Rating,
    RatingLine,
    Step,
    Task,
)
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.clients.names.commands import rebuild_names
from tragnetz.config.collector import spare_what_stays
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.demo.keys import CaseKeys
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Network
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import DataKey, WrappedKey

MANY, YEARS, WEEKS = 100_000, 5, 260
GOAL = "p95 < 150 ms"


def casework(network: Network) -> None:
    with transaction.atomic():
        owner = actor_of(network, "counsellor")
        _many(network)
        case = long_case(network, owner)
        rebuild_names(network)
        with as_owner() as cursor:
            cursor.execute("ANALYZE")
        spare_what_stays()  # as a web process does; what was planted is no part of one
        staff, page = client_of("counsellor"), f"/de/arbeit/faelle/{case.pk}/"
        year = today(network.zone).year - 2
        for name, path in (
            ("first page", ""),
            ("line of a year", f"verlauf/?jahr={year}"),
            ("domains of life, first and last", "lebenslagen/"),
            ("goals", "ziele/"),
            ("team", "team/"),
            ("search for the same household", "zusammenlegen/"),
        ):
            assert staff.get(page + path).status_code == 200
            show(f"case of 5 years among {MANY}: {name}", milliseconds(lambda _, p=path: staff.get(page + p), 40), GOAL)
        show("day of its counsellor", milliseconds(lambda _: staff.get("/de/arbeit/"), 40), GOAL)
        show("list of their cases", milliseconds(lambda _: staff.get("/de/arbeit/faelle/"), 40), GOAL)
        transaction.set_rollback(True)


def _many(network: Network) -> None:
    """Make cases of all counsellors, over three years; the caller takes them out again."""
    members = list(Membership.objects.filter(roles__contains=["counsellor"]))
    begins, writing = today(network.zone) - timedelta(days=3 * 365), CaseKeys(current_keyring())
    for first in range(0, MANY, 10_000):
        contacts, households, cases, parts = [], [], [], []
        keys: list[DataKey] = []
        copies: list[WrappedKey] = []
        for number in range(first, min(first + 10_000, MANY)):
            member = members[number % len(members)]
            own = {"network": network, "organisation_id": member.organisation_id}
            contact, household = Contact(**own, name=f"Name {number}"), Household(**own)
            opened = begins + timedelta(days=number % 1000)
            case = Case(
                **own, counsellor=member, contact=contact, household=household, topic="debt", opened_on=opened,
                state="closed" if number % 10 else "open", closed_on=opened if number % 10 else None,
            )  # fmt: skip
            contacts.append(contact)
            households.append(household)
            cases.append(case)
            if case.state == "closed":  # no page here opens it: no minutes of sealing for it
                parts.append(Compartment(network=network, case=case))
                continue
            key, held, part = writing.part(case)
            keys.append(key)
            copies.extend(held)
            parts.append(part)
        for model, rows in (
            (Contact, contacts), (Household, households), (Case, cases), (DataKey, keys), (WrappedKey, copies),
            (Compartment, parts),
        ):  # fmt: skip
            model.objects.bulk_create(rows, batch_size=2000)


def long_case(network: Network, owner: Actor) -> Case:
    """Make a case with a talk a week for five years, three notes each, and all else that comes of it."""
    day, at = today(network.zone), now()
    own = {"network": network, "organisation_id": owner.organisation_id}
    contact, household = Contact(**own, name="Rosa Lang"), Household(**own)
    case = Case(
        **own, counsellor=Membership.objects.get(pk=owner.membership_id), contact=contact, household=household,
        topic="debt", level="management", opened_on=day - timedelta(weeks=WEEKS),
    )  # fmt: skip
    key, copies, part = CaseKeys(current_keyring()).part(case)
    row = {"network": network, "case": case, "compartment": part}
    by = {**row, "author_id": owner.membership_id}
    rows: dict[type, list] = {
        Contact: [contact], Household: [household], Case: [case], DataKey: [key],
        WrappedKey: copies, Compartment: [part],
        Person: [Person(network=network, household=household, name=f"Person {n}", birth_year=1980) for n in range(5)],
    }  # fmt: skip
    for week in range(WEEKS):
        then, met_at = day - timedelta(weeks=week), at - timedelta(weeks=week)
        met = CaseContact(**by, kind="office", held_on=then, minutes=45, idempotency_key=new_id().hex)
        rows.setdefault(CaseContact, []).append(met)
        for kind in ("facts", "assessment", "agreement"):
            text = "Ein Satz von mittlerer Länge über das, was gesprochen wurde. " * 4
            rows.setdefault(Note, []).append(Note(**by, contact=met, kind=kind, text=text, written_at=met_at))
        if week % 2 == 0:
            rows.setdefault(Step, []).append(
                Step(**row, text="Antrag abgeben", owner="person", due_on=then, done_on=then if week > 10 else None)
            )
        if week % 6 == 0:
            rows.setdefault(LifeEvent, []).append(LifeEvent(**by, kind="moved", happened_on=then, text="umgezogen"))
        if week % 13 == 0:
            rating = Rating(**by, rated_on=then, occasion="between", idempotency_key=new_id().hex)
            rows.setdefault(Rating, []).append(rating)
            rows.setdefault(RatingLine, []).extend(
                RatingLine(
                    network=network, compartment=part, rating=rating, domain=domain, level=week % 5 + 1, own_level=3,
                    strength="Hilfe durch die Schwester", need="Übersicht",
                )
                for domain in LifeDomain
            )  # fmt: skip
            over = week > YEARS * 13
            goal = Goal(
                **by, what="Miete zahlen", sign="gezahlt", wish="person", agreed_on=then, due_on=day,
                state="reached" if over else "open", ended_on=then if over else None,
            )  # fmt: skip
            rows.setdefault(Goal, []).append(goal)
            rows.setdefault(GoalReview, []).append(
                GoalReview(**by, goal=goal, held_on=then, attainment=1, text="läuft")
            )
            rows.setdefault(Task, []).append(
                Task(
                    **row,
                    text="Brief lesen",
                    assignee_id=owner.membership_id,
                    given_by_id=owner.membership_id,
                    due_on=day,
                )
            )
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=2000)
    return case
