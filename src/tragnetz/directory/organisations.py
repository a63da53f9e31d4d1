"""Organisations and their sites, as editors write them; those who joined the network are kept by the city's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.keys import key_for
from tragnetz.directory.models import ConfirmationLink, ServiceStatus
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Regime
from tragnetz.network.models import Locality, Organisation, Site


@dataclass(frozen=True, slots=True)
class Kept:
    """An organisation with how many of its entries are due, and its last link."""

    organisation: Organisation
    entries: int
    due: int
    link: ConfirmationLink | None


def organisations_to_keep(today: date) -> list[Kept]:
    """Return all organisations with entries or without, most due first; in two queries."""
    running = ~Q(services__status=ServiceStatus.ENDED) & Q(services__isnull=False)
    rows = Organisation.objects.annotate(
        entries=Count("services", filter=running),
        due=Count("services", filter=running & Q(services__review_on__lte=today)),
    )
    links = {row.organisation_id: row for row in ConfirmationLink.objects.order_by("created_at")}
    found = [Kept(row, row.entries, row.due, links.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: (-one.due, one.organisation.name))


@transaction.atomic
def put_organisation(
    *, actor: Actor, data: Mapping[str, Any], organisation: Organisation | None = None
) -> Organisation:
    """Write an organisation, new or known. A new one is no member of the network. Raises NotAllowedError."""
    must_edit(actor)
    row = organisation or Organisation(
        network=actor.network, key=key_for(data["short_name"] or data["name"], Organisation), regime=Regime.DSGVO,
        imported=True,
    )  # fmt: skip
    row.name, row.kind, row.url, row.email = data["name"], data["kind"], data["url"], data["email"]
    row.short_name = data["short_name"] or data["name"][:60]
    others = list(row.phones[1:])
    first = {**(row.phones[0] if row.phones else {}), "number": data["phone"]}
    row.phones = [first, *others] if data["phone"] else others
    row.description = {**row.description, "de": data["description"]} if data["description"] else {}
    row.save()
    audit(actor, "organisation:change", row)
    return row


@transaction.atomic
def add_site(*, actor: Actor, organisation: Organisation, data: Mapping[str, Any]) -> Site:
    """Write a new place of an organisation. Raises NotAllowedError."""
    must_edit(actor)
    row = Site.objects.create(
        network=actor.network,
        key=key_for(f"{organisation.key} {data['name']}", Site),
        imported=True,
        organisation=organisation,
        name=data["name"],
        street=data["street"],
        number=data["number"],
        postcode=data["postcode"],
        locality=Locality.objects.filter(key=data["locality"]).first() if data["locality"] else None,
        step_free={"yes": True, "no": False}.get(data["step_free"]),
        transport={"de": data["transport"]} if data["transport"] else {},
    )
    audit(actor, "site:create", row)
    return row
