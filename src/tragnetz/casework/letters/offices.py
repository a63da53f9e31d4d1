"""Addresses of offices for letters: those that decide for the household first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tragnetz.core.texts import choose
from tragnetz.directory.models import Office
from tragnetz.directory.responsibility import all_offices, resolve
from tragnetz.eligibility.facts import FactError, clean_facts
from tragnetz.network.models import Site
from tragnetz.network.queries import first_places


@dataclass(frozen=True, slots=True)
class OfficeAddress:
    """An office with its address, line by line, and whether it seems to decide for the household."""

    key: str
    name: str
    lines: tuple[str, ...]
    is_responsible: bool


def office_addresses(facts: Mapping[str, Any]) -> list[OfficeAddress]:
    """Return all offices of the network, the responsible ones first, in a fixed number of queries."""
    offices = all_offices()
    try:
        known = clean_facts(facts)
    except FactError:  # of an older version
        known = {}
    deciding = set()
    for authority in offices.authorities.values():
        found = resolve(authority, known, offices).decides
        if found is not None and found.office.certain:
            deciding.add((found.office.name.get("de"), found.office.phone))
    places = first_places(office.organisation_id for office in offices.rows.values())
    made = [
        _address(
            office, places.get(office.organisation_id), is_responsible=(office.name.get("de"), office.phone) in deciding
        )
        for office in offices.rows.values()
    ]
    return sorted(made, key=lambda one: (not one.is_responsible, one.name))


def address_of(offices: Sequence[OfficeAddress], named: str) -> str:
    """Return the address of the first office that is called so; the name alone when none is."""
    wanted = named.strip().casefold()
    found = next((one for one in offices if wanted and wanted in one.name.casefold()), None)
    return "\n".join(found.lines) if found else named


def _address(office: Office, fallback: Site | None, *, is_responsible: bool) -> OfficeAddress:
    name, site = choose(office.name, "de").text, office.site or fallback
    owner = office.organisation.name
    names = [name] if owner in name or name in owner else [owner, name]
    return OfficeAddress(
        str(office.pk), name, (*names, *(site.address.split(", ") if site else ())), is_responsible=is_responsible
    )
