"""Decisions on what was written: may an answer leave by mail, and what of a page may be kept."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_ROUTE = re.compile(r"[a-z]{1,20}:[a-z_]{1,60}")


def is_mail_address(text: str) -> bool:
    """Whether an answer can go there by itself."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def route_of(given: str) -> str:
    """Return the name of an address (`workspace:case`); nothing for anything else, above all for ids and words."""
    return given if _ROUTE.fullmatch(given) else ""
