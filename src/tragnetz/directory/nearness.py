"""How near a site is to where somebody lives: in kilometres if both are on the map, else by Ortsteil and district."""

from typing import NamedTuple

from tragnetz.network.models import Locality, Site
from tragnetz.network.rules import metres_between

type Point = tuple[float, float]

# What a nearness in words counts as beside one in kilometres, only to sort by.
_SAME_LOCALITY, _SAME_DISTRICT, _ELSEWHERE, _NOWHERE = 0.5, 2.5, 6.0, 99.0


class Nearness(NamedTuple):
    """Where a site lies, seen from an Ortsteil. `km` is rough: it begins in the middle of the Ortsteil."""

    km: float | None
    same_locality: bool
    same_district: bool

    @property
    def sorts_as(self) -> float:
        """Kilometres to sort by, guessed where they are not known."""
        if self.km is not None:
            return self.km
        if self.same_locality:
            return _SAME_LOCALITY
        return _SAME_DISTRICT if self.same_district else _ELSEWHERE


def far_away(near: Nearness | None) -> float:
    """Return what a nearness sorts as; without one it comes last."""
    return near.sorts_as if near else _NOWHERE


def nearness(home: Locality, site: Site) -> Nearness | None:
    """Return how near a site is to an Ortsteil; nothing where the site's place is not known, or it is none to go to."""
    there = point_of(site)
    if site.kind != "physical" or (there is None and site.locality is None):
        return None
    here = _middle(home)
    km = metres_between(here, there) / 1000 if here and there else None
    return Nearness(
        km,
        same_locality=site.locality_id == home.pk,
        same_district=site.locality is not None and site.locality.district_id == home.district_id,
    )


def point_of(site: Site) -> Point | None:
    """Return where a site lies: its own coordinates, else the middle of its Ortsteil."""
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    return _middle(site.locality) if site.locality else None


def _middle(locality: Locality) -> Point | None:
    if locality.latitude is None or locality.longitude is None:
        return None
    return locality.latitude, locality.longitude
