"""The one place that reads the clock; rules get the time as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def today(zone: ZoneInfo) -> date:
    """Return the calendar day in a zone; at night it differs from the day in UTC."""
    return timezone.now().astimezone(zone).date()
