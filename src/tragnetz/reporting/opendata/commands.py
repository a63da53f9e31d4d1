"""Publish the years that are over."""

from datetime import date

from django.db import transaction

from tragnetz.audit.commands import record
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.reporting.opendata.counts import first_year, table_of
from tragnetz.reporting.opendata.models import Dataset, Edition

FIRST_MONTH = 2  # a year is published from February on: what is entered late in January still counts


@transaction.atomic
def publish_due(*, actor: Actor, day: date) -> list[Edition]:
    """Publish what is due of the network in scope: each dataset of each year once, but for years without anybody."""
    first, last = first_year(), day.year - (1 if day.month >= FIRST_MONTH else 2)
    if first is None:
        return []
    wait_for(f"open-data:{actor.network.pk}")
    known = set(Edition.objects.values_list("dataset", "year"))
    made = []
    for year in range(first, last + 1):
        for dataset in Dataset.values:
            if (dataset, year) in known:
                continue
            table = table_of(dataset, year)
            if table.of() == 0:
                continue
            row = Edition.objects.create(
                network=actor.network, dataset=dataset, year=year, values=[list(names) for names in table.values],
                cells=[[*key, number] for key, number in table.rows()],
            )  # fmt: skip
            record(actor, "open_data:publish", row, dataset=dataset, year=year)
            made.append(row)
    return made
