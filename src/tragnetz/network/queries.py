"""Reads of the network: where a street lies, which line is for whom, when it is open."""

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Lower

from tragnetz.network.models import District, Hotline, Locality, Network, Organisation, Programme, Site, StreetRange
from tragnetz.network.rules import (
    LineStatus,
    OpeningHours,
    line_status,
    number_in_range,
    open_times,
    parse_hours,
)
from tragnetz.network.scope import scope

ALIKE = 0.35  # trigram similarity from which a street is offered as "meant?"
_NUMBER = re.compile(r"^(?P<street>.*?)[\s,]+(?P<number>\d{1,4})\s*[a-zA-Z]?\s*$")
_STREET_ENDING = re.compile(r"str(\.|asse|aße)?$", re.IGNORECASE)


def controllers() -> list[Organisation]:
    """Return the organisations that run the joint offer, each a controller of its own, by name."""
    return list(Organisation.objects.filter(is_member=True).order_by("name"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address lies. `exact` is false when it is a guess from a similar spelling."""

    street: str
    number: int | None
    locality: Locality
    exact: bool

    @property
    def district(self) -> District:
        """The Stadtbezirk."""
        return self.locality.district


def current_network(key: str = "") -> Network | None:
    """Return the network of this installation: the one with the key, else the first."""
    networks = Network.objects.order_by("pk")
    return networks.filter(key=key).first() if key else networks.first()


def in_each_network[ResultT](
    do: Callable[[Network], ResultT], *, key: str = "", standing_still: bool = True
) -> list[ResultT]:
    """Do something in every network, each in its scope and in the order of their keys; returns what came of each.

    `key`: in this one alone, and nothing comes of it if there is none. `standing_still`: also in those that are being
    moved to another server, of which nothing may change meanwhile.
    """
    networks = Network.objects.order_by("key")
    results = []
    for network in networks.filter(key=key) if key else networks:
        if standing_still or network.frozen_at is None:
            with scope(network):
                results.append(do(network))
    return results


def districts() -> list[District]:
    """Return all districts with their localities, in the city's order."""
    return list(District.objects.prefetch_related("localities"))


def locality_of(key: str) -> Locality | None:
    """Return an Ortsteil with its district; nothing for an unknown key, or none."""
    return Locality.objects.select_related("district").filter(key=key).first() if key and key.isprintable() else None


def split_address(typed: str) -> tuple[str, int | None]:
    """Split `Hauptstr. 241` into street and number; the usual short forms become `straße`."""
    found = _NUMBER.match(typed.strip())
    street, number = (found["street"], int(found["number"])) if found else (typed.strip(), None)
    return _STREET_ENDING.sub(lambda m: "Straße" if m[0][0] == "S" else "straße", street), number


def find_places(typed: str, limit: int = 8) -> list[Place]:
    """Return where a typed street or Ortsteil may lie: exact ones first, else similar spellings; empty if unknown."""
    street, number = split_address(typed)
    if len(street) < 2:  # noqa: PLR2004 -- one letter matches half the city
        return []
    rows = StreetRange.objects.select_related("locality__district")
    exact = list(rows.filter(street__iexact=street))
    chosen = exact or list(rows.filter(street__istartswith=street)[: limit * 3])
    if not chosen:
        alike = rows.annotate(alike=TrigramSimilarity("street", street)).filter(alike__gte=ALIKE)
        chosen = list(alike.order_by("-alike", "street")[: limit * 3])
    places: dict[tuple[str, str], Place] = {}
    for row in chosen:
        if number_in_range(number, row.from_number, row.to_number, row.side):
            places.setdefault(
                (row.street, row.locality.key), Place(row.street, number, row.locality, exact=bool(exact))
            )
    for locality in Locality.objects.select_related("district").filter(
        Q(name__istartswith=street) | Q(district__name__iexact=street)
    )[:limit]:
        places.setdefault(("", locality.key), Place("", None, locality, exact=locality.name.lower() == street.lower()))
    return list(places.values())[:limit]


def known_streets(names: Iterable[str]) -> list[str]:
    """Return those of some names, as given, that are streets of the city; short forms and capitals do not matter."""
    given = {split_address(name)[0].lower(): name for name in names}
    rows = StreetRange.objects.annotate(lower=Lower("street")).filter(lower__in=given)
    return [given[street] for street in rows.values_list("lower", flat=True).distinct().order_by()]


def hotline_status(network: Network, hotline: Hotline, at: datetime) -> LineStatus:
    """Tell whether a hotline is staffed at an instant."""
    return hours_status(network, hotline.hours, at)


def hours_status(network: Network, rows: list[dict[str, Any]], at: datetime) -> LineStatus:
    """Tell whether a place with these hours is open at an instant."""
    return status_of(network, parse_hours(rows), at)


def status_of(network: Network, hours: Sequence[OpeningHours], at: datetime) -> LineStatus:
    """Tell whether it is open at an instant by hours that are read already, in the network's zone and days off."""
    return line_status(hours, at, network.zone, network.days_off)


def times_of(network: Network, hours: Iterable[OpeningHours], day: date) -> list[tuple[time, time]]:
    """Return from when to when it is open on a day, by the network's days off."""
    return open_times(hours, day, network.days_off)


def days_off_between(network: Network, first: date, last: date) -> dict[date, str]:
    """Return the days off between two days with their names: public holidays, and those of the city itself."""
    off = network.days_off
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: name for day in days if (name := off.name(day))}


def told_phone() -> str:
    """Return the number that messages name; empty where a network has no line."""
    return Hotline.objects.values_list("phone", flat=True).first() or ""


def hotline_for(district: District) -> Hotline | None:
    """Return the intake number for a district."""
    return district.hotlines.first()


def programmes(day: date, *, also: uuid.UUID | None = None) -> list[Programme]:
    """Return the programmes that run on a day; `also` is one to which something belongs, even if it is over."""
    return list(Programme.objects.filter(Q(starts__lte=day, ends__gte=day) | Q(pk=also)))


def member_organisations() -> list[Organisation]:
    """Return the organisations that run the joint offer."""
    return list(Organisation.objects.filter(is_member=True))


def first_places(organisations: Iterable[uuid.UUID]) -> dict[uuid.UUID, Site]:
    """Return for each organisation the first place where it can be met: its address on paper."""
    rows = Site.objects.filter(organisation__in=set(organisations), kind="physical").select_related("network")
    found: dict[uuid.UUID, Site] = {}
    for site in rows.order_by("key"):
        found.setdefault(site.organisation_id, site)
    return found


def sites() -> list[Site]:
    """Return all sites with organisation and locality."""
    return list(Site.objects.select_related("organisation", "locality__district", "network"))


def organisations() -> list[Organisation]:
    """Return all organisations by name."""
    return list(Organisation.objects.order_by("name"))
