"""Months later."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def months_later(day: date, months: int) -> date:
    """Return the day with the same number so many months later (or before); a short month ends with its last day.

    § 188 Abs. 2 and 3 BGB.
    """
    then: date = day + relativedelta(months=months)
    return then


def latest_over(day: date, months: int) -> date:
    """Return the latest day from which so many months are over on a day.

    On the last day of a short month they are over for several days at once: on 28 February for 28 to 31 August.
    """
    found, following = months_later(day, -months), timedelta(days=1)
    while months_later(found + following, months) <= day:
        found += following
    return found
