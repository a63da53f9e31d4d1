"""Months later."""

from datetime import date

from dateutil.relativedelta import relativedelta


def months_later(day: date, months: int) -> date:
    """Return the day with the same number so many months later (or before); a short month ends with its last day.

    § 188 Abs. 2 and 3 BGB.
    """
    then: date = day + relativedelta(months=months)
    return then
