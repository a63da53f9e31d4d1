"""The city's districts as a picture and as a table."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from tragnetz.appointments.lines.queries import Line
from tragnetz.core.clock import today
from tragnetz.directory.localities import HelpThere, help_by_locality
from tragnetz.network.map import Area, drawing_of
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import District, Locality
from tragnetz.network.queries import districts
from tragnetz.portal.caching import cached
from tragnetz.portal.lines import lines_now

COLOURS = 6  # with a pattern each, in map.css


@dataclass(frozen=True, slots=True)
class Shown:
    """An Ortsteil on the map: its shape, its district with the number of its colour, what there is."""

    area: Area
    district: District
    colour: int
    there: HelpThere


@dataclass(frozen=True, slots=True)
class Listed:
    """A Stadtbezirk in the legend and the table: its line, its Ortsteile with what there is."""

    district: District
    colour: int
    line: Line | None
    localities: list[tuple[Locality, HelpThere]]


@cached
def city_map(request: NetworkRequest) -> HttpResponse:
    """Show the districts, drawn by ourselves; a city without tiles and outlines has the table alone."""
    rows, there = districts(), help_by_locality(today(request.network.zone))
    drawing = drawing_of(rows)
    line_of = {one.pk: line for line in reversed(lines_now(request.network)) for one in line.hotline.districts.all()}
    listed = [
        Listed(
            row,
            number % COLOURS + 1,
            line_of.get(row.pk),
            [(one, there.get(one.key, HelpThere())) for one in row.localities.all()],
        )
        for number, row in enumerate(rows)
    ]
    of_district = {one.district.pk: one for one in listed}
    shown = [
        Shown(area, owner.district, owner.colour, there.get(area.locality.key, HelpThere()))
        for area in (drawing.areas if drawing else ())
        for owner in [of_district[area.locality.district_id]]
    ]
    return render(request, "portal/map/map.html", {"drawing": drawing, "shown": shown, "listed": listed})
