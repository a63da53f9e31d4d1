"""Look for one of many people by name: find 30 of 100,000 and open their names."""

import itertools
import random

from django.db import transaction

from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tragnetz.casework.finding import find_people
from tragnetz.clients.models import Contact
from tragnetz.clients.names.commands import rebuild_names
from tragnetz.demo.people import read_people
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network

MANY = 100_000
BEGIN = ("Berg", "Bau", "Schul", "Hof", "Mei", "Mül", "Schnei", "Wag", "Klein", "Alt", "Kra", "Lin", "Ros", "Stein")
END = ("er", "mann", "ler", "ner", "ke", "ski", "berg", "meier", "hof", "ich", "feld", "sen", "oğlu", "enko", "ow")
ASKED = ("Müller", "Anna Meier", "Schneider", "Wagner", "Ayse", "Schul", "Steinmann", "Lin", "Bergmeyer", "Tanja Roos")


def names(network: Network) -> None:
    members = Membership.objects.filter(roles__contains=["counsellor"]).select_related("user")
    members = members.exclude(roles__contains=["lead"])
    actor = of_membership(members[0], network)
    with transaction.atomic():
        Contact.objects.bulk_create(_people(network, actor.organisation_id), batch_size=2000)
        rebuild_names(network)
        with as_owner() as cursor:
            cursor.execute("ANALYZE")
        found = milliseconds(lambda number: find_people(actor, ASKED[number % len(ASKED)]), 60)
        show(f"search of people by name, {MANY} names", found, "p95 < 50 ms")
        transaction.set_rollback(True)


def _people(network: Network, organisation_id):
    """Make people with some thousand names, the first ones far more often than the last."""
    rng = random.Random(1969)  # noqa: S311 -- believable names, no secret
    known, _stories = read_people()
    first = [name for row in known.values() for name in row.first]
    made = ["".join(pair).replace("ll", "l") for pair in itertools.product(BEGIN, END)]
    last = [
        "Müller", "Schmidt", "Meier", *[name for row in known.values() for name in row.last], *made,
        *(f"{one}{two.lower()}" for one, two in itertools.product(made, made[:20])),
    ]  # fmt: skip
    weights = [1 / (place + 4) for place in range(len(last))]
    for name in rng.choices(last, weights, k=MANY):
        yield Contact(network=network, organisation_id=organisation_id, name=f"{rng.choice(first)} {name}")
