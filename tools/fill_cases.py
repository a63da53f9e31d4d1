"""Fill a database with cases by the code of whichever version runs this: fields that it does not know are left out.

Called by tools/try_upgrade.py with the Python of an earlier version; so it uses nothing but Django and the models.
"""

import sys
import uuid
from datetime import timedelta

import django

django.setup()

from django.apps import apps  # noqa: E402 -- after set-up
from django.db import connection  # noqa: E402 -- as above

BATCH, TALKS = 5_000, 6


def made(model: type, **values: object) -> object:
    """Return an unsaved row with those of the values that this version has a field for."""
    known = {one.name for one in model._meta.concrete_fields} | {one.attname for one in model._meta.concrete_fields}
    return model(**{name: value for name, value in values.items() if name in known})


def fill(number: int) -> None:
    """Make closed cases of all counsellors, each with a household, two people and six talks."""
    from tragnetz.core.clock import today
    from tragnetz.network.models import Membership, Network
    from tragnetz.network.scope import scope

    network = Network.objects.latest("id")
    names = ("clients.Household", "clients.Person", "casework.Case", "casework.Compartment", "casework.CaseContact")
    household_of, person_of, case_of, part_of, talk_of = (apps.get_model(name) for name in names)
    with scope(network), connection.cursor() as cursor:
        members, day = list(Membership.objects.filter(roles__contains=["counsellor"])), today(network.zone)
        for table in (person_of._meta.db_table, talk_of._meta.db_table):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # the rows are made for their number only
        for first in range(0, number, BATCH):
            rows = {model: [] for model in (household_of, person_of, case_of, part_of, talk_of)}
            for count in range(first, min(first + BATCH, number)):
                member, opened = members[count % len(members)], day - timedelta(days=90 + count % 1000)
                own = {"network": network, "organisation_id": member.organisation_id}
                household = made(household_of, **own)
                case = made(
                    case_of, **own, counsellor=member, household=household, topic="debt", opened_on=opened,
                    state="closed", closed_on=opened + timedelta(days=80),
                )  # fmt: skip
                part = made(part_of, network=network, case=case)
                rows[household_of].append(household)
                rows[case_of].append(case)
                rows[part_of].append(part)
                rows[person_of] += [
                    made(person_of, network=network, household=household, name="x", relation=relation, birth_year=1985)
                    for relation in ("self", "child")
                ]
                rows[talk_of] += [
                    made(
                        talk_of, network=network, case=case, compartment=part, author=member, kind="phone", minutes=30,
                        held_on=opened + timedelta(days=10 * talk), idempotency_key=uuid.uuid4().hex,
                    )
                    for talk in range(TALKS)
                ]  # fmt: skip
            for model, some in rows.items():
                model.objects.bulk_create(some, batch_size=1_000)
        for table in (person_of._meta.db_table, talk_of._meta.db_table):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]))
