"""Template filter of weekly hours."""

from django import template
from django.utils.translation import get_language

from tragnetz.network import hours

register = template.Library()


@register.filter
def weekly(rows: list[dict[str, object]]) -> list[str]:
    """Return weekly hours as lines in the page's language."""
    return hours.weekly_hours(rows, get_language() or "de")
