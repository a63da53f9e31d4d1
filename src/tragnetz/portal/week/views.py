"""What is open when."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from tragnetz.appointments.lines.queries import Line
from tragnetz.core.clock import now, today
from tragnetz.directory.opening import opening_services
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import KeyedModel
from tragnetz.network.queries import districts
from tragnetz.network.rules import DAYS
from tragnetz.portal.caching import cached
from tragnetz.portal.lines import lines_now
from tragnetz.portal.week.table import days_of, hotline_rows, open_now, service_rows
from tragnetz.portal.week.weeks import week_of

MOST_SERVICES = 200  # more is no table that anybody reads: a topic or a district makes it shorter


@cached
def week(request: NetworkRequest) -> HttpResponse:
    """Show what is open now and in a week: as a table, or on a narrow screen as the list of one day."""
    network, on = request.network, today(request.network.zone)
    known_topics, known_districts = topics(), districts()
    topic = _one_of(request.GET.get("thema", ""), known_topics)
    district = _one_of(request.GET.get("bezirk", ""), known_districts)
    shown = week_of(request.GET.get("woche", "")[:10], on)
    days = days_of(network, shown, on)
    found = opening_services(on, topic=topic, district=district, limit=MOST_SERVICES + 1)
    status = [line for line in lines_now(network) if not district or _serves(line, district)]
    rows = hotline_rows(network, [line.hotline for line in status], days)
    rows += service_rows(network, found[:MOST_SERVICES], days)
    chosen = _chosen_day(request.GET.get("tag", ""), [day.is_today for day in days])
    context = {
        "week": shown,
        "days": list(zip(DAYS, days, strict=True)),
        "chosen": DAYS[chosen],
        "day": days[chosen],
        "rows": rows,
        "day_rows": [(row, row.cells[chosen].times) for row in rows if row.cells[chosen].times],
        "lines": [line for line in status if line.status.is_open and not line.nobody],
        "open_now": open_now(network, found[:MOST_SERVICES], now()),
        "more": len(found) > MOST_SERVICES,
        "topics": known_topics,
        "districts": known_districts,
        "topic": topic,
        "district": district,
    }
    return render(request, "portal/week/week.html", context)


def _one_of(typed: str, rows: Sequence[KeyedModel]) -> str:
    """Return a key that is known; an unknown one chooses nothing."""
    return typed if typed in {row.key for row in rows} else ""


def _serves(line: Line, district: str) -> bool:
    return any(one.key == district for one in line.hotline.districts.all())


def _chosen_day(typed: str, is_today: list[bool]) -> int:
    """Return the number of the day for narrow screens: as asked, else today, else Monday."""
    if typed in DAYS:
        return DAYS.index(typed)
    return is_today.index(True) if True in is_today else 0
