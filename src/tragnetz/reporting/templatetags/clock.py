"""Template filter of minutes."""

from django import template

from tragnetz.reporting.timesheets.rules import clock

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Return minutes as hours and minutes: `1:35`."""
    return clock(minutes)
