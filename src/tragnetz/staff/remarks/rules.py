"""Decisions on what was written: may an answer leave by mail."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def is_mail_address(text: str) -> bool:
    """Whether an answer can go there by itself."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
