"""Decisions on people's data: pure."""

from dataclasses import dataclass
from datetime import timedelta

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

TAKEAWAY_DAYS = 30
ADULT_AGE = 18  # § 2 BGB
SHORTEST = 100_000  # the shortest German numbers with area code have six digits
_NO_COUNTRY = "001"  # of satellites and the like: a call costs whoever makes it some Euros a minute


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What somebody said about how to reach them."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = "de"
    interpreter: bool = False
    may_call: bool = True
    may_text: bool = False
    may_voicemail: bool = False
    may_email: bool = False
    safe_note: str = ""
    address: str = ""
    may_letter: bool = False
    address_blocked: bool = False


def clean_phone(typed: str, country: str = "DE") -> str:
    """Return a number in E.164 (`+492323169167`), or nothing if it cannot be a person's.

    One that earns from whoever calls it (0900, 0137, satellites) is none: anybody may type it, and we would call.
    """
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or (number.national_number or 0) < SHORTEST:
        return ""
    if phonenumbers.region_code_for_country_code(number.country_code or 0) == _NO_COUNTRY or (
        phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE
    ):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_email(typed: str) -> str:
    """Return an e-mail address without blanks around it, or nothing if it cannot be one."""
    try:
        validate_email(typed.strip())
    except ValidationError:
        return ""
    return typed.strip()


def clean_address(typed: str) -> str:
    """Return a postal address line by line, without blanks and empty lines."""
    return "\n".join(line.strip() for line in typed.splitlines() if line.strip())


def speakable_phone(number: str) -> str:
    """Return a number in E.164 as one reads it out: `02323 169167`."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def takeaway_lasts() -> timedelta:
    """Return how long a code opens its answers."""
    return timedelta(days=TAKEAWAY_DAYS)


def is_grown_up(relation: str, birth_year: int | None, year: int) -> bool:
    """Whether somebody of a household counts as an adult in a year: all but children under 18 by year of birth."""
    if birth_year is not None:
        return year - birth_year >= ADULT_AGE
    return relation != "child"
