"""Template filters of weekly hours, and of days on which it is closed."""

from datetime import date

from django import template
from django.utils.translation import get_language

from tragnetz.network import hours
from tragnetz.network.models import Network

register = template.Library()


@register.filter
def weekly(rows: list[dict[str, object]]) -> list[str]:
    """Return weekly hours as lines in the page's language."""
    return hours.weekly_hours(rows, get_language() or "de")


@register.filter
def day_off(day: date, network: Network) -> str:
    """Return the German name of a day on which it is closed in a network; nothing on other days."""
    return network.days_off.name(day)
