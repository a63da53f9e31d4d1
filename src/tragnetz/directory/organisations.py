"""Organisations and their sites, as editors write them; those who joined the network are kept by the city's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.history import author_of, put
from tragnetz.directory.keys import key_for
from tragnetz.directory.models import ConfirmationLink, ServiceStatus
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Regime
from tragnetz.network.models import Organisation, Site


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
    *, actor: Actor, data: Mapping[str, Any], organisation: Organisation | None = None, expected: int | None = None
) -> Organisation:
    """Write an organisation, new or known. A new one is no member of the network.

    `expected` is the version that the editor saw. Raises NotAllowedError, ChangedMeanwhileError.
    """
    must_edit(actor)
    row = organisation or Organisation(
        network=actor.network, key=key_for(data["short_name"] or data["name"], Organisation), regime=Regime.DSGVO,
        imported=True,
    )  # fmt: skip
    others = list(row.phones[1:])
    first = {**(row.phones[0] if row.phones else {}), "number": data["phone"]}
    saved = put(
        row=row,
        by=author_of(actor),
        expected=expected,
        changes={
            **{name: data[name] for name in ("name", "kind", "url", "email")},
            "short_name": data["short_name"] or data["name"][:60],
            "phones": [first, *others] if data["phone"] else others,
            "description": _german(row.description, data["description"]),
        },
    )
    audit(actor, "organisation:change", saved)
    return saved


@transaction.atomic
def put_site(
    *,
    actor: Actor,
    organisation: Organisation,
    data: Mapping[str, Any],
    site: Site | None = None,
    expected: int | None = None,
) -> Site:
    """Write a place of an organisation, new or known. Errors as in `put_organisation`.

    Another address than before lies nobody knows where: its coordinates go.
    """
    must_edit(actor)
    row = site or Site(
        network=actor.network, key=key_for(f"{organisation.key} {data['name']}", Site), imported=True,
        organisation=organisation,
    )  # fmt: skip
    changes = {
        **{name: data[name] for name in ("name", "street", "number", "postcode", "locality")},
        "step_free": {"yes": True, "no": False}.get(data["step_free"]),
        "transport": _german(row.transport, data["transport"]),
    }
    if any(changes[name] != getattr(row, name) for name in ("street", "number", "postcode")):
        changes |= {"latitude": None, "longitude": None}
    saved = put(row=row, changes=changes, by=author_of(actor), expected=expected)
    audit(actor, "site:change" if site else "site:create", saved)
    return saved


def _german(texts: Mapping[str, str], german: str) -> dict[str, str]:
    """Return texts with another German one; without it there are none, for all others are translations of it."""
    return {**texts, "de": german} if german else {}
