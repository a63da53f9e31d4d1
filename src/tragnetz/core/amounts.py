"""Amounts of money as people type them. One reading for forms, letters and answers: 1.200 is never 1.2."""

import re
from decimal import Decimal

_SIGNS = re.compile(r"€|euro|eur|[\s\u00a0\u202f]", re.IGNORECASE)
_GERMAN = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<cents>[0-9]{1,2}|-{1,2}|–))?")
_POINT = re.compile(r"(?P<whole>[0-9]+)\.(?P<cents>[0-9]{1,2})")  # as a number block of a keyboard gives it


def read_amount(typed: str) -> Decimal | None:
    """Return an amount (`412,50`, `1.200`, `1 200 €`, `65,-`, `412.50`) in the unit it was asked in, or nothing.

    Three digits after a point are thousands; anything else that is not clear is no amount, so that nobody's rent
    becomes another one.
    """
    plain = _SIGNS.sub("", typed)
    found = _GERMAN.fullmatch(plain) or _POINT.fullmatch(plain)
    if found is None:
        return None
    cents = (found["cents"] or "0").replace("–", "0").replace("-", "0")
    return Decimal(f"{found['whole'].replace('.', '')}.{cents}")


def grouped(number: int) -> str:
    """Return a whole number as one reads it in German: 12.345."""
    return f"{number:,}".replace(",", ".")
